import { fromBufferPromise, type ZipFile } from 'yauzl';
import { BadInput, type InputFile } from '#lib/server/directory/draft.ts';

export interface ZipLimits {
	/** Bytes of the archive itself; it is held in memory. */
	packed: number;
	/** Bytes of all its files together. */
	inflated: number;
	/** Inflated bytes for each packed one; tables of text stay below 50. */
	ratio: number;
	files: number;
}

export const ZIP_LIMITS: ZipLimits = {
	packed: 250_000_000,
	inflated: 2_000_000_000,
	ratio: 200,
	files: 1000
};

const tooLarge = (what: string) => new BadInput('zip_too_large', `The archive is not opened: ${what}`);

async function held(input: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of input) {
		bytes += chunk.length;
		if (bytes > most) throw tooLarge(`it has more than ${most} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** What the zip reader says about a broken archive, in our words. Its own error is kept as the cause. */
function bad(error: unknown): BadInput {
	if (error instanceof BadInput) return error;
	const message = error instanceof Error ? error.message : String(error);
	// The list of files stands at the end of an archive: without it the end is missing.
	const cut = message.includes('central directory');
	const known = cut
		? new BadInput('cut_off', 'The archive ends too early: it was cut off')
		: new BadInput('bad_zip', `The archive cannot be read: ${message}`);
	known.cause = error;
	return known;
}

async function opened(bytes: Buffer): Promise<ZipFile> {
	if (bytes.length === 0) throw new BadInput('empty', 'The file is empty');
	if (bytes.readUInt16BE(0) !== 0x504b) throw new BadInput('unknown_format', 'This is no zip archive');
	try {
		return await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true });
	} catch (error) {
		throw bad(error);
	}
}

/**
 * The files of a zip archive. They are inflated when they are opened, piece by piece, and counted as they come, because what
 * an archive says about its sizes may be a lie.
 *
 * Throws `BadInput`: `zip_too_large`, `cut_off`, `bad_zip`, `unknown_format`, `empty`; the first three also while a file is read.
 */
export async function openZip(input: AsyncIterable<Uint8Array>, limits: ZipLimits): Promise<InputFile[]> {
	const bytes = await held(input, limits.packed);
	const zip = await opened(bytes);
	if (zip.entryCount > limits.files) throw tooLarge(`it holds ${zip.entryCount} files`);
	const most = Math.min(limits.inflated, bytes.length * limits.ratio);
	let inflated = 0;
	let said = 0;
	const files: InputFile[] = [];
	try {
		for await (const entry of zip.eachEntry()) {
			if (entry.fileName.endsWith('/')) continue;
			if (entry.isEncrypted()) throw new BadInput('bad_zip', 'The archive is locked with a password');
			said += entry.uncompressedSize;
			if (said > most) throw tooLarge(`its files say that they have more than ${most} bytes`);
			async function* open() {
				try {
					for await (const chunk of await zip.openReadStreamPromise(entry)) {
						const piece = chunk as Uint8Array;
						inflated += piece.length;
						if (inflated > most) throw tooLarge(`its files have more than ${most} bytes`);
						yield piece;
					}
				} catch (error) {
					throw bad(error);
				}
			}
			files.push({ name: entry.fileName, open });
		}
	} catch (error) {
		throw bad(error);
	}
	return files;
}
