/**
 * The version of the wire. A phone may return after months, so every released version is accepted by the server for good,
 * and sync.test.ts pins the schema: who changes it must add a version here.
 *
 * | version | since | what changed |
 * |---|---|---|
 * | 1 | 0.1.0 | the first: ops in rows or packed by column, receipts, parts with cursors, have, gone and lost, epoch, durable |
 */
export const PROTOCOL = 1;

/** SHA-256 of the JSON Schema of both messages, by version. */
export const SCHEMA_HASHES: Record<number, string> = {
	1: '5d5710f9c3275a77925e8aa6e269a0604d9064de56c0a11a8f384dd4234bb5d3'
};
