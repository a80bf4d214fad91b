import * as z from 'zod/mini';

/**
 * The closed list of error codes. Each is translated in one place (components/error-text.ts); a code never carries a
 * person's data. A client that meets a code it does not know shows the general text of the status.
 */
export const errorCodes = [
	// the request as a whole
	'bad_encoding', // not UTF-8, or a Content-Encoding that this endpoint does not take
	'bad_json', // not JSON, or JSON beyond the limits of depth and count
	'bad_text', // lone surrogates, NUL or keys that a store would alter
	'bad_request', // JSON of the wrong form
	'body_mismatch', // the body is not the one that was signed or announced
	'too_large', // body over the limit: send less at once
	'wrong_origin', // a request from another site
	'not_json', // Content-Type is not the one that this endpoint takes, JSON nearly everywhere
	'protocol_unknown', // a newer protocol than this server knows
	'not_found',
	// who asks
	'sign_in', // no session, or one that has ended
	'device_unknown', // the device is not enrolled here
	'device_revoked',
	'bad_signature',
	'not_allowed',
	'step_up_needed', // whoever is signed in has to prove it again first: POST /api/v1/step-up
	'code_wrong', // invitation code unknown, used or expired: they are told apart for nobody
	'too_many_tries',
	'directory_refused', // the municipality's directory did not let them in, or its answer is not one that this browser asked for
	'directory_unknown', // the directory knows them, but nobody has entered them here
	'directory_silent', // the directory cannot be asked now
	'directory_name_taken', // another member has this name in the directory
	'printed_meanwhile', // somebody else has printed of the same time since: make it anew from that
	'changed_meanwhile', // somebody else has changed the same since: look at it first
	'passkey_refused', // not a passkey that was asked for here, or of nobody who may come in: told apart for nobody
	// an op
	'op_reused', // the opId came before with other content
	'fork', // the sequence number came before with another op: this database was copied
	'unknown_collection',
	'invalid_value',
	'too_many_fields',
	'desk_unknown',
	'desk_closed',
	'not_yours', // the record belongs to somebody else
	'seal_unknown_key', // sealed to a key that this server has not, or has no more
	'seal_broken', // a sealed op that does not open, or says what no op says
	'erased', // the record was erased for good: nothing is kept of what the op says
	// the server
	'busy',
	'storage_full',
	'unavailable'
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Body of every error answer of the API. */
export const errorBody = z.object({ error: z.string(), field: z.optional(z.string()) });
