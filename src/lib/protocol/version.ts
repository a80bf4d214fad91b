/**
 * The version of the wire. A phone may return after months, so every released version is accepted by the server for good,
 * and sync.test.ts pins the schema: who changes it must add a version here.
 *
 * | version | since | what changed |
 * |---|---|---|
 * | 1 | 0.1.0 | the first: ops in rows or packed by column, receipts, parts with cursors, have, gone, erased and lost, epoch, durable, sealTo, revoked |
 */
export const PROTOCOL = 1;

/** SHA-256 of the JSON Schema of both messages, by version. */
export const SCHEMA_HASHES: Record<number, string> = {
	1: 'ffa396d4e65efce390b26463c2fc3a44a52dc208d5480183507bfe8936efb500'
};
