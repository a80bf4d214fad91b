/** Writes whole numbers and sections of an index one after another. */
export class ByteWriter {
	#bytes = new Uint8Array(64);
	length = 0;

	byte(value: number): void {
		if (this.length === this.#bytes.length) {
			const larger = new Uint8Array(this.#bytes.length * 2);
			larger.set(this.#bytes);
			this.#bytes = larger;
		}
		this.#bytes[this.length] = value;
		this.length += 1;
	}

	/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
	number(value: number): void {
		let rest = value;
		while (rest > 127) {
			this.byte((rest & 127) | 128);
			rest >>>= 7;
		}
		this.byte(rest);
	}

	/** Rising numbers: how many, then the steps between them. */
	rising(values: readonly number[]): void {
		this.number(values.length);
		let last = 0;
		for (const value of values) {
			this.number(value - last);
			last = value;
		}
	}

	bytes(values: Uint8Array): void {
		for (const value of values) this.byte(value);
	}

	done(): Uint8Array {
		return this.#bytes.slice(0, this.length);
	}
}

/** Reads what `ByteWriter` wrote, from a place on. */
export class ByteReader {
	readonly #bytes: Uint8Array;
	at: number;

	constructor(bytes: Uint8Array, at = 0) {
		this.#bytes = bytes;
		this.at = at;
	}

	byte(): number {
		const value = this.#bytes[this.at] ?? 0;
		this.at += 1;
		return value;
	}

	number(): number {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = this.#bytes[this.at] ?? 0;
			this.at += 1;
			value |= (byte & 127) << shift;
			if (byte < 128) return value;
		}
	}

	/** Calls with each of the rising numbers that stand here. */
	rising(each: (value: number) => void): void {
		const count = this.number();
		let value = 0;
		for (let index = 0; index < count; index += 1) {
			value += this.number();
			each(value);
		}
	}
}

/** Puts named sections into one piece: a line of JSON with their lengths, then the sections, each at a multiple of four. */
export function joinSections(head: object, sections: Readonly<Record<string, Uint8Array>>): Uint8Array {
	const lengths = Object.entries(sections).map(([name, { length }]) => [name, length]);
	const line = new TextEncoder().encode(`${JSON.stringify({ ...head, sections: lengths })}\n`);
	const from = aligned(line.length);
	const size = Object.values(sections).reduce((sum, { length }) => sum + aligned(length), from);
	const joined = new Uint8Array(size).fill(32, line.length - 1, from - 1);
	joined.set(line.subarray(0, -1));
	joined[from - 1] = 10;
	let at = from;
	for (const section of Object.values(sections)) {
		joined.set(section, at);
		at += aligned(section.length);
	}
	return joined;
}

/** Takes apart what `joinSections` made, without copying. Throws where the piece is cut. */
export function splitSections(bytes: Uint8Array): { head: unknown; section: (name: string) => Uint8Array } {
	const end = bytes.indexOf(10);
	const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as {
		sections: [name: string, length: number][];
	};
	const found = new Map<string, Uint8Array>();
	let at = end + 1;
	for (const [name, length] of head.sections) {
		found.set(name, bytes.subarray(at, at + length));
		at += aligned(length);
	}
	if (at > bytes.length) throw new RangeError('The index ends too early.');
	return { head, section: (name) => found.get(name) ?? new Uint8Array() };
}

const aligned = (length: number) => (length + 3) & ~3;
