import { afterEach, beforeEach, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { cancelledField } from '#lib/domain/tour-records.ts';
import { contactPersonsAnswer, type ContactPersonsAnswer } from '#lib/protocol/contact-persons.ts';
import {
	handleContactPersons,
	handleKeepPerson,
	handleRemovePerson,
	handleTrial
} from '#lib/server/contact-persons/handle-contact-persons.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { lookAfterMails } from '#lib/server/mails/deliver-mails.ts';
import { postmanOf } from '#lib/server/mails/postman.ts';
import { takeMail } from '#lib/server/mails/outbox.ts';
import type { MailSettings } from '#lib/server/settings.ts';
import { asks } from '../support/asks.ts';
import { opOf } from '../support/ops.ts';
import { call, newOrganisation, ORIGIN, startServer, type Phone } from '../support/server.ts';
import { readMail, SmtpServer } from '../support/smtp-server.ts';
import { onEveryStore } from '../support/stores.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday, before the doors open. */
const MONDAY = instantOf('2026-03-02', '08:00');
const FRIDAY = '2026-03-06';
const NEXT = '2026-03-13';
const REASON = 'Helmi on sairaana';

const kerttu = {
	municipality: '925',
	name: 'Kerttu Kunta',
	role: 'Kotoutumiskoordinaattori',
	email: 'kerttu.kunta@vierema.example',
	phone: '+358 40 123 4567',
	language: 'fi',
	tells: true,
	note: null,
	seen: null as number | null
};
type Person = typeof kerttu;

onEveryStore('mails to contact persons', (fresh) => {
	const smtp = new SmtpServer();
	let server: ServerContext;
	let coordinator: Phone;
	let organisation: string;
	let reception: string;
	let at: number;
	let mail: MailSettings;

	beforeEach(async () => {
		at = MONDAY;
		smtp.mails.length = 0;
		smtp.commands.length = 0;
		smtp.manner = () => undefined;
		smtp.taken = () => true;
		await smtp.start();
		mail = {
			host: '127.0.0.1',
			port: smtp.port,
			tls: 'offered',
			user: undefined,
			password: undefined,
			from: 'neuvonta@reppu.example',
			wait: 5 * MINUTE,
			daily: 100
		};
		const started = await startServer(fresh());
		server = { ...started, settings: { ...started.settings, mail }, now: () => at };
		({
			organisation,
			phones: [coordinator]
		} = (await newOrganisation(server, 'coordinator')) as { organisation: string; phones: [Phone] });
		const desk = await write('desk', {
			name: 'Vieremä, kirjasto',
			municipality: '925',
			placeType: 'library',
			room: 'takahuone\nBcc: evil@evil.example',
			address: 'Myllyjärventie 1'
		});
		reception = await write('reception', {
			desk,
			start: '2026-02-06T10:00',
			end: '2026-02-06T15:00',
			rule: 'FREQ=WEEKLY',
			except: [],
			languages: ['fi', 'ar'],
			note: 'Avain tiskiltä'
		});
	});
	afterEach(() => smtp.stop());

	/** Clocks by record and field: what the phone has written it has seen. */
	const seen = new Map<string, string>();
	async function write(collection: string, fields: Record<string, JsonValue>, recordId?: string) {
		const base: Record<string, string[]> = {};
		for (const field of Object.keys(fields)) {
			const before = seen.get(`${recordId} ${field}`);
			if (before !== undefined) base[field] = [before];
		}
		const op = opOf(coordinator, collection, fields, recordId === undefined ? {} : { recordId, base });
		for (const field of Object.keys(fields)) seen.set(`${op.recordId} ${field}`, op.clock);
		const { receipts } = await coordinator.sync([op]);
		expect(receipts.map(({ outcome }) => outcome)).toEqual(['applied']);
		return op.recordId;
	}
	const cancel = (date = FRIDAY, reason: string | null = REASON, of = reception) =>
		write('reception', { [cancelledField(date)]: reason }, of);

	const ask = (
		handler: Parameters<typeof call>[1],
		method: string,
		body?: object,
		query = '',
		by = coordinator
	) => asks(server, by, handler, { method, query, body });
	async function keep(person: Person) {
		const answer = await ask(handleKeepPerson, 'PUT', person);
		return [
			answer.status,
			answer.status === 204 ? undefined : ((await answer.json()) as { error: string }).error
		];
	}
	async function shown(): Promise<ContactPersonsAnswer> {
		const answer = await ask(handleContactPersons, 'GET');
		return contactPersonsAnswer.parse(await answer.json());
	}
	/** Time goes on, and the server looks at the mails. */
	async function after(time: number, by = server) {
		at += time;
		await lookAfterMails(by, postmanOf(mail));
	}
	const states = async () => (await shown()).mails.map(({ state, code }) => [state, code]);

	it('a cancelled day is told once, in Finnish, with what the public page says and nothing else', async () => {
		expect(await keep(kerttu)).toEqual([204, undefined]);
		await after(MINUTE);
		await cancel();
		const { coming } = await shown();
		expect(coming).toMatchObject([
			{ municipality: '925', days: [{ date: FRIDAY, desk: 'Vieremä, kirjasto', cancelled: true }] }
		]);
		await after(MINUTE);
		await after(4 * MINUTE);
		expect(smtp.mails).toEqual([]);
		await after(MINUTE);
		await after(HOUR);
		expect(smtp.mails).toHaveLength(1);
		const [received] = smtp.mails;
		expect([received!.from, received!.to]).toEqual([mail.from, [kerttu.email]]);
		const { headers, text, attachments } = readMail(received!);
		expect(headers.get('subject')).toBe('Neuvonta peruttu: Vieremä, kirjasto, perjantai 6.3.2026');
		expect(headers.get('from')).toBe(`Test <${mail.from}>`);
		expect(headers.get('to')).toBe(kerttu.email);
		expect(headers.get('auto-submitted')).toBe('auto-generated');
		expect(text).toContain(
			'- perjantai 6.3.2026 klo 10.00–15.00, Vieremä, kirjasto, takahuone Bcc: evil@evil.example, Myllyjärventie 1'
		);
		expect(text).toContain('Seuraavat neuvonnat:\r\n- perjantai 13.3.2026');
		expect(text).toContain(`${ORIGIN}/w/`);
		expect(headers.get('bcc')).toBeUndefined();
		for (const secret of [REASON, 'Avain', 'The coordinator', 'Kerttu'])
			expect(received!.raw).not.toContain(secret);
		expect(attachments).toHaveLength(1);
		expect(attachments[0]!.headers.get('content-type')).toMatch(/^text\/calendar; charset=utf-8/);
		expect(attachments[0]!.text).toContain('STATUS:CANCELLED');
		expect(await shown()).toMatchObject({
			coming: [],
			mails: [{ state: 'sent', municipality: '925', code: null }]
		});
	});

	it('what is taken back in time is not told; what is taken back later is told, in Swedish too; several days are one mail', async () => {
		await keep({ ...kerttu, language: 'sv' });
		await cancel();
		await after(MINUTE);
		await cancel(FRIDAY, null);
		for (let round = 0; round < 8; round += 1) await after(5 * MINUTE);
		expect(smtp.mails).toEqual([]);

		await cancel();
		await after(MINUTE);
		await cancel(NEXT);
		await after(4 * MINUTE);
		await after(5 * MINUTE);
		expect(smtp.mails).toHaveLength(1);
		const both = readMail(smtp.mails[0]!);
		expect(both.headers.get('subject')).toBe('2 rådgivningsdagar är inställda: Vieremä');
		expect(both.text).toContain('- fredag 6.3.2026 kl. 10.00–15.00');
		expect(both.text).toContain('- fredag 13.3.2026 kl. 10.00–15.00');

		await cancel(FRIDAY, null);
		await after(MINUTE);
		await after(5 * MINUTE);
		expect(smtp.mails).toHaveLength(2);
		const held = readMail(smtp.mails[1]!);
		expect(held.headers.get('subject')).toBe('Rådgivningen hålls ändå: Vieremä, kirjasto, fredag 6.3.2026');
		expect(held.attachments[0]!.text).toContain('STATUS:CONFIRMED');
		expect(held.text).toContain('Den här rådgivningen hålls ändå:');
	});

	it('what was cancelled before somebody stood there, is over, or is of another municipality is not told', async () => {
		await cancel();
		await keep(kerttu);
		const elsewhere = await write('desk', { name: 'Iisalmi', municipality: '140', placeType: 'library' });
		const other = await write('reception', {
			desk: elsewhere,
			start: '2026-02-06T10:00',
			end: '2026-02-06T15:00',
			rule: 'FREQ=WEEKLY',
			except: [],
			languages: ['fi']
		});
		await cancel(FRIDAY, REASON, other);
		await cancel('2026-02-27');
		for (let round = 0; round < 4; round += 1) await after(5 * MINUTE);
		expect(smtp.mails).toEqual([]);
		// Mails were switched off and on again: the same.
		await keep({ ...kerttu, tells: false, seen: (await shown()).persons[0]!.changedAt });
		await cancel(NEXT);
		await after(10 * MINUTE);
		await keep({ ...kerttu, seen: (await shown()).persons[0]!.changedAt });
		await after(10 * MINUTE);
		expect(smtp.mails).toEqual([]);
		// Other hours begin a new reception with the cancelled days of the one before.
		const until = await write('reception', { rule: 'FREQ=WEEKLY;UNTIL=20260305' }, reception);
		expect(until).toBe(reception);
		await write('reception', {
			desk: (await desks())[0]!,
			start: '2026-03-06T12:00',
			end: '2026-03-06T15:00',
			rule: 'FREQ=WEEKLY',
			except: [],
			languages: ['fi'],
			[cancelledField(FRIDAY)]: REASON,
			[cancelledField(NEXT)]: REASON
		});
		for (let round = 0; round < 4; round += 1) await after(5 * MINUTE);
		expect(smtp.mails).toEqual([]);
	});
	const desks = async () =>
		(
			await server.store.db
				.selectFrom('records')
				.select('id')
				.where('organisation_id', '=', organisation)
				.where('collection', '=', 'desk')
				.orderBy('id')
				.execute()
		).map(({ id }) => id);

	it('a mail server that is down is tried again, and one that refuses is told of in its own words', async () => {
		await keep(kerttu);
		await smtp.stop();
		await cancel();
		await after(MINUTE);
		await after(5 * MINUTE);
		expect(await states()).toEqual([['waiting', 'unreachable']]);
		await smtp.start();
		await after(30_000);
		expect(smtp.mails).toEqual([]);
		await after(31_000);
		expect(smtp.mails).toHaveLength(1);
		expect(await states()).toEqual([['sent', null]]);

		smtp.manner = (line) => (line.startsWith('RCPT') ? '550 5.1.1 No such user\u001b[31m' : undefined);
		await cancel(NEXT);
		await after(MINUTE);
		await after(5 * MINUTE);
		await after(HOUR);
		expect((await shown()).mails[0]).toMatchObject({
			state: 'failed',
			code: 'refused',
			answer: '550 5.1.1 No such user [31m'
		});
		expect(smtp.mails).toHaveLength(1);
		// The right address gets it.
		smtp.manner = () => undefined;
		const { changedAt } = (await shown()).persons[0]!;
		expect(await keep({ ...kerttu, email: 'kerttu@vierema.example', seen: changedAt })).toEqual([
			204,
			undefined
		]);
		await after(MINUTE);
		expect(smtp.mails.map(({ to }) => to)).toEqual([[kerttu.email], ['kerttu@vierema.example']]);
		expect((await shown()).mails.map(({ answer }) => answer)).toEqual([null, null]);
	});

	it('is tried for three days at most, and no longer than its days are to come; its words go after thirty', async () => {
		await keep(kerttu);
		smtp.manner = (line) => (line.startsWith('MAIL') ? '451 4.7.1 Greylisted' : undefined);
		await cancel();
		await cancel('2026-03-20');
		await after(MINUTE);
		await after(5 * MINUTE);
		expect(await states()).toEqual([['waiting', 'busy']]);
		const before = smtp.commands.filter((line) => line.startsWith('MAIL')).length;
		for (let hour = 0; hour < 80; hour += 1) await after(HOUR);
		expect(await states()).toEqual([['failed', 'too_late']]);
		const tries = smtp.commands.filter((line) => line.startsWith('MAIL')).length - before;
		expect([tries > 60, tries < 76]).toEqual([true, true]);
		await after(28 * 24 * HOUR);
		expect(await server.store.db.selectFrom('mails').selectAll().execute()).toEqual([]);
		expect(await server.store.db.selectFrom('told_days').selectAll().execute()).toEqual([]);
	});

	it('one server tells and sends it, whoever else looks; one that dies with it leaves it to the next, under the same number', async () => {
		await keep(kerttu);
		await cancel();
		await after(MINUTE);
		at += 5 * MINUTE;
		await Promise.all(Array.from({ length: 4 }, () => lookAfterMails(server, postmanOf(mail))));
		expect(smtp.mails).toHaveLength(1);

		// The mail server has it, and we never heard of that.
		let first = true;
		smtp.taken = () => !first || (first = false);
		await cancel(NEXT);
		await after(MINUTE);
		await after(5 * MINUTE);
		expect(await states()).toEqual([
			['waiting', 'unreachable'],
			['sent', null]
		]);
		await after(2 * MINUTE);
		const numbers = smtp.mails.slice(1).map((one) => readMail(one).headers.get('message-id'));
		expect(numbers).toHaveLength(2);
		expect(new Set(numbers).size).toBe(1);
		expect(new Set(smtp.mails.slice(1).map((one) => readMail(one).headers.get('date'))).size).toBe(1);

		// Somebody took it and was killed: for as long as it is held nobody else sends it.
		await cancel('2026-03-20');
		await after(MINUTE);
		at += 5 * MINUTE;
		await lookAfterMails(server, undefined);
		expect(await takeMail(server.store, organisation, at)).toBeDefined();
		await after(2 * MINUTE);
		expect(smtp.mails).toHaveLength(3);
		await after(2 * MINUTE);
		expect(smtp.mails).toHaveLength(4);
	});

	it('an organisation sends no more a day than it may; the later mail of a municipality waits for the earlier', async () => {
		mail.daily = 1;
		await keep(kerttu);
		await cancel();
		await after(MINUTE);
		await after(5 * MINUTE);
		await cancel(FRIDAY, null);
		await after(MINUTE);
		await after(5 * MINUTE);
		await cancel(NEXT);
		await after(MINUTE);
		await after(5 * MINUTE);
		expect(smtp.mails).toHaveLength(1);
		expect(await states()).toEqual([
			['waiting', null],
			['waiting', null],
			['sent', null]
		]);
		await after(24 * HOUR);
		expect(readMail(smtp.mails.at(-1)!).headers.get('subject')).toContain('sittenkin');
	});

	it('a trial is sent at once, a few times; a person who is removed is gone with all mails, and who is second with a change hears so', async () => {
		expect((await ask(handleTrial, 'POST', { municipality: '925' })).status).toBe(404);
		await keep(kerttu);
		expect(await keep({ ...kerttu, name: 'Joku Muu' })).toEqual([409, 'changed_meanwhile']);
		expect(await keep({ ...kerttu, seen: 1 })).toEqual([409, 'changed_meanwhile']);
		for (let count = 0; count < 5; count += 1)
			expect((await ask(handleTrial, 'POST', { municipality: '925' })).status).toBe(202);
		expect((await ask(handleTrial, 'POST', { municipality: '925' })).status).toBe(429);
		await after(1000);
		expect(smtp.mails).toHaveLength(5);
		const { headers, text, attachments } = readMail(smtp.mails[0]!);
		expect([headers.get('subject'), attachments]).toEqual(['Kokeiluviesti: Test', []]);
		expect(text).toContain('Tämä on kokeiluviesti.');

		expect((await ask(handleRemovePerson, 'DELETE', undefined, '?municipality=925')).status).toBe(204);
		expect(await shown()).toMatchObject({ persons: [], mails: [] });
		const events = await server.store.db
			.selectFrom('audit')
			.select(['event', 'kind', 'ids'])
			.where('organisation_id', '=', organisation)
			.where('kind', '=', 'contact-person')
			.orderBy('id')
			.execute();
		expect(events.map(({ event, ids }) => [event, ids])).toEqual([
			['set', '["925"]'],
			['erase', '["925"]']
		]);
	});

	it('nobody but a coordinator, and nobody of another organisation, sees or writes them; no phone is given them', async () => {
		await keep(kerttu);
		const { phones } = await newOrganisation(server, 'coordinator');
		const answer = await ask(handleContactPersons, 'GET', undefined, '', phones[0]!);
		expect(await answer.json()).toMatchObject({ persons: [], mails: [] });
		const everything = JSON.stringify(await coordinator.readAll());
		expect(everything).toContain('Vieremä');
		expect(everything).not.toContain('Kerttu');
	});

	it('of the wrong form is refused', async () => {
		for (const wrong of [
			{ email: 'kerttu' },
			{ email: 'a@b.example\r\nBcc: x@evil.example' },
			{ email: '"x y"@b.example' },
			{ name: 'Kerttu\nKunta' },
			{ name: ' ' },
			{ phone: 'ei ole' },
			{ language: 'ar' },
			{ municipality: '1' },
			{ more: 1 }
		])
			expect([wrong, ...(await keep({ ...kerttu, ...wrong } as Person))]).toEqual([
				wrong,
				422,
				'bad_request'
			]);
	});
});
