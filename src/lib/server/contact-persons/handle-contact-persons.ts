import type { RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { helsinki } from '#lib/domain/dates.ts';
import { deskIsOpen } from '#lib/domain/stops.ts';
import {
	contactPersonRequest,
	municipalityCode,
	trialRequest,
	type ContactPersonsAnswer
} from '#lib/protocol/contact-persons.ts';
import { countTry } from '#lib/server/accounts/attempts.ts';
import { read } from '#lib/server/accounts/bodies.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { trialMail } from '#lib/server/mails/day-mail.ts';
import { knownDays } from '#lib/server/mails/look-after-days.ts';
import { queueMail } from '#lib/server/mails/outbox.ts';
import { decidedDays, dueDays, keyOf, nextDays } from '#lib/server/mails/told-days.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { publicTour, type PublicTour } from '#lib/server/tour/public-tour.ts';
import { contactPersons, keepPerson, removePerson } from './persons.ts';

/** Mails that are shown. */
const SHOWN = 100;
/** Mails to try out with, of one organisation in ten minutes. */
const TRIALS = 5;
/** How long a mail to try out with is tried, ms: somebody waits for it. */
const TRIAL_FOR = 3_600_000;

/** `GET /api/v1/contact-persons`: whom the organisation knows in which municipality, and what became of the mails to them. */
export async function handleContactPersons(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRight(await sessionOf(event, server), 'contact-person:keep');
	const { store, settings, now } = server;
	const persons = await contactPersons(store, organisation);
	const found = await publicTour(store, organisation);
	const rows = await store.db
		.selectFrom('mails')
		.select([
			'id',
			'municipality',
			'kind',
			'state',
			'subject',
			'made_at',
			'next_at',
			'sent_at',
			'code',
			'answer'
		])
		.where('organisation_id', '=', organisation)
		.orderBy('made_at', 'desc')
		.orderBy('id', 'desc')
		.limit(SHOWN)
		.execute();
	const { mail } = settings;
	const today = helsinki(now()).date;
	const open = (found?.tour.desks ?? []).filter((desk) => deskIsOpen(desk, today));
	return Response.json({
		persons,
		towns: [...new Set(open.map(({ municipality }) => municipality))].sort(),
		mail: mail ? { from: mail.from, daily: mail.daily } : null,
		coming: mail && found ? await comingMails(server, organisation, found, mail.wait) : [],
		mails: rows.map(
			({ id, municipality, kind, state, subject, made_at, next_at, sent_at, code, answer }) => ({
				id,
				municipality,
				kind,
				state: state === 'sent' || state === 'failed' ? state : 'waiting',
				subject,
				madeAt: made_at,
				at: state === 'waiting' ? next_at : sent_at,
				code,
				answer
			})
		)
	} satisfies ContactPersonsAnswer);
}

/** What the next look at the tour would gather, so that nobody has to wait for it to see that it was noticed. */
async function comingMails(
	{ store, now }: ServerContext,
	organisation: string,
	{ tour }: PublicTour,
	wait: number
): Promise<ContactPersonsAnswer['coming']> {
	const telling = (await contactPersons(store, organisation)).filter(({ tells }) => tells);
	const towns = new Set(telling.map(({ municipality }) => municipality));
	const known = (await knownDays(store, organisation)).filter(({ municipality }) => towns.has(municipality));
	const decided = decidedDays(tour, towns, known, now());
	const { write, drop } = nextDays(known, decided, now());
	const days = new Map([...known, ...write].map((day) => [keyOf(day), day]));
	for (const day of drop) days.delete(keyOf(day));
	const names = new Map(decided.map((stop) => [keyOf(stop), stop.desk.name]));
	return dueDays([...days.values()], wait).map(({ municipality, at, days: some }) => ({
		municipality,
		at,
		days: some.map((day) => ({
			date: day.date,
			desk: names.get(keyOf(day)) ?? '',
			cancelled: day.cancelled
		}))
	}));
}

/** `PUT /api/v1/contact-persons`: says who a municipality's contact person is. */
export async function handleKeepPerson(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'contact-person:keep');
	const person = await read(contactPersonRequest, event.request);
	await keepPerson(server.store, session, person, server.now());
	return new Response(null, { status: 204 });
}

/** `DELETE /api/v1/contact-persons?municipality=`: removes them, and all mails to them. */
export async function handleRemovePerson(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'contact-person:keep');
	const { data } = z.safeParse(municipalityCode, event.url.searchParams.get('municipality'));
	if (data === undefined) throw new ApiError(422, 'bad_request');
	await removePerson(server.store, session, data, server.now());
	return new Response(null, { status: 204 });
}

/** `POST /api/v1/contact-persons/trial`: has a mail sent to a contact person that only says that mails arrive. */
export async function handleTrial(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation, organisationName, demo } = requireRight(
		await sessionOf(event, server),
		'contact-person:keep'
	);
	const { municipality } = await read(trialRequest, event.request);
	const { store, settings, now } = server;
	const person = (await contactPersons(store, organisation)).find((one) => one.municipality === municipality);
	if (!settings.mail || !person) throw new ApiError(404, 'not_found');
	const at = now();
	await countTry(store, `trial:${organisation}`, TRIALS, at);
	const where = { organisation, municipality };
	const about = { ...where, language: person.language, origin: settings.address, now: at };
	const text = trialMail({ name: organisationName, demo }, about, person.tells);
	await store.write((trx) => queueMail(trx, { ...where, kind: 'trial', until: at + TRIAL_FOR }, text, at));
	return new Response(null, { status: 202 });
}
