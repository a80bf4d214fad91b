/** Whole numbers one after another as a section: seven bits in a byte, the lowest first; the eighth says that more follow. */
export function writeNumbers(values: Iterable<number>): Uint8Array {
	const bytes: number[] = [];
	for (const value of values) {
		let rest = value;
		for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
		bytes.push(rest);
	}
	return Uint8Array.from(bytes);
}

export function readNumbers(section: Uint8Array): Uint32Array {
	const values = new Uint32Array(section.length);
	let count = 0;
	for (let at = 0, value = 0, shift = 0; at < section.length; at += 1) {
		const byte = section[at] ?? 0;
		value |= (byte & 127) << shift;
		shift += 7;
		if (byte > 127) continue;
		values[count++] = value;
		value = shift = 0;
	}
	return values.subarray(0, count);
}

/** So many keys lie in one block. A section that is read where it lies is read from the beginning of a block on. */
export const BLOCK = 32;

/** Where the blocks of a section begin, from their lengths: `step` numbers a block, of which the `column`th is wanted. */
export function blockStarts(lengths: Uint32Array, step = 1, column = 0): Uint32Array {
	const starts = new Uint32Array(lengths.length / step);
	for (let block = 1; block < starts.length; block += 1)
		starts[block] = (starts[block - 1] ?? 0) + (lengths[(block - 1) * step + column] ?? 0);
	return starts;
}

/** Letters as a section, and back. */
export const lettersOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string =>
	new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** The named sections of an index; one that is not there is empty. */
export type Sections = (name: string) => Uint8Array;

/** Puts sections into one piece: a line of JSON with the form of the index and their lengths, then the sections. */
export function joinSections(format: number, sections: Readonly<Record<string, Uint8Array>>): Uint8Array {
	const named = Object.entries(sections).map(([name, { length }]) => [name, length]);
	const parts = [lettersOf(`${JSON.stringify({ format, sections: named })}\n`), ...Object.values(sections)];
	const joined = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

/** Takes apart what `joinSections` made, without copying. Throws where the piece is cut or of another form. */
export function splitSections(bytes: Uint8Array, format: number): Sections {
	let at = bytes.indexOf(10) + 1;
	const head = JSON.parse(textOf(bytes.subarray(0, at))) as { format: number; sections: [string, number][] };
	if (head.format !== format) throw new RangeError(`An index of the form ${head.format} is not known here.`);
	const found = new Map(
		head.sections.map(([name, length]) => [name, bytes.subarray(at, (at += length))] as const)
	);
	if (at > bytes.length) throw new RangeError('The index ends too early.');
	return (name) => found.get(name) ?? new Uint8Array();
}
