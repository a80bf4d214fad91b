/**
 * Where a device stands in one part of its scope. Opaque to clients: `2.<epoch>.<change>`, and `.<top>` behind it while the part is
 * read for the first time. `change` is the last change number that the device has; up to `top` it gets only what is recent.
 */
export interface Position {
	change: number;
	top: number | undefined;
}

const CURSOR = /^2\.([0-9a-f]{8})\.(\d{1,15})(?:\.(\d{1,15}))?$/;

/** An epoch as cursors name it: its random end. */
const tagOf = (epoch: string) => epoch.slice(-8);

/**
 * Reads a cursor. Undefined where it is of another make or of an earlier life of the database: then the part starts from zero,
 * which costs bytes and loses nothing.
 */
export function readCursor(cursor: string | undefined, epoch: string): Position | undefined {
	const found = CURSOR.exec(cursor ?? '');
	if (!found || found[1] !== tagOf(epoch)) return undefined;
	return { change: Number(found[2]), top: found[3] === undefined ? undefined : Number(found[3]) };
}

export function writeCursor({ change, top }: Position, epoch: string): string {
	return `2.${tagOf(epoch)}.${change}${top === undefined ? '' : `.${top}`}`;
}
