/** Writes whole numbers one after another: three bits in half a byte, the lowest first; the fourth says that more follow. */
export class NumberWriter {
	readonly #halves: number[] = [];

	/** Half bytes. */
	get length(): number {
		return this.#halves.length;
	}

	write(value: number): void {
		let rest = value;
		for (; rest > 7; rest >>>= 3) this.#halves.push((rest & 7) | 8);
		this.#halves.push(rest);
	}

	done(): Uint8Array {
		const bytes = new Uint8Array((this.length + 1) >> 1);
		this.#halves.forEach((half, at) => (bytes[at >> 1] = (bytes[at >> 1] ?? 0) | (half << ((at & 1) * 4))));
		return bytes;
	}
}

/** Reads what `NumberWriter` wrote, from a place on. */
export class NumberReader {
	readonly #bytes: Uint8Array;
	at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	read(): number {
		let value = 0;
		for (let shift = 0; ; shift += 3) {
			const half = (this.#bytes[this.at >> 1] ?? 0) >> ((this.at & 1) * 4);
			this.at += 1;
			value |= (half & 7) << shift;
			if ((half & 8) === 0) return value;
		}
	}
}

/** Rising numbers as a section, and back. */
export function writeRising(values: Uint32Array): Uint8Array {
	const writer = new NumberWriter();
	writer.write(values.length);
	values.forEach((value, at) => writer.write(value - (values[at - 1] ?? 0)));
	return writer.done();
}
export function readRising(section: Uint8Array): Uint32Array {
	const reader = new NumberReader(section);
	const values = new Uint32Array(reader.read());
	for (let at = 0, value = 0; at < values.length; at += 1) values[at] = value += reader.read();
	return values;
}

/** Numbers of 32 bits as a section, and back. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array =>
	new Uint8Array(buffer, byteOffset, byteLength);
export const numbersOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Uint32Array =>
	new Uint32Array(buffer, byteOffset, byteLength / 4);

/** Letters as a section, and back. */
export const lettersOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string =>
	new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

const aligned = (length: number) => (length + 3) & ~3;

/** Puts named sections into one piece: a line of JSON with their lengths, then the sections, each at a multiple of four. */
export function joinSections(head: object, sections: Readonly<Record<string, Uint8Array>>): Uint8Array {
	const lengths = Object.entries(sections).map(([name, { length }]) => [name, length]);
	const line = JSON.stringify({ ...head, sections: lengths });
	const parts = [lettersOf(line.padEnd(aligned(line.length + 1) - 1) + '\n'), ...Object.values(sections)];
	const joined = new Uint8Array(parts.reduce((size, { length }) => size + aligned(length), 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += aligned(part.length);
	}
	return joined;
}

/** Takes apart what `joinSections` made, without copying. Throws where the piece is cut. */
export function splitSections(bytes: Uint8Array): { head: unknown; section: (name: string) => Uint8Array } {
	let at = bytes.indexOf(10) + 1;
	const head = JSON.parse(textOf(bytes.subarray(0, at))) as { sections: [name: string, length: number][] };
	const found = new Map<string, Uint8Array>();
	for (const [name, length] of head.sections) {
		found.set(name, bytes.subarray(at, at + length));
		at += aligned(length);
	}
	if (at > bytes.length) throw new RangeError('The index ends too early.');
	return { head, section: (name) => found.get(name) ?? new Uint8Array() };
}
