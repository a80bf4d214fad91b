/** The limits of the sync messages; both sides hold the same. */

/** Ops in one request, at most. */
export const MAX_OPS = 500;
/** Bytes of a request body as sent, at most; adapter and server hold the same limit. */
export const MAX_BODY = 1024 * 1024;
/** Bytes of a request body after gzip, at most. */
export const MAX_INFLATED = 4 * 1024 * 1024;
/** Limits of the JSON itself, checked before any schema. */
export const JSON_LIMITS = { depth: 20, keys: 60_000 };
/** Names of fields in one op, and bytes of its JSON, at most (design.md §4). */
export const MAX_FIELDS = 64;
export const MAX_OP_BYTES = 8 * 1024;
/** The same of an op that changes an entry of the directory: a long text, or a list of many places. */
export const MAX_SERVICE_BYTES = 256 * 1024;
/**
 * Record states in one answer, at most: what a slow phone reads without standing still, and what a slow line can lose. Some six
 * seconds at 50 kbit/s.
 */
export const MAX_CHANGES = 100;
/** Runs of change numbers that a request names as known, at most. */
export const MAX_RANGES = 50;
