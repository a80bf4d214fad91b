/** A folder in which a sealed backup lies open for a moment, and which goes however the command ends. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const HEAD = '.reppu-open-';

/** @param {number} pid */
function runs(pid) {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// One of another user is one.
		return /** @type {{ code?: string }} */ (error).code === 'EPERM';
	}
}

/**
 * Makes the folder, and removes those of runs that were killed.
 *
 * @param {string} parent @returns {{ folder: string, remove: () => void }}
 */
export function openFolder(parent) {
	for (const name of readdirSync(parent)) {
		const [, pid] = /^\.reppu-open-(\d+)-/.exec(name) ?? [];
		if (pid !== undefined && !runs(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
	}
	const folder = mkdtempSync(join(parent, `${HEAD}${process.pid}-`));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	for (const [signal, number] of /** @type {const} */ ([
		['SIGHUP', 1],
		['SIGINT', 2],
		['SIGTERM', 15]
	]))
		process.once(signal, () => {
			remove();
			process.exit(128 + number);
		});
	return { folder, remove };
}
