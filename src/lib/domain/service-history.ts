import { clockTime } from './clock.ts';
import type { JsonValue } from './json.ts';
import { REMOVED, type Op, type RecordState } from './record.ts';
import { beforeField, isNote, SERVER_AUTHOR } from './service-record.ts';

/** One field that somebody has changed: from what, as far as it is known, and to what. */
export interface Change {
	field: string;
	opId: string;
	/** Membership; empty: not known. */
	author: string;
	/** Ms since 1970. */
	at: number;
	value: JsonValue;
	/** Undefined: not known, or the entry was made with it. */
	before: JsonValue | undefined;
	/** Nobody has changed it since. */
	stands: boolean;
}

type OwnOp = Pick<Op, 'opId' | 'clock' | 'fields'>;

/**
 * What people have changed in an entry, the latest first: what still stands, by whoever wrote it, and before that the ops that this device
 * has kept. What an import, a pack or the shipped directory brought is no change by a person.
 *
 * @param self membership that wrote the ops
 */
export function changesOf({ heads }: RecordState, ops: readonly OwnOp[], self: string): Change[] {
	const found = new Map<string, Change>();
	for (const [field, standing] of Object.entries(heads)) {
		if (isNote(field)) continue;
		for (const { opId, author, clock, value } of standing) {
			if (author === SERVER_AUTHOR) continue;
			const was = heads[beforeField(field)]?.find((head) => head.clock === clock && head.opId === opId);
			// A pack does not say who wrote what: only what was changed by a person has a before.
			if (author === '' && !was) continue;
			const change = { field, opId, author, at: clockTime(clock), value, before: was?.value, stands: true };
			found.set(`${opId} ${field}`, change);
		}
	}
	for (const { opId, clock, fields } of ops)
		for (const [field, value] of Object.entries(fields)) {
			const key = `${opId} ${field}`;
			if (isNote(field) || found.has(key)) continue;
			const before = fields[beforeField(field)];
			found.set(key, { field, opId, author: self, at: clockTime(clock), value, before, stands: false });
		}
	return [...found.values()].sort((a, b) => b.at - a.at || (a.field < b.field ? -1 : 1));
}

/** Whether a change can be taken back: it still stands, and what stood before is known. */
export const canUndo = ({ field, stands, before }: Change): boolean =>
	stands && before !== undefined && field !== REMOVED;
