import { newId } from '#lib/domain/ids.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import type { MailText } from './day-mail.ts';
import type { Handed } from './postman.ts';

/** Mails that wait to be sent. They are written with what they tell, in one transaction, and are sent afterwards by whichever server comes first. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** For how long a mail is tried, ms. */
const TRIED_FOR = 3 * DAY;
/** For how long one can see what became of it, ms. */
const KEPT_FOR = 30 * DAY;
/** How long the others leave a mail to the server that sends it, ms: longer than a try may take (postman.ts). A server that dies with it sends it again after that, or another does. */
const HELD_FOR = 3 * MINUTE;
/** Minutes after the first tries; then every hour. */
const PAUSES = [1, 5, 15];

type MailRow = Database['mails'];

/** Writes a mail. `until`: from then on it tells nothing that anybody needs, ms since 1970. */
export async function queueMail(
	trx: Trx,
	{
		organisation,
		municipality,
		kind,
		until
	}: {
		organisation: string;
		municipality: string;
		kind: 'days' | 'trial';
		until: number;
	},
	{ subject, text, calendar }: MailText,
	now: number
): Promise<void> {
	const row: MailRow = {
		organisation_id: organisation,
		id: newId(now),
		municipality,
		kind,
		state: 'waiting',
		subject,
		text,
		calendar,
		made_at: now,
		until: Math.min(until, now + TRIED_FOR),
		tries: 0,
		next_at: now,
		sent_at: null,
		code: null,
		answer: null,
		held_by: null,
		held_until: 0
	};
	await trx.insertInto('mails').values(row).execute();
}

/** Those of an organisation that wait, the oldest first. */
const waitingMails = ({ db }: Pick<Store, 'db'>, organisation: string): Promise<MailRow[]> =>
	db
		.selectFrom('mails')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('state', '=', 'waiting')
		.orderBy('made_at')
		.orderBy('id')
		.execute();

/** Ends what has been tried for long enough, and forgets what everybody has seen. */
export async function endOldMails(
	{ db }: Pick<Store, 'db'>,
	organisation: string,
	now: number
): Promise<void> {
	await db
		.updateTable('mails')
		.set({ state: 'failed', code: 'too_late', held_by: null, held_until: 0 })
		.where('organisation_id', '=', organisation)
		.where('state', '=', 'waiting')
		.where('until', '<=', now)
		.where('held_until', '<=', now)
		.execute();
	await db
		.deleteFrom('mails')
		.where('organisation_id', '=', organisation)
		.where('made_at', '<', now - KEPT_FOR)
		.where('state', '!=', 'waiting')
		.execute();
}

/** How many an organisation has sent within a day. */
export async function sentToday(
	{ db }: Pick<Store, 'db'>,
	organisation: string,
	now: number
): Promise<number> {
	const { count } = await db
		.selectFrom('mails')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('organisation_id', '=', organisation)
		.where('sent_at', '>', now - DAY)
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** A mail that is this server's to send. */
export type HeldMail = MailRow & { held_by: string };

/**
 * Takes the next mail of an organisation that may be tried now, for this server alone; undefined where there is none. Of the mails of one municipality
 * about days the later ones wait for the earlier: "held after all" must not come before "cancelled".
 */
export async function takeMail(
	store: Store,
	organisation: string,
	now: number
): Promise<HeldMail | undefined> {
	const waiting = await waitingMails(store, organisation);
	const first = new Map<string, string>();
	for (const { kind, municipality, id } of waiting)
		if (kind === 'days' && !first.has(municipality)) first.set(municipality, id);
	for (const mail of waiting) {
		const isTurn = mail.kind !== 'days' || first.get(mail.municipality) === mail.id;
		if (!isTurn || mail.next_at > now || mail.held_until > now || mail.until <= now) continue;
		// Not before it is noted who sends it: where that does not reach the disk, nothing goes out.
		const held = await store.write((trx) =>
			trx
				.updateTable('mails')
				.set((eb) => ({ held_by: newId(now), held_until: now + HELD_FOR, tries: eb('tries', '+', 1) }))
				.where('organisation_id', '=', organisation)
				.where('id', '=', mail.id)
				.where('state', '=', 'waiting')
				.where('held_until', '<=', now)
				.returningAll()
				.executeTakeFirst()
		);
		if (held?.held_by) return { ...held, held_by: held.held_by };
	}
	return undefined;
}

/** Notes what became of a try. A server that was too slow for its time changes nothing of what another one notes. */
export async function settleMail(store: Store, mail: HeldMail, handed: Handed, now: number): Promise<void> {
	const pause = PAUSES[mail.tries - 1] ?? 60;
	const set = handed.sent
		? { state: 'sent', sent_at: now, code: null, answer: null }
		: {
				state: handed.final ? 'failed' : 'waiting',
				code: handed.code,
				answer: handed.answer,
				next_at: now + pause * MINUTE
			};
	await store.write((trx) =>
		trx
			.updateTable('mails')
			.set({ ...set, held_by: null, held_until: 0 })
			.where('organisation_id', '=', mail.organisation_id)
			.where('id', '=', mail.id)
			.where('held_by', '=', mail.held_by)
			.execute()
	);
}

/** Mails to another address than before: what the old one did not take goes to the new one, and nothing stays of what was said about the old one. */
export async function readdressMails(
	trx: Trx,
	organisation: string,
	municipality: string,
	now: number
): Promise<void> {
	const mine = { organisation_id: organisation, municipality };
	await trx
		.updateTable('mails')
		// A try at the old address that is under way has nothing to say any more.
		.set({ answer: null, held_by: null })
		.where((eb) => eb.and(mine))
		.execute();
	await trx
		.updateTable('mails')
		.set({ state: 'waiting', code: null, tries: 0, next_at: now })
		.where((eb) => eb.and({ ...mine, kind: 'days' }))
		.where('state', 'in', ['waiting', 'failed'])
		.where('until', '>', now)
		.execute();
}

/** Mails of a municipality that are not wanted any more: those about days that wait, or all, whatever became of them. */
export async function dropMails(
	trx: Trx,
	organisation: string,
	municipality: string,
	which: 'waiting' | 'all'
): Promise<void> {
	const all = trx
		.deleteFrom('mails')
		.where('organisation_id', '=', organisation)
		.where('municipality', '=', municipality);
	await (which === 'all' ? all : all.where('kind', '=', 'days').where('state', '=', 'waiting')).execute();
}
