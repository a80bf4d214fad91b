import { BadInput, type ReportLine } from '#lib/server/directory/draft.ts';

/** Bytes that say which Unicode form follows. */
const MARKS: [string, number[]][] = [
	['utf-8', [0xef, 0xbb, 0xbf]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]]
];

const isUtf8 = (bytes: Uint8Array) => {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
		return true;
	} catch {
		return false;
	}
};

/** Yields chunks joined until there are `least` bytes, then the rest as they come: never an empty one. */
async function* withStart(input: AsyncIterable<Uint8Array>, least: number): AsyncGenerator<Uint8Array> {
	let start: Uint8Array | undefined = new Uint8Array(0);
	for await (const chunk of input) {
		if (!start) {
			if (chunk.length) yield chunk;
			continue;
		}
		start = Buffer.concat([start, chunk]);
		if (start.length < least) continue;
		yield start;
		start = undefined;
	}
	if (start?.length) yield start;
}

/**
 * Text from bytes, piece by piece, without a byte-order mark. It is UTF-8 unless a mark says another Unicode form or the
 * first letters beyond ASCII are clearly not UTF-8: then they are Windows-1252, which covers Latin-1, and that is reported
 * (`latin_1`). Bytes that are wrong later become `�`, which is reported once (`bad_encoding`).
 *
 * @param where what is read, for the report
 */
export async function* decodeText(
	input: AsyncIterable<Uint8Array>,
	where: string,
	report: (line: ReportLine) => void
): AsyncGenerator<string> {
	let decoder: TextDecoder | undefined;
	/** Bytes from the first one beyond ASCII, until there are enough to tell what they are. */
	let undecided: Uint8Array = new Uint8Array(0);
	let told = false;
	let first = true;
	const decide = (bytes: Uint8Array) => {
		const utf8 = isUtf8(bytes);
		if (!utf8) report({ where, outcome: 'mended', code: 'latin_1' });
		decoder = new TextDecoder(utf8 ? 'utf-8' : 'windows-1252', { ignoreBOM: true });
		undecided = new Uint8Array(0);
	};
	const shown = (text: string) => {
		if (!told && text.includes('\ufffd')) {
			told = true;
			report({ where, outcome: 'mended', code: 'bad_encoding' });
		}
		return text;
	};
	for await (const piece of withStart(input, 4)) {
		let bytes = piece;
		if (first) {
			first = false;
			const mark = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
			if (mark) {
				decoder = new TextDecoder(mark[0], { ignoreBOM: true });
				bytes = bytes.subarray(mark[1].length);
			} else if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4)
				throw new BadInput('unknown_format', `${where} is a zip archive, not text`);
		}
		if (!decoder) {
			const beyond = undecided.length ? 0 : bytes.findIndex((byte) => byte >= 0x80);
			if (beyond > 0) yield Buffer.from(bytes.buffer, bytes.byteOffset, beyond).toString('latin1');
			if (beyond < 0) {
				yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
				continue;
			}
			bytes = Buffer.concat([undecided, bytes.subarray(beyond)]);
			undecided = bytes;
			if (bytes.length < 4) continue;
			decide(bytes);
		}
		if (decoder) yield shown(decoder.decode(bytes, { stream: true }));
	}
	if (undecided.length) {
		const rest = undecided;
		// Nothing comes after them: a letter that is not whole is none of UTF-8.
		decide(Buffer.concat([rest, Buffer.from('\n')]));
		if (decoder) yield shown(decoder.decode(rest));
	} else if (decoder) yield shown(decoder.decode());
}
