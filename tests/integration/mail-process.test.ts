import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { cancelledField } from '#lib/domain/tour-records.ts';
import { keepPerson } from '#lib/server/contact-persons/persons.ts';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { HttpPhone } from '../support/http-phone.ts';
import { opOf } from '../support/ops.ts';
import { havePostgres, startPostgres } from '../support/postgres.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { readMail, SmtpServer } from '../support/smtp-server.ts';

const AT_TIME = pathToFileURL(join(import.meta.dirname, '../support/at-time.js')).href;
const FROM = 'neuvonta@reppu.example';
const PASSWORD = 'hunter2';
const today = () => helsinki(Date.now()).date;

const kerttu = {
	municipality: '925',
	name: 'Kerttu Kunta',
	role: null,
	email: 'kerttu.kunta@vierema.example',
	phone: null,
	language: 'fi' as const,
	tells: true,
	note: null,
	seen: null
};
const desk = { name: 'Vieremä, kirjasto', municipality: '925', placeType: 'library' };
const reception = (of: string) => ({
	desk: of,
	start: `${addDays(today(), 1)}T10:00`,
	end: `${addDays(today(), 1)}T15:00`,
	rule: 'FREQ=DAILY',
	except: [],
	languages: ['fi']
});

/** A port that nobody listens on. The server has to be told its address before it listens. */
async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

describe.skipIf(!hasBuild())('mails of a server in a process of its own', () => {
	const servers: BuiltServer[] = [];
	const smtp = new SmtpServer();
	afterAll(async () => {
		await Promise.all(servers.map((server) => server.remove()));
		await smtp.stop();
		await stopServers();
	});

	/** `environment`: besides what every server here has. */
	function serverOf(port: number, environment: Record<string, string> = {}): BuiltServer {
		const server = new BuiltServer({
			DEMO: 'false',
			ORGANISATION_NAME: 'Ylä-Savon neuvonta',
			PORT: String(port),
			ORIGIN: `http://localhost:${port}`,
			SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
			MAIL_FROM: FROM,
			MAIL_WAIT: '1',
			LOG_LEVEL: 'debug',
			...environment
		});
		servers.push(server);
		return server;
	}

	it('are sent once over a cancelled day that a phone delivers; one that is killed as the mail goes sends it again under the same number; nothing of it is in the log', async () => {
		await smtp.start();
		const port = await freePort();
		const server = serverOf(port);
		await server.start();
		const code = /start#([0-9A-Z]{10})/.exec(server.output)?.[1] ?? '';
		const administrator = await HttpPhone.redeem(server.url, code);
		const phone = await HttpPhone.redeem(server.url, await administrator.invite('Kaisa', 'coordinator'));
		const answer = await fetch(`${server.url}/api/v1/contact-persons`, {
			method: 'PUT',
			headers: {
				origin: server.url,
				cookie: phone.cookie,
				'reppu-membership': phone.membership,
				'content-type': 'application/json'
			},
			body: JSON.stringify(kerttu)
		});
		expect(answer.status).toBe(204);
		const deskOp = phone.op('desk', desk);
		const receptionOp = phone.op('reception', reception(deskOp.recordId));
		expect((await phone.send([deskOp, receptionOp])).status).toBe(200);
		const cancel = async (date: string) =>
			phone.send([phone.op('reception', { [cancelledField(date)]: PASSWORD }, receptionOp.recordId)]);
		await cancel(addDays(today(), 2));
		await expect.poll(() => smtp.mails.length).toBe(1);
		const { headers, text } = readMail(smtp.mails[0]!);
		expect(headers.get('subject')).toMatch(/^Neuvonta peruttu: Vieremä, kirjasto, /);
		expect(headers.get('from')).toBe(`Ylä-Savon neuvonta <${FROM}>`);
		expect(text).toContain(`${server.url}/w/`);

		// Killed when the mail server has the mail, and before it has said so.
		const dead = Promise.withResolvers<true>();
		smtp.taken = () => {
			server.signal('SIGKILL');
			dead.resolve(true);
			return false;
		};
		await cancel(addDays(today(), 3));
		await dead.promise;
		await server.ended();
		smtp.taken = () => true;
		expect(smtp.mails).toHaveLength(2);
		expect(server.output).not.toMatch(/Kerttu|kerttu|Vierem|hunter2/);

		const later = serverOf(port, {
			DATABASE_URL: server.database,
			NODE_OPTIONS: `--import=${AT_TIME}`,
			AT_TIME: new Date(Date.now() + 5 * 60_000).toISOString()
		});
		await later.start();
		await expect.poll(() => smtp.mails.length).toBe(3);
		const ids = smtp.mails.map((mail) => readMail(mail).headers.get('message-id'));
		expect(ids[1]).toBe(ids[2]);
		expect(ids[0]).not.toBe(ids[1]);
		expect(server.rows('select state, tries from mails order by made_at')).toMatchObject([
			{ state: 'sent', tries: 1 },
			{ state: 'sent', tries: 2 }
		]);
	});

	it.skipIf(!havePostgres)('are sent once by two servers on one PostgreSQL', async () => {
		if (smtp.port === 0) await smtp.start();
		smtp.mails.length = 0;
		const cluster = startPostgres();
		try {
			const database = cluster.fresh();
			const server = await startServer(database);
			const { phones } = await newOrganisation(server, 'coordinator');
			const [phone] = phones as [Phone];
			await keepPerson(server.store, { ...phone.enrolled }, kerttu, Date.now());
			const write = async (collection: string, fields: Record<string, JsonValue>, recordId?: string) => {
				const op = opOf(phone, collection, fields, recordId === undefined ? {} : { recordId });
				await phone.sync([op]);
				return op.recordId;
			};
			const of = await write('reception', reception(await write('desk', desk)));
			const pair = [0, 1].map(() =>
				serverOf(0, { DATABASE_URL: database, MAIL_WAIT: '0', ORIGIN: 'http://localhost:3000' })
			);
			await Promise.all(pair.map((one) => one.start()));
			const DAYS = 8;
			for (let day = 1; day <= DAYS; day += 1) {
				await write('reception', { [cancelledField(addDays(today(), day))]: 'x' }, of);
				await new Promise((resolve) => setTimeout(resolve, 700));
			}
			const told = () =>
				smtp.mails.flatMap((mail) => readMail(mail).attachments[0]!.text.match(/^UID:.*$/gm) ?? []);
			await expect.poll(() => told().length).toBe(DAYS);
			await new Promise((resolve) => setTimeout(resolve, 3000));
			expect(new Set(told()).size).toBe(DAYS);
			expect(told()).toHaveLength(DAYS);
			await Promise.all(pair.map((one) => one.remove()));
			await server.store.close();
		} finally {
			cluster.stop();
		}
	});
});
