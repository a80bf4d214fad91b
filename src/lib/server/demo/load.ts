import { APPOINTMENT } from '#lib/domain/appointment.ts';
import { newId } from '#lib/domain/ids.ts';
import { SETTINGS } from '#lib/domain/register-settings.ts';
import { ORGANISATION_PART } from '#lib/protocol/parts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { publishMember } from '#lib/server/accounts/member-records.ts';
import { countFeedback } from '#lib/server/feedback/count-feedback.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { receive } from '#lib/server/sync/receive.ts';
import { demoContactPersons } from './contact-persons.ts';
import { demoHours } from './hours.ts';
import { demoAppointments } from './appointments.ts';
import { demoEvents } from './events.ts';
import { demoFeedback } from './feedback.ts';
import { DEMO_NAMES } from './organisation.ts';
import { demoLanguageHelp } from './language-help.ts';
import { demoNotices } from './notices.ts';
import { demoDesks, demoTour } from './tour.ts';
import { demoVisits } from './visits.ts';

/** Replica and device under which the invented history stands in the journal. */
const HISTORY_REPLICA = 'de00000000000001';
const HISTORY_DEVICE = '01980000-0000-7000-8000-00000000d001';
const BATCH = 500;

/** Invented people, desks and tour of the demo. The history follows with `loadHistory`. */
export async function loadDemo(trx: Trx, organisation: string, now: number): Promise<void> {
	for (const role of ['adviser', 'coordinator'] as const) {
		const member = { id: newId(now), name: DEMO_NAMES[role], role };
		await trx
			.insertInto('memberships')
			.values({
				organisation_id: organisation,
				...member,
				created_at: now,
				ended_at: null
			})
			.execute();
		await publishMember(trx, organisation, member, now);
		if (role === 'coordinator')
			await trx
				.insertInto('contact_persons')
				.values(demoContactPersons(organisation, member.id, now))
				.execute();
	}
	await publish(
		trx,
		organisation,
		[
			...demoDesks(now),
			...demoTour(now),
			...demoLanguageHelp(now),
			...demoNotices(now),
			...demoAppointments(now),
			...demoEvents(now),
			{ collection: SETTINGS, id: organisation, part: ORGANISATION_PART, fields: { feedback: true } }
		],
		now
	);
	await trx
		.insertInto('server_facts')
		.values({ key: 'demo-start', value: String(now) })
		.execute();
}

/** Loads the invented year through the same door as every phone's ops; a start that was cut short goes on where it was. */
export async function loadHistory(store: Store): Promise<void> {
	const facts = await store.db
		.selectFrom('server_facts')
		.selectAll()
		.where('key', 'like', 'demo-%')
		.execute();
	const start = facts.find((fact) => fact.key === 'demo-start');
	if (!start || facts.some((fact) => fact.key === 'demo-loaded')) return;
	const { organisation, membership } = await store.db
		.transaction()
		.execute((trx) => demoMembership(trx, 'adviser'));
	const sender = { organisation, membership, role: 'adviser' as const, device: HISTORY_DEVICE };
	const visits = demoVisits(Number(start.value), HISTORY_REPLICA);
	const hours = await demoHours(Number(start.value), HISTORY_REPLICA, membership, visits.length);
	const ops = [...visits, ...hours];
	for (let first = 0; first < ops.length; first += BATCH) {
		await receive(store, sender, ops.slice(first, first + BATCH), Number(start.value));
	}
	await store.write(async (trx) => {
		const made = await trx
			.insertInto('server_facts')
			.values({ key: 'demo-loaded', value: '1' })
			.onConflict((conflict) => conflict.column('key').doNothing())
			.returning('key')
			.executeTakeFirst();
		// Sums do not know what they are made of: they are added together with the note that they are.
		if (!made) return;
		for (const [month, given] of demoFeedback(Number(start.value)))
			await countFeedback(trx, store, organisation, month, given);
	});
}

/** Moves the open reception, the event that is on and the notices' days to now, and gives a new day its appointments. */
export async function refreshTour(trx: Trx, organisation: string, now: number): Promise<void> {
	const made = demoAppointments(now);
	const there = await trx
		.selectFrom('records')
		.select('id')
		.where('organisation_id', '=', organisation)
		.where('collection', '=', APPOINTMENT)
		.where(
			'id',
			'in',
			made.map(({ id }) => id)
		)
		.execute();
	const known = new Set(there.map(({ id }) => id));
	const appointments = made.filter(({ id }) => !known.has(id));
	await publish(
		trx,
		organisation,
		[...demoTour(now), ...demoNotices(now), ...demoEvents(now), ...appointments],
		now
	);
}

/** The invented membership behind a door of the demo. */
export async function demoMembership(
	trx: Trx,
	door: 'adviser' | 'coordinator'
): Promise<{ organisation: string; membership: string }> {
	const row = await trx
		.selectFrom('memberships')
		.innerJoin('organisations', 'organisations.id', 'memberships.organisation_id')
		.select(['memberships.organisation_id', 'memberships.id'])
		.where('organisations.demo', '=', 1)
		.where('memberships.role', '=', door)
		.orderBy('memberships.created_at')
		.executeTakeFirst();
	if (!row) throw new ApiError(404, 'not_found');
	return { organisation: row.organisation_id, membership: row.id };
}
