import * as z from 'zod/mini';
import type { MembershipRow } from '#lib/device/public-db.ts';
import { errorBody } from '#lib/protocol/errors.ts';
import { MEMBERSHIP_HEADER } from '#lib/sync/carrier.ts';

/**
 * Why a question to the server brought no answer.
 *
 * - `offline`: nobody answered, or somebody else did (a captive portal, a login page)
 * - `sign_in`: the session has ended
 * - `not_allowed`: the role does not cover it
 * - `missing`: there is no such thing
 * - `often`: it was tried too often
 * - `taken`: another member has that name
 * - `meanwhile`: somebody else was faster, and what was sent is out of date
 * - `changed`: somebody else has changed the same since it was looked at
 * - `step_up`: whoever is signed in has to prove it again first
 * - `other`: the server could not answer now
 */
export type ApiFailure =
	| 'offline'
	| 'sign_in'
	| 'not_allowed'
	| 'missing'
	| 'taken'
	| 'meanwhile'
	| 'changed'
	| 'often'
	| 'step_up'
	| 'other';

export type ApiAnswer<T> = { ok: true; value: T } | { ok: false; failure: ApiFailure };

export interface ApiRequest {
	path: string;
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Sent as JSON. */
	body?: unknown;
	/** Sent as it is, for as long as that takes. */
	file?: Blob;
	/** Gives it up. */
	signal?: AbortSignal;
}

/** The answer to a request that has none but its status. */
export const noContent = z.undefined();

/** Answers that have no body: done, and begun. */
const EMPTY = new Set([202, 204]);

/** How long the server may take, ms: somebody sits and waits. */
const TIMEOUT = 20_000;
/** How long a file may take, ms. */
const FILE_TIMEOUT = 1_800_000;

/** Asks the server as one membership of this device. Never throws: what does not fit the schema is no answer. */
export async function askServer<T>(
	{ id }: Pick<MembershipRow, 'id'>,
	{ path, method = 'GET', body, file, signal }: ApiRequest,
	schema: z.ZodMiniType<T>,
	carry: typeof fetch = (...request) => fetch(...request)
): Promise<ApiAnswer<T>> {
	let response: Response;
	let content: unknown;
	try {
		response = await carry(path, {
			method,
			headers: {
				[MEMBERSHIP_HEADER]: id,
				...(body === undefined ? {} : { 'content-type': 'application/json' })
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			...(file && { body: file }),
			credentials: 'same-origin',
			cache: 'no-store',
			redirect: 'error',
			signal: AbortSignal.any([
				AbortSignal.timeout(file ? FILE_TIMEOUT : TIMEOUT),
				...(signal ? [signal] : [])
			])
		});
		content = EMPTY.has(response.status) ? undefined : await readJson(response);
	} catch {
		return { ok: false, failure: 'offline' };
	}
	if (!response.ok) return { ok: false, failure: failureOf(response.status, content) };
	const parsed = z.safeParse(schema, content);
	return parsed.success ? { ok: true, value: parsed.data } : { ok: false, failure: 'other' };
}

/** Fetches a file as one membership of this device. */
export async function fetchFile(
	{ id }: Pick<MembershipRow, 'id'>,
	path: string,
	carry: typeof fetch = (...request) => fetch(...request)
): Promise<ApiAnswer<Blob>> {
	try {
		const response = await carry(path, {
			headers: { [MEMBERSHIP_HEADER]: id },
			credentials: 'same-origin',
			cache: 'no-store',
			redirect: 'error',
			signal: AbortSignal.timeout(FILE_TIMEOUT)
		});
		if (!response.ok) return { ok: false, failure: failureOf(response.status, await readJson(response)) };
		// A page of HTML with a good status comes from somebody else.
		if (!response.headers.has('content-disposition')) return { ok: false, failure: 'offline' };
		return { ok: true, value: await response.blob() };
	} catch {
		return { ok: false, failure: 'offline' };
	}
}

/** Reads what the server says of itself; a page of HTML with a good status comes from somebody else. */
async function readJson(response: Response): Promise<unknown> {
	if ((response.headers.get('content-type') ?? '').startsWith('application/json')) return response.json();
	if (response.ok) throw new TypeError('The answer is not from our server.');
	return undefined;
}

const named: Readonly<Record<string, ApiFailure>> = {
	not_allowed: 'not_allowed',
	not_found: 'missing',
	code_wrong: 'missing',
	directory_name_taken: 'taken',
	printed_meanwhile: 'meanwhile',
	changed_meanwhile: 'changed',
	too_many_tries: 'often',
	step_up_needed: 'step_up'
};

function failureOf(status: number, content: unknown): ApiFailure {
	const parsed = z.safeParse(errorBody, content);
	if (!parsed.success) return status >= 500 ? 'other' : 'offline';
	if (status === 401 || parsed.data.error === 'device_revoked') return 'sign_in';
	return named[parsed.data.error] ?? 'other';
}
