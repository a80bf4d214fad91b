import type { RequestEvent } from '@sveltejs/kit';
import { readClientCard } from '#lib/domain/client-card.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import { subjectRequest, type SubjectAnswer } from '#lib/protocol/subject-access.ts';
import { countTry } from '#lib/server/accounts/attempts.ts';
import { sessionOf, type Session } from '#lib/server/accounts/sessions.ts';
import { requireProof } from '#lib/server/accounts/step-up.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note, noteUse } from '#lib/server/audit/note.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { eraseRecords } from '#lib/server/sync/erase.ts';
import { trimRecords } from '#lib/server/sync/trim.ts';
import { cardValues } from './card-values.ts';
import { everythingOf, visitsOf, type HeldVisit } from './held.ts';

const LIMITS = { bytes: 1024, json: { depth: 2, keys: 8 } };
/** Codes within ten minutes, of one member and of a whole organisation: a code is typed from paper, not tried out. */
const TRIES = 20;
const TRIES_TOGETHER = 100;

/**
 * `POST /api/v1/subject-access`: what is held under a client card, and what is done with it. A code that is mistyped, unknown or another
 * organisation's is answered alike. Whatever is more than looking asks for a fresh proof of who it is. The code stands in the body, so that no log of addresses has it.
 */
export async function handleSubject(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'card:access');
	const { json } = await readJsonBody(event.request, LIMITS);
	const { success, data } = subjectRequest.safeParse(json);
	if (!success) throw new ApiError(422, 'bad_request');
	if (data.do !== 'show') requireProof(server, session);
	const { store, now } = server;
	const { organisation, membership } = session;
	await countTry(store, `card:${organisation}:${membership}`, TRIES, now());
	await countTry(store, `card:${organisation}:*`, TRIES_TOGETHER, now());
	const code = readClientCard(data.code);
	const visits = code === undefined ? [] : await visitsOf(store, organisation, code);
	if (code === undefined || visits.length === 0) throw new ApiError(404, 'not_found');
	if (data.do === 'erase' || data.do === 'unlink') {
		await (data.do === 'erase' ? erase : unlink)(server, session, code);
		return new Response(null, { status: 204 });
	}
	const answer: SubjectAnswer = await everythingOf(store, organisation, code, visits);
	const use = data.do === 'export' ? 'export' : 'read';
	await noteUse(
		server,
		session,
		byOwner(visits).map(([whose, ids]) => ({ event: use, kind: 'card', ids, whose }))
	);
	return Response.json(answer);
}

/** The visits of each member, whom the audit trail names. */
const byOwner = (visits: readonly HeldVisit[]) =>
	[...Map.groupBy(visits, ({ part }) => memberOfPart(part))].map(
		([whose, some]) => [whose, some.map(({ id }) => id)] as const
	);

/** Erases every visit of the card as a coordinator erases one: on phones, in the journal and behind restores, too. */
async function erase({ store, now }: ServerContext, session: Session, code: string): Promise<void> {
	const { organisation } = session;
	await store.write(async (trx) => {
		const visits = await visitsOf({ db: trx }, organisation, code);
		const wanted = visits.map(({ id, part }) => ({ organisation, collection: 'visit', id, part }));
		const erased = await eraseRecords(trx, store, organisation, wanted);
		await note(
			trx,
			session,
			byOwner(visits).map(([whose, ids]) => ({ event: 'erase', kind: 'visit', ids, whose })),
			now()
		);
		store.erased.add(erased);
	});
	await store.scrub?.();
}

/** Takes the code off every visit; the visits stay, and nothing links them any more. */
async function unlink({ store, now }: ServerContext, session: Session, code: string): Promise<void> {
	const { organisation } = session;
	await store.write(async (trx) => {
		const visits = await visitsOf({ db: trx }, organisation, code);
		const trimmed = await trimRecords(
			trx,
			store,
			organisation,
			await cardValues(trx, store, organisation, visits)
		);
		await note(
			trx,
			session,
			byOwner(visits).map(([whose, ids]) => ({ event: 'erase', kind: 'card', ids, whose })),
			now()
		);
		store.erased.add(trimmed);
	});
	await store.scrub?.();
}
