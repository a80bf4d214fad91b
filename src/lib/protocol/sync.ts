import * as z from 'zod/mini';
import { clock, replicaId } from '#lib/domain/clock.ts';
import { jsonValue } from './json-value.ts';
import { MAX_OPS, MAX_RANGES } from './limits.ts';
import { packedOps } from './packed.ts';
import { organisationKey } from './sealing-key.ts';

/**
 * The messages of `POST /api/v1/sync` (design.md §5). The server reads requests strictly per declared version; a client
 * reads answers leniently: it ignores unknown keys and takes an unknown outcome for `later`.
 */

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}(\/[0-9a-f-]{36})?$/;
const fieldName = z.string().check(z.regex(FIELD_NAME));
const collection = z.string().check(z.regex(/^[a-z][a-z-]{0,31}$/));
const seq = z.int().check(z.minimum(1), z.maximum(Number.MAX_SAFE_INTEGER));
const cursor = z.string().check(z.maxLength(200));
const part = z.string().check(z.maxLength(64));

export const wireOp = z.strictObject({
	opId: z.uuid(),
	/** The replica that numbered the op, where it is not the batch's. */
	replica: z.optional(replicaId),
	seq,
	collection,
	recordId: z.uuid(),
	fields: z.record(fieldName, jsonValue),
	clock,
	base: z.optional(z.record(fieldName, z.array(clock).check(z.minLength(1), z.maxLength(64)))),
	schema: z.int().check(z.minimum(1), z.maximum(1000)),
	/** Membership whose record it corrects; absent: the author's own. */
	of: z.optional(z.uuid())
});

/** First and last of a run of change numbers. */
const changeRange = z.tuple([z.int(), z.int()]);

const opHeader = z.omit(wireOp, { fields: true });

/**
 * Whether an op that was laid out in rows again passes `wireOp`. Its values have passed with their columns; to look at each
 * of them twice would cost the server more than storing them.
 */
export function isWireOp({ fields, ...header }: WireOp): boolean {
	return opHeader.safeParse(header).success && Object.keys(fields).every((name) => FIELD_NAME.test(name));
}

export const syncRequest = z.strictObject({
	protocol: z.literal(1),
	replica: replicaId,
	/** Highest sequence number that this replica ever gave out; 0: none. A gap below it means "not received". */
	highSeq: z.int().check(z.minimum(0)),
	/** Per part of the scope, where the last answer ended. Absent: the client only delivers and gets no changes. */
	cursors: z.optional(z.record(part, cursor)),
	/**
	 * Change numbers, each from–to, that this device has receipts for since its cursors: what a record made by one such op says is here
	 * already and need not come back. Left out, it costs bytes and nothing else.
	 */
	have: z.optional(z.array(changeRange).check(z.maxLength(MAX_RANGES))),
	/** Ops in rows, or the same ops by column; neither: there is nothing to deliver. */
	ops: z.optional(z.array(wireOp).check(z.maxLength(MAX_OPS))),
	packed: z.optional(packedOps)
});

const outcomes = ['applied', 'conflict', 'rejected', 'later'] as const;

const receipt = z.object({
	opId: z.string(),
	outcome: z.catch(z.enum(outcomes), 'later'),
	/** Change number of the op's effect; absent where it has none. */
	change: z.optional(z.int()),
	code: z.optional(z.string()),
	field: z.optional(z.string())
});

const head = z.object({
	clock: z.string(),
	opId: z.string(),
	value: jsonValue,
	author: z.string(),
	covers: z.optional(z.array(z.string()))
});

/** A record as the server holds it, or `gone`: it left the part of the scope that it is named in. */
const change = z.object({
	part,
	collection: z.string(),
	recordId: z.string(),
	change: z.int(),
	state: z.optional(
		z.object({ heads: z.record(z.string(), z.array(head)), seen: z.record(z.string(), z.array(z.string())) })
	),
	gone: z.optional(z.boolean()),
	/** With `gone`: it was erased for good, and nobody keeps anything of what it said. */
	erased: z.optional(z.boolean())
});

export const syncAnswer = z.object({
	protocol: z.int(),
	// What is empty is left out: an open app asks twice a minute, and nearly always there is nothing.
	receipts: z._default(z.array(receipt), []),
	changes: z._default(z.array(change), []),
	/** Where each part ends now, as far as it moved. */
	cursors: z._default(z.record(part, cursor), {}),
	/** More changes wait: ask again with the new cursors. */
	more: z._default(z.boolean(), false),
	/** Parts that the request named and that are not, or not any more, in the scope of whoever asks. */
	lost: z.optional(z.array(part)),
	/** Names one life of the server's database; a restored one starts a new epoch. */
	epoch: z.string(),
	/** Highest change number inside a verified backup; null: no backup is configured. */
	durable: z.nullable(z.int()),
	/** ms since 1970. */
	serverTime: z.number(),
	/** Where to seal to from now on, where the header `reppu-seal-key` named another key. */
	sealTo: z.catch(z.optional(organisationKey), undefined),
	/** This device is revoked: nothing is read any more, and what it delivers waits for a coordinator. */
	revoked: z.optional(z.boolean())
});

export type WireOp = z.infer<typeof wireOp>;
export type SyncRequest = z.infer<typeof syncRequest>;
export type SyncAnswer = z.infer<typeof syncAnswer>;
/** The same as it goes over the wire. */
export type WireAnswer = z.input<typeof syncAnswer>;
export type ChangeRange = z.infer<typeof changeRange>;
export type Receipt = z.infer<typeof receipt>;
export type Change = z.infer<typeof change>;
