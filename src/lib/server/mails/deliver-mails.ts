import type { MailCode } from '#lib/protocol/contact-persons.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { lookAfterDays } from './look-after-days.ts';
import { dropMails, endOldMails, settleMail, sentToday, takeMail } from './outbox.ts';
import type { Handed, Postman } from './postman.ts';

/** Mails of one organisation in one round: the next round is soon. */
const AT_ONCE = 20;

/**
 * Notices what is to be told, and sends what waits. `postman`: undefined where this server sends no mails; then nothing is told either. What fails with
 * one organisation keeps no other waiting; it is thrown when all had their turn.
 */
export async function lookAfterMails(server: ServerContext, postman: Postman | undefined): Promise<void> {
	const { store, now } = server;
	const failed: unknown[] = [];
	for (const { id } of await store.db.selectFrom('organisations').select('id').execute()) {
		try {
			await lookAfterDays(server, id);
			await endOldMails(store, id, now());
			// What the mail server does not take now it does not take from the next organisation either.
			if (postman && !(await deliver(server, id, postman))) break;
		} catch (error) {
			failed.push(error);
		}
	}
	if (failed.length > 0) throw failed[0];
}

/** False where the mail server takes nothing at the moment. */
async function deliver(server: ServerContext, organisation: string, postman: Postman): Promise<boolean> {
	const { store, settings, log, now } = server;
	const daily = settings.mail?.daily ?? 0;
	for (let count = 0; count < AT_ONCE; count += 1) {
		if ((await sentToday(store, organisation, now())) >= daily) return true;
		const mail = await takeMail(store, organisation, now());
		if (!mail) return true;
		const { municipality } = mail;
		const person = await store.db
			.selectFrom('contact_persons')
			.innerJoin('organisations', 'organisations.id', 'contact_persons.organisation_id')
			.select(['email', 'language', 'organisations.name as from'])
			.where('contact_persons.organisation_id', '=', organisation)
			.where('municipality', '=', municipality)
			.executeTakeFirst();
		if (!person) {
			await store.write((trx) => dropMails(trx, organisation, municipality, 'all'));
			continue;
		}
		const handed = await postman({
			id: mail.id,
			to: person.email,
			fromName: person.from,
			language: person.language,
			subject: mail.subject,
			text: mail.text,
			calendar: mail.calendar,
			madeAt: mail.made_at
		});
		await settleMail(store, mail, handed, now());
		log[handed.sent ? 'info' : 'warn']('mail', { organisation, code: handed.sent ? 'sent' : handed.code });
		if (isOurs(handed)) return false;
	}
	return true;
}

/** Faults between us and the mail server, whomever a mail is for; `busy` may be about one address alone. */
const OURS: ReadonlySet<MailCode> = new Set(['unreachable', 'tls', 'sign_in', 'sender']);
const isOurs = (handed: Handed): boolean => !handed.sent && OURS.has(handed.code);
