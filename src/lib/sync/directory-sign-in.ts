import * as z from 'zod/mini';
import { readCode, directorySignInAnswer, directoryWay } from '#lib/protocol/accounts.ts';
import { errorBody } from '#lib/protocol/errors.ts';

const PATH = '/api/v1/sign-in/directory';

/** What the municipality's directory is called here; undefined: nobody signs in by it, or the server does not answer. */
export async function directoryHere(): Promise<string | undefined> {
	try {
		const response = await fetch(PATH, { redirect: 'error' });
		const answer = z.safeParse(directoryWay, await response.json());
		return (response.ok && answer.success && answer.data.name) || undefined;
	} catch {
		return undefined;
	}
}

/**
 * Where the browser has to go to sign in by it, or why it cannot; `code` is one of protocol/errors.ts.
 *
 * @param again they prove who they are, also where they are signed in there already
 */
export async function askDirectory(
	again: boolean
): Promise<{ address: string } | { failure: 'offline' } | { failure: 'code'; code: string }> {
	let response: Response;
	let answered: unknown;
	try {
		response = await fetch(PATH, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ again }),
			redirect: 'error'
		});
		answered = await response.json();
	} catch {
		return { failure: 'offline' };
	}
	const answer = z.safeParse(directorySignInAnswer, answered);
	if (response.ok && answer.success) return answer.data;
	const error = z.safeParse(errorBody, answered);
	return error.success ? { failure: 'code', code: error.data.error } : { failure: 'offline' };
}

/** What the browser has come back with, after the `#` of its address; undefined: it was not away. */
export function broughtBack(hash: string): { code: string } | { error: string } | undefined {
	const said = new URLSearchParams(hash.replace(/^#/, ''));
	const code = readCode(said.get('code') ?? '');
	if (code !== undefined) return { code };
	const error = said.get('error');
	return error === null ? undefined : { error };
}
