/** Hands a file to the browser. */
export function saveFile(name: string, file: Blob): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(file);
	link.download = name;
	link.click();
	// The browser has taken it by the next minute.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Hands a text to the browser as a file. */
export const saveText = (name: string, text: string, type: 'text/csv' | 'application/json'): void =>
	saveFile(name, new Blob([text], { type }));
