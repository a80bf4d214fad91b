import type { RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import {
	directorySignInRequest,
	type directorySignInAnswer,
	type directoryWay
} from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { isStoreFailure } from '#lib/server/storage/failures.ts';
import { acrossOrganisations, reachOnly } from '#lib/server/storage/reach.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { countTry, forgiveTry } from '#lib/server/accounts/attempts.ts';
import { read } from '#lib/server/accounts/bodies.ts';
import { newChallenge, spendChallenge } from '#lib/server/accounts/challenges.ts';
import { clearAttempt, readAttempt, writeAttempt } from '#lib/server/accounts/cookies.ts';
import { memberMeant } from '#lib/server/accounts/identities.ts';
import { directoryCode } from '#lib/server/accounts/invitations.ts';
import { attemptOf } from './attempt.ts';
import { IssuerRefused, IssuerSilent, type Arrival, type Issuer } from './issuer.ts';

/** How long somebody may be at the directory, ms: a password, a second factor, a call to whoever helps. */
const AWAY = 15 * 60_000;
/** Answers of the directory that were refused within ten minutes for one address. */
const TRIES_PER_ADDRESS = 20;
const BACK = '/api/v1/sign-in/directory/callback';

/** The directory, and where it sends the browser back to: from the settings, never from a request. Throws 404 where there is none. */
function directoryOf({ issuer, settings }: ServerContext): { issuer: Issuer; back: string } {
	if (!issuer || settings.address === '') throw new ApiError(404, 'not_found');
	return { issuer, back: `${settings.address}${BACK}` };
}

/** `GET /api/v1/sign-in/directory`: what the button for it says, where there is one. */
export function handleDirectoryWay(_: RequestEvent, { issuer }: ServerContext): Response {
	return Response.json({ name: issuer?.settings.name ?? null } satisfies z.infer<typeof directoryWay>);
}

/** `POST /api/v1/sign-in/directory`: where the browser goes to sign in. What it brings back counts in this browser only. */
export async function handleDirectorySignIn(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { store, now } = server;
	const { issuer, back } = directoryOf(server);
	const { again } = await read(directorySignInRequest, event.request);
	const secret = Buffer.from(await newChallenge(store, 'directory', '', now(), AWAY)).toString('base64url');
	try {
		const address = await issuer.signInAddress(attemptOf(secret), back, again, now());
		writeAttempt(event.cookies, event.url, secret, AWAY / 1000);
		return Response.json({ address } satisfies z.infer<typeof directorySignInAnswer>);
	} catch (error) {
		throw asApiError(error, server);
	}
}

/**
 * `GET /api/v1/sign-in/directory/callback`: the directory sends the browser back. It goes on to the app's own page with a code that this
 * browser redeems like any other, or with the code of an error: after the `#`, which no server is told.
 */
export async function handleDirectoryReturn(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { cookies, url } = event;
	try {
		return leadTo('code', await whatCameOfIt(event, server));
	} catch (error) {
		clearAttempt(cookies, url);
		const refusal = asApiError(error, server);
		if (refusal instanceof ApiError) return leadTo('error', refusal.code);
		if (isStoreFailure(refusal)) return leadTo('error', 'busy');
		throw refusal;
	}
}

const leadTo = (what: 'code' | 'error', value: string) =>
	new Response(null, { status: 303, headers: { location: `/sign-in#${what}=${value}` } });

/** The code that the browser redeems. */
async function whatCameOfIt(event: RequestEvent, server: ServerContext): Promise<string> {
	const { store, now } = server;
	const { issuer, back } = directoryOf(server);
	const secret = readAttempt(event.cookies, event.url);
	const scope = `directory:${event.getClientAddress()}`;
	await countTry(store, scope, TRIES_PER_ADDRESS, now());
	if (secret === undefined) throw new ApiError(401, 'directory_refused');
	const attempt = attemptOf(secret);
	// What somebody else has sent the browser to ends nothing that it has begun.
	if (event.url.searchParams.get('state') !== attempt.state) throw new ApiError(401, 'directory_refused');
	if (!(await spendChallenge(store, secret, 'directory', '', now())))
		throw new ApiError(401, 'directory_refused');
	const arrival = await issuer.arrival(new URL(`${back}${event.url.search}`), attempt, now());
	const organisation = await organisationOf(store, issuer);
	reachOnly(organisation);
	const code = await codeFor(store, organisation, arrival, attempt.browser, now());
	if (code === undefined) throw new ApiError(403, 'directory_unknown');
	await forgiveTry(store, scope, now());
	return code;
}

async function codeFor(
	store: Store,
	organisation: string,
	arrival: Arrival,
	browser: string,
	now: number
): Promise<string | undefined> {
	return store.write(async (trx) => {
		const membership = await memberMeant(trx, organisation, arrival, now);
		if (membership !== undefined)
			return directoryCode(trx, { organisation, membership }, browser, arrival.provedAt, now);
		// Who it was stands in no row: they are nobody here.
		await note(trx, { organisation }, [{ event: 'sign-in-refused', kind: 'member' }], now);
		return undefined;
	});
}

/** Whose members the directory knows. Throws 404 where the settings would have to say it. */
async function organisationOf({ db }: Store, { settings }: Issuer): Promise<string> {
	const rows = await acrossOrganisations(() =>
		db
			.selectFrom('organisations')
			.select('id')
			.where('demo', '=', 0)
			.$if(settings.organisation !== undefined, (query) =>
				query.where('id', '=', settings.organisation ?? '')
			)
			.limit(2)
			.execute()
	);
	const [only, other] = rows;
	if (!only || other) throw new ApiError(404, 'not_found');
	return only.id;
}

/** What went wrong with the directory, as the client is told; the log is told why. Anything else stays what it is. */
function asApiError(error: unknown, { log }: ServerContext): unknown {
	if (!(error instanceof IssuerSilent) && !(error instanceof IssuerRefused)) return error;
	const answer =
		error instanceof IssuerSilent
			? new ApiError(503, 'directory_silent')
			: new ApiError(401, 'directory_refused');
	const { cause, message } = error;
	log.warn(`directory of people: ${message}`, {
		code: answer.code,
		error: cause instanceof Error ? cause.message : undefined
	});
	return answer;
}
