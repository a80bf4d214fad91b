/** Where a backup is made and where it stays. */
import { existsSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openFolder } from './open-folder.js';
import { SEALED, sealFile } from './sealing.js';

/**
 * @typedef {object} Place
 * @property {string} file Its name in the end.
 * @property {string} partial Where it is written and verified; whoever writes it removes it.
 * @property {(partial: string) => Promise<void>} put Takes the verified file to where it stays.
 */

/**
 * A sealed backup lies open only beside the register that it is a copy of, or in a folder of the moment where that is another machine's; never in the folder of the
 * backups.
 *
 * @param {string} file without the end of a sealed one
 * @param {{ register: string | undefined, recipients: readonly string[] }} options register: its file, if it is one
 * @returns {{ place: Place, remove: () => void }}
 */
export function placeOf(file, { register, recipients }) {
	const name = recipients.length > 0 ? file + SEALED : file;
	if (existsSync(name)) throw new Error(`${name} exists already; a backup never replaces another.`);
	if (recipients.length === 0) {
		const put = async (/** @type {string} */ partial) => renameSync(partial, name);
		return { place: { file: name, partial: `${name}.partial`, put }, remove: () => undefined };
	}
	const { folder, remove } = openFolder(register === undefined ? tmpdir() : dirname(register));
	return {
		place: {
			file: name,
			partial: join(folder, 'copy'),
			put: (partial) => sealFile(partial, name, recipients)
		},
		remove
	};
}
