import { hash } from 'node:crypto';
import { FEEDBACK } from '#lib/domain/feedback-name.ts';
import { canonicalJson, type JsonValue } from '#lib/domain/json.ts';
import type { WireOp } from '#lib/protocol/sync.ts';

/** The collection under which the journal keeps a sealed op that did not open: as the bytes that came. */
export const UNOPENED = 'sealed';

/** What an op says as the journal keeps it, and the proof of it. */
export interface OpText {
	/**
	 * JSON of fields, clock, base and schema, members in the order in which they came. Empty of a client's feedback: what it says is counted and
	 * written down nowhere, in whatever way it comes (decision 0041).
	 */
	body: string;
	/**
	 * SHA-256 of ids and body, hex. Replica and sequence number are left out: a forked device renumbers what is not
	 * acknowledged, and the op stays the same op.
	 */
	hash: string;
}

export function opText({ opId, collection, recordId, fields, clock, base, schema, of }: WireOp): OpText {
	// Few answers are possible: a hash of what it says would tell it to whoever tries them all.
	if (collection === FEEDBACK) return { body: '', hash: hash('sha256', `${opId} ${collection} ${recordId}`) };
	const body = JSON.stringify({ fields, clock, base: base ?? {}, schema, ...(of ? { of } : {}) });
	return { body, hash: hash('sha256', `${opId} ${collection} ${recordId} ${body}`) };
}

/** Whether two bodies say the same, though their members may stand in another order. */
export function saySame(a: string, b: string): boolean {
	const [first, second] = [a, b].map((body) => canonicalJson(JSON.parse(body) as JsonValue));
	return first === second;
}
