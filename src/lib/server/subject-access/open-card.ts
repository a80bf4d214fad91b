import type { RequestEvent } from '@sveltejs/kit';
import { cardGlance, latestConsent } from '#lib/domain/card-glance.ts';
import { readClientCard } from '#lib/domain/client-card.ts';
import { removal, shownValues } from '#lib/domain/record.ts';
import { readVisit } from '#lib/domain/visit.ts';
import { cardRequest, type CardAnswer } from '#lib/protocol/client-card.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import { countTry } from '#lib/server/accounts/attempts.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { cardHash } from '#lib/server/storage/card-links.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import { registerSettings } from '#lib/server/storage/register-settings.ts';
import type { Store } from '#lib/server/storage/store.ts';

const LIMITS = { bytes: 1024, json: { depth: 2, keys: 8 } };
/** Cards within ten minutes, of one adviser and of a whole organisation: a queue at a desk, and nobody who tries codes out. */
const TRIES = 40;
const TRIES_TOGETHER = 400;
/** Visits that an answer has at most. */
const MOST = 10;

/**
 * `POST /api/v1/client-card`: earlier topics and agreed next steps under a card that a client shows, and the consent to it. A code that is mistyped, unknown, unlinked or another
 * organisation's is answered alike, and so is every code while the organisation has no cards. Who looked is noted. The code stands in the body, so that no log
 * of addresses has it.
 */
export async function openCard(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'card:open');
	const { json } = await readJsonBody(event.request, LIMITS);
	const { success, data } = cardRequest.safeParse(json);
	if (!success) throw new ApiError(422, 'bad_request');
	const { store, now } = server;
	const { organisation, membership } = session;
	await countTry(store, `card-open:${organisation}:${membership}`, TRIES, now());
	await countTry(store, `card-open:${organisation}:*`, TRIES_TOGETHER, now());
	const code = readClientCard(data.code);
	const settings = await registerSettings(store, organisation);
	const rows = code === undefined || !settings.clientCard ? [] : await linked(store, organisation, code);
	const states = await readStates(
		store.db,
		store,
		organisation,
		rows.map(({ state }) => state)
	);
	const under = rows
		.flatMap(({ id }, index) => {
			const state = states[index]!;
			if (removal(state) === 'yes') return [];
			const visit = readVisit(id, shownValues(state));
			const at = Date.parse(visit.at ?? '') || 0;
			return [{ shown: { id, at, ...cardGlance(visit, settings) }, consent: visit.cardConsent }];
		})
		.sort((a, b) => b.shown.at - a.shown.at);
	const visits = under.slice(0, MOST).map(({ shown }) => shown);
	const shown = new Set(visits.map(({ id }) => id));
	await noteUse(
		server,
		session,
		[
			...Map.groupBy(
				rows.filter(({ id }) => shown.has(id)),
				({ part }) => memberOfPart(part)
			)
		].map(([whose, some]) => ({ event: 'read', kind: 'card', ids: some.map(({ id }) => id), whose }))
	);
	return Response.json({ visits, consent: latestConsent(under) } satisfies CardAnswer);
}

/** The visits that a card links now. */
async function linked({ db }: Store, organisation: string, code: string) {
	return db
		.selectFrom('card_links')
		.innerJoin('records', (join) =>
			join
				.onRef('records.organisation_id', '=', 'card_links.organisation_id')
				.onRef('records.id', '=', 'card_links.visit_id')
				.on('records.collection', '=', 'visit')
		)
		.select(['records.id', 'records.part', 'records.state'])
		.where('card_links.organisation_id', '=', organisation)
		.where('card_links.card', '=', cardHash(organisation, code))
		.where('records.state', '!=', ERASED)
		.execute();
}
