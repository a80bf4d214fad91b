import type { JsonValue } from '#lib/domain/json.ts';
import type { Op, RecordState } from '#lib/domain/record.ts';

/**
 * How rows lie in the phone's database: a plain header, the name of a codec, and a body (design.md §4). Only ids, sequence
 * and state are indexed; questions about visits run over a set in memory. Encryption will be one more codec.
 */
export interface Sealed {
	codec: 'json';
	body: string;
}

export interface VisitRow extends Sealed {
	id: string;
}

/**
 * An op without a receipt. `waiting` goes out; `attention` was rejected and needs its author; `discarded` was rejected, and
 * its author removed the record: it asks for nothing more, and comes back with the record.
 */
export interface OutboxRow extends Sealed {
	/** Given out by the database, growing, never reused within a replica. */
	seq?: number;
	opId: string;
	recordId: string;
	collection: string;
	state: 'waiting' | 'attention' | 'discarded';
	/** Why the server rejected it: error code and field. Kept with the time, ms. */
	reason?: { code: string; field?: string | undefined; at: number } | undefined;
}

/** An op with a receipt, kept until a verified backup covers its change number. */
export interface SentRow extends Sealed {
	opId: string;
	seq: number;
	replica: string;
	recordId: string;
	collection: string;
	change: number;
	/** When the receipt came, ms since 1970 by the device's clock. */
	at: number;
}

/** A form that is not saved yet. */
export interface DraftRow extends Sealed {
	id: string;
	/** ms since 1970. */
	at: number;
}

/** A record other than a visit: desk, reception, settings, member. */
export interface RecordRow extends Sealed {
	collection: string;
	id: string;
}

export type OpBody = Pick<Op, 'fields' | 'clock' | 'base' | 'schema'>;

/** Puts a body under the codec in force. */
export function seal(body: RecordState | OpBody | { [key: string]: JsonValue }): Sealed {
	return { codec: 'json', body: JSON.stringify(body) };
}

/** Thrown when a row was written by a newer version than this one. */
class UnknownCodec extends Error {
	constructor(codec: string) {
		super(`A row is stored with the codec "${codec}", which this version does not know.`);
		this.name = 'UnknownCodec';
	}
}

/** Takes the body out from under its codec. The caller says what it stored: rows are written by this module's users only. */
export function unseal<T>(row: Sealed): T {
	if (row.codec !== 'json') throw new UnknownCodec(row.codec);
	return JSON.parse(row.body) as T;
}
