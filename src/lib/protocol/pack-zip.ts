import { strToU8, zipSync } from 'fflate';

/** Texts as files of a ZIP archive; loaded when one is made. */
export const packed = (files: readonly (readonly [path: string, text: string])[]): Uint8Array<ArrayBuffer> =>
	zipSync(Object.fromEntries(files.map(([path, text]) => [path, strToU8(text)])));
