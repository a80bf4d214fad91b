/** Words of a register as they are compared: case, kinds of hyphens and spaces, and a full stop at the end do not matter. */
export const fold = (text: string): string =>
	text
		.normalize('NFC')
		.toLowerCase()
		.replaceAll('\u00ad', '')
		.replace(/[‐‑‒–—−]/g, '-')
		.replace(/\s+/g, ' ')
		.replace(/ ?- ?/g, '-')
		.trim()
		.replace(/[.:]$/, '');
