import type { JsonValue } from '#lib/domain/json.ts';
import type { Head, Op, RecordState, Said } from '#lib/domain/record.ts';
import type { RejectionState } from '#lib/domain/rejection.ts';
import type { VisitFacts } from '#lib/domain/visit-facts.ts';

/**
 * How rows lie in the phone's database: a plain header, the name of a codec, and a body (design.md §4). Only ids, sequence
 * and state are indexed; questions about visits run over a set in memory. Where the membership has a vault, rows lie under the codecs of
 * vault/guard.ts, which opens and seals them on their way: what is here sees them as `json`, or as they lie while the vault is locked.
 */
export interface Sealed {
	codec: 'json';
	body: string;
}

export interface VisitRow extends Sealed {
	id: string;
	/** Part of the scope that it came from, where that is not the own one: what another member logged. */
	part?: string | undefined;
	/** What the vault says of it before its body is asked for. It is not stored, and is on no copy of the row. */
	readonly brief?: VisitBrief;
}

/** A visit that has not been taken apart. `time`: the one head of its field `at`, where nobody removed it and no two values stand. */
export interface VisitBrief {
	time: Pick<Head, 'clock' | 'value'> | undefined;
	state: () => RecordState;
	/** Only where it has a time: then no field has two values. */
	said: () => Said;
	/** What statistics count of it; undefined: it lies here without, or as another version counted. */
	facts: () => VisitFacts | undefined;
}

/** An op's place among those of its replica. */
interface OpNumber {
	replica: string;
	seq: number;
}

/** An op without a receipt: it waits and goes out. */
export interface OutboxRow extends Sealed {
	/** Given out by the database, growing, never reused within a replica. Negative: it goes out again, see `again`. */
	seq?: number;
	/**
	 * The number under which it had its receipt from a server that may have lost it since (design.md §5.8). `rejected`: what it was
	 * before, to be so again.
	 */
	again?: (OpNumber & { rejected?: Pick<RejectedRow, 'state' | 'decided'> }) | undefined;
	opId: string;
	recordId: string;
	collection: string;
	/** The op sealed to the organisation's key on the server, where the membership has a vault: it goes out so while that is locked. */
	sealed?: Uint8Array<ArrayBuffer> | undefined;
	/** Visit that it is about, where the record is not the visit itself; empty: nothing that people count. */
	about?: string | undefined;
}

/**
 * An op that the server rejected, with the reason: error code and field, and the time, ms. `attention`: it needs its author.
 * `handed-over`: its author asked the coordinator. `discarded`: it was given up, or its record was removed, with which it comes back.
 */
export interface RejectedRow extends Sealed {
	opId: string;
	recordId: string;
	collection: string;
	state: 'attention' | RejectionState;
	/** Somebody has decided so; a state without it comes and goes with the visit. */
	decided?: boolean | undefined;
	/** The number under which the server journalled it; absent where no request passed with it. */
	numbered?: OpNumber | undefined;
	/** Where no request passed with it: the place that it held in the outbox, which its header fills when it is given up. */
	place?: number | undefined;
	reason: { code: string; field?: string | undefined; at: number };
}

/**
 * Ops with a receipt, one row for each request that carried them, kept until a verified backup covers all of them. Its body is
 * the request as it went: a row for each op would take a phone several times the time and the room. See `sent.ts` and `sent-ops.ts`.
 */
export interface SentRow {
	id?: number;
	/** When the receipts came, ms since 1970 by the device's clock. */
	at: number;
	/** Highest change number of its ops. */
	change: number;
	/** The replica that sent them. */
	replica: string;
	/** The record of each op; further down, in the same order, its id, its sequence number and its change number. */
	records: string[];
	opIds: string[];
	seqs: number[];
	changes: number[];
	codec: 'request' | 'request-gzip' | 'ops';
	body: Uint8Array<ArrayBuffer>;
	/** With the codec `ops`, which went while the vault was locked: each op as its row lay in the outbox. */
	ops?: (Sealed & { collection: string })[] | undefined;
}

/** A form that is not saved yet. */
export interface DraftRow extends Sealed {
	id: string;
	/** ms since 1970. */
	at: number;
}

/** A record other than a visit: desk, reception, settings, member; of the directory only what this membership wrote. */
export interface RecordRow extends Sealed {
	collection: string;
	id: string;
	/** As in `VisitRow`. */
	part?: string | undefined;
}

export type OpBody = Pick<Op, 'fields' | 'clock' | 'base' | 'schema' | 'of'>;

/** Thrown where a row is sealed and no key here opens it: the vault is locked, or the row was altered. */
export class SealedRow extends Error {
	constructor(codec: string) {
		super(`This row is sealed: ${codec}`);
		this.name = 'SealedRow';
	}
}

/** Whether a row can be read here and now. */
export const isReadable = ({ codec }: { codec: string }): boolean => codec === 'json';

/** Lays out a body for its row. */
export function seal(body: RecordState | OpBody | { [key: string]: JsonValue }): Sealed {
	return { codec: 'json', body: JSON.stringify(body) };
}

/** The body of a row. The caller says what it stored: rows are written by this module's users only. */
export function unseal<T>(row: Sealed): T {
	if (!isReadable(row)) throw new SealedRow(row.codec);
	return JSON.parse(row.body) as T;
}
