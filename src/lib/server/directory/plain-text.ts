const ENTITIES = new Map(
	Object.entries({
		amp: '&',
		lt: '<',
		gt: '>',
		quot: '"',
		apos: "'",
		nbsp: ' '
	})
);

function decoded(entity: string, name: string): string {
	if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? entity;
	const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
	return point > 31 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}

/**
 * A text of another system as plain text with line breaks: markup is taken out, scripts and styles with what they hold;
 * paragraphs, line breaks and list items begin a new line.
 */
export function plainText(html: string): string {
	return (
		html
			.replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
			.replace(/<!--[\s\S]*?(-->|$)/g, ' ')
			.replace(/<br\s*\/?>|<\/(p|div|h[1-6]|ul|ol|tr)\s*>/gi, '\n')
			.replace(/<li\b[^>]*>/gi, '\n- ')
			.replace(/<\/?[a-z][^>]*>/gi, '')
			.replace(/&(#x?[\da-f]+|[a-z]+);/gi, decoded)
			// eslint-disable-next-line no-control-regex -- control characters of other systems are meant
			.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (control) => (control === '\r' ? '\n' : ''))
			.replace(/[^\S\n]+/g, ' ')
			.replace(/ ?\n ?/g, '\n')
			.replace(/\n{3,}/g, '\n\n')
			.trim()
	);
}
