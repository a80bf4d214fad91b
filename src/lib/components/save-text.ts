/** Hands a text to the browser as a file of that name. */
export function saveText(name: string, text: string, type: 'text/csv' | 'application/json'): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([text], { type }));
	link.download = name;
	link.click();
	// The browser has taken it by the next minute.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
