import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { feedbackWord } from '#lib/directory/feedback/feedback-words.ts';
import { pageLanguages } from '#lib/directory/take-away/page-phrases.ts';
import { feedbackPath } from '#lib/directory/take-away/public-address.ts';
import { instantOf } from '#lib/domain/dates.ts';
import { FEEDBACK, FEEDBACK_RECORD } from '#lib/domain/feedback-name.ts';
import { feedbackQuestionIds } from '#lib/domain/feedback.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { direction } from '#lib/domain/languages.ts';
import { SETTINGS } from '#lib/domain/register-settings.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { feedbackReportOf, handleFeedback } from '#lib/server/feedback/handle-feedback.ts';
import { forgetForms } from '#lib/server/feedback/take-form.ts';
import { receive } from '#lib/server/sync/receive.ts';
import { GET as choose } from '../../src/routes/(public)/p/[organisation]/[desk]/+server.ts';
import {
	GET as show,
	POST as send
} from '../../src/routes/(public)/p/[organisation]/[desk]/[language]/+server.ts';
import { opOf } from '../support/ops.ts';
import { call, newOrganisation, ORIGIN, startServer, stopServers, type Phone } from '../support/server.ts';
import { deliverSealed, sealed } from '../support/sealing.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const DESK = '01980000-0000-7000-8000-000000000925';
const given = { desk: DESK, language: 'ar', help: 'bad', next: 'partly', own: null };

const answerOf = (phone: Phone, fields: Record<string, JsonValue> = {}): WireOp =>
	opOf(phone, FEEDBACK, { ...given, ...fields }, { recordId: FEEDBACK_RECORD });

/** All sums of an organisation, as text, in one order. */
async function sumsOf({ store }: ServerContext, organisation: string): Promise<string[]> {
	const rows = await store.db
		.selectFrom('feedback_sums')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.execute();
	return rows
		.map(({ desk_id, language, source, question, answer, count }) =>
			[desk_id === DESK ? 'desk' : desk_id, language, source, question, answer, count].join(' ')
		)
		.sort();
}

const once = ['desk ar handed help bad 1', 'desk ar handed next partly 1', 'desk ar handed own skipped 1'];

onEveryStore('feedback', (fresh, kind) => {
	let at = Date.now();

	async function start() {
		at = Date.now();
		const server = { ...(await startServer(fresh())), now: () => at };
		const { organisation, phones } = await newOrganisation(
			server,
			'adviser',
			'coordinator',
			'administrator',
			'viewer'
		);
		const [adviser, coordinator, administrator, viewer] = phones as [Phone, Phone, Phone, Phone];
		return { server, organisation, adviser, coordinator, administrator, viewer };
	}

	const ask = (server: ServerContext, phone: Phone) =>
		call(
			server,
			handleFeedback,
			new Request(`${ORIGIN}/api/v1/feedback`, {
				headers: { 'reppu-membership': phone.enrolled.membership }
			}),
			{ jar: phone.jar }
		);

	it('is counted once however often it comes, and nothing on the server says what anybody answered', async () => {
		const { server, organisation, adviser } = await start();
		const op = answerOf(adviser);
		expect(await adviser.outcomes(op)).toEqual(['applied']);
		expect(await adviser.outcomes(op)).toEqual(['applied']);
		// The same bytes in two requests at once.
		const other = answerOf(adviser, { help: 'good' });
		await Promise.all([adviser.send({ ops: [other] }), adviser.send({ ops: [other] })]);
		await adviser.sync([other]);
		expect(await sumsOf(server, organisation)).toEqual(
			[
				'desk ar handed help bad 1',
				'desk ar handed help good 1',
				'desk ar handed next partly 2',
				'desk ar handed own skipped 2'
			].sort()
		);
		// The journal has its receipt, and nothing else has anything of it.
		const { db } = server.store;
		expect(await db.selectFrom('records').select('id').where('collection', '=', FEEDBACK).execute()).toEqual(
			[]
		);
		const bodies = await db
			.selectFrom('journal')
			.innerJoin('journal_bodies', 'journal_bodies.op_id', 'journal.op_id')
			.select(['journal.hash', 'journal.record_id', 'journal_bodies.body'])
			.where('journal.collection', '=', FEEDBACK)
			.execute();
		expect(bodies.map(({ body, record_id }) => [body, record_id])).toEqual([
			['', FEEDBACK_RECORD],
			['', FEEDBACK_RECORD]
		]);
		expect(JSON.stringify(bodies)).not.toMatch(/partly|"bad"/);
		// Two ops with the same id and other answers have the same hash: it tells nothing of them.
		const changed = { ...op, fields: { ...op.fields, help: 'good' } };
		expect(await adviser.outcomes(changed)).toEqual(['applied']);
		expect((await sumsOf(server, organisation)).length).toBe(4);
		// Nobody is sent anything of it.
		expect((await adviser.readAll()).filter(({ collection }) => collection === FEEDBACK)).toEqual([]);
	});

	it('of another form is refused and kept nowhere; a header whose content is forgotten counts nothing', async () => {
		const { server, organisation, adviser, viewer } = await start();
		expect(
			await adviser.outcomes(
				answerOf(adviser, { help: 'secretword' }),
				answerOf(adviser, { language: 'xx' }),
				{ ...answerOf(adviser), fields: {} }
			)
		).toEqual(['help', 'language', 'applied']);
		expect(await viewer.outcomes(answerOf(viewer))).toEqual(['not_allowed']);
		expect(await sumsOf(server, organisation)).toEqual([]);
		const bodies = await server.store.db
			.selectFrom('journal_bodies')
			.select('body')
			.where('body', 'like', '%secretword%')
			.execute();
		expect(bodies).toEqual([]);
	});

	it('comes sealed while the phone is locked, and is counted once whichever way it comes again', async () => {
		const { server, organisation, adviser } = await start();
		const op = answerOf(adviser);
		const parcel = await sealed(adviser, op);
		await deliverSealed(adviser, [parcel]);
		await deliverSealed(adviser, [parcel]);
		expect(await adviser.outcomes(op)).toEqual(['applied']);
		expect(await sumsOf(server, organisation)).toEqual(once);
		const [row] = await server.store.db
			.selectFrom('journal_bodies')
			.select('body')
			.where('op_id', '=', op.opId)
			.execute();
		expect(row?.body).toBe('');
	});

	it('of a phone that was locked out is counted apart at once, and waits beside nobody’s name', async () => {
		const { server, organisation, adviser } = await start();
		await server.store.db
			.updateTable('devices')
			.set({ revoked_at: Date.now() })
			.where('id', '=', adviser.enrolled.device)
			.execute();
		expect(await adviser.outcomes(answerOf(adviser))).toEqual(['applied']);
		expect(await sumsOf(server, organisation)).toEqual(once.map((line) => line.replace('handed', 'revoked')));
		expect(
			await server.store.db.selectFrom('journal').select('op_id').where('outcome', '=', 'rejected').execute()
		).toEqual([]);
	});

	it('is shown to coordinators only, in groups of five, when the month is over', async () => {
		const { server, organisation, adviser, coordinator, administrator, viewer } = await start();
		for (let count = 0; count < 6; count += 1) await adviser.sync([answerOf(adviser)]);
		await adviser.sync([answerOf(adviser, { language: 'so' })]);
		for (const phone of [adviser, administrator, viewer]) expect((await ask(server, phone)).status).toBe(403);
		const now = await ask(server, coordinator);
		expect(now.status).toBe(200);
		expect(await now.json()).toMatchObject({ groups: [], waiting: 0, arrived: 7 });
		at += 32 * 86_400_000;
		const later = await feedbackReportOf(server.store, organisation, at);
		expect(later.groups).toMatchObject([
			{ desk: DESK, language: 'ar', source: 'handed', people: 6, help: { bad: 6 } }
		]);
		expect(later).toMatchObject({ waiting: 1, arrived: 0 });
	});

	it('adds up to what was given exactly once, whatever goes twice, gets lost, is copied or restored', async () => {
		const answers = ['good', 'so-so', 'bad'] as const;
		const event = fc.oneof(
			fc.record({
				kind: fc.constant('give' as const),
				by: fc.nat(2),
				help: fc.constantFrom(...answers),
				again: fc.nat(2)
			}),
			fc.record({ kind: fc.constant('restore' as const), back: fc.nat(6) })
		);
		const run = async (list: readonly (typeof event extends fc.Arbitrary<infer E> ? E : never)[]) => {
			/** What was taken in before, in its order: a backup is the server after some of it. */
			const taken: { sender: number; op: WireOp & { replica: string } }[] = [];
			const expected: Record<string, number> = {};
			const begin = async () => {
				const server = await startServer(fresh());
				const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser', 'adviser');
				return { server, organisation, phones };
			};
			let world = await begin();
			const deliver = async ({ sender, op }: (typeof taken)[number]) => {
				const { organisation, membership, device } = world.phones[sender]!.enrolled;
				const author = { organisation, membership, device, role: 'adviser' as const };
				const [receipt] = await receive(world.server.store, author, [op], Date.now());
				expect(receipt?.outcome).toBe('applied');
			};
			for (const step of list) {
				if (step.kind === 'give') {
					const phone = world.phones[step.by]!;
					// A copied phone sends what the first one sends: the same op.
					const op = { ...answerOf(phone, { help: step.help }), replica: phone.replica };
					const parcel = { sender: step.by, op };
					for (let times = 0; times <= step.again; times += 1) await deliver(parcel);
					taken.push(parcel);
					expected[step.help] = (expected[step.help] ?? 0) + 1;
				} else {
					const covered = taken.slice(0, Math.max(0, taken.length - step.back));
					world = await begin();
					for (const parcel of covered) await deliver(parcel);
					// Phones meet another life of the database: whatever no backup covers goes out again, and some of it twice.
					for (const parcel of [...taken.slice(covered.length), ...taken.slice(-2)]) await deliver(parcel);
				}
			}
			const sums = await sumsOf(world.server, world.organisation);
			expect(sums.filter((line) => line.includes(' help '))).toEqual(
				Object.entries(expected)
					.map(([help, count]) => `desk ar handed help ${help} ${count}`)
					.sort()
			);
			await stopServers();
		};
		await fc.assert(fc.asyncProperty(fc.array(event, { maxLength: 12 }), run), {
			numRuns: kind === 'sqlite' ? 12 : 3
		});
	}, 120_000);

	type Handler = (event: never) => Response | Promise<Response>;

	/** An organisation that asks for feedback, with one desk. */
	async function open(on = true) {
		const started = await start();
		const { server, organisation, coordinator } = started;
		const desk = opOf(coordinator, 'desk', {
			name: 'Vieremä, kirjasto',
			municipality: '925',
			placeType: 'library'
		});
		await coordinator.outcomes(
			desk,
			opOf(coordinator, SETTINGS, { feedback: on }, { recordId: organisation })
		);
		const id = desk.recordId;

		async function at(
			handler: Handler,
			path: string,
			{ body, address = '192.0.2.1' }: { body?: URLSearchParams; address?: string | undefined } = {}
		) {
			const url = new URL(path, ORIGIN);
			const [, , org = '', place = '', language = ''] = url.pathname.split('/');
			const event = {
				url,
				params: { organisation: org, desk: place, language },
				locals: { server: { ...server, settings: { ...server.settings, requestLimits: true } } },
				request: new Request(url, body ? { method: 'POST', body } : {}),
				getClientAddress: () => address,
				setHeaders: () => undefined
			};
			try {
				const answer = await handler(event as never);
				return { status: answer.status, headers: answer.headers, text: await answer.text(), location: '' };
			} catch (error) {
				// What SvelteKit takes for an answer.
				const { status, location } = error as { status: number; location: string };
				if (!location) throw error;
				return { status, headers: new Headers(), text: '', location };
			}
		}
		const path = (language?: string) => feedbackPath(organisation, id, language);
		const form = async (language = 'ar') => {
			const { text } = await at(show as Handler, path(language));
			return /name="form" value="([^"]+)"/.exec(text)?.[1] ?? '';
		};
		const post = (fields: Record<string, string>, address?: string, language = 'ar') =>
			at(send as Handler, path(language), { body: new URLSearchParams(fields), address });
		return { ...started, id, at, path, form, post };
	}

	it('has a public page in every content language, without a script, small, and kept by nobody', async () => {
		const { at: visit, path, organisation } = await open();
		for (const language of pageLanguages) {
			const { status, text, headers } = await visit(show as Handler, path(language));
			expect([language, status]).toEqual([language, 200]);
			expect(text).toContain(`<html lang="${language}" dir="${direction(language)}">`);
			for (const question of feedbackQuestionIds)
				expect(text).toContain(feedbackWord(question, language).text);
			expect(text).not.toContain('<script');
			expect(gzipSync(text).length).toBeLessThan(30_000);
			expect(text.length).toBeLessThan(30_000);
			expect(headers.get('cache-control')).toBe('private, no-store');
			expect(headers.get('content-security-policy')).toMatch(/script-src 'none'.*form-action 'self'/);
			expect(headers.get('etag')).toBeNull();
		}
		expect(await visit(choose as Handler, path())).toMatchObject({
			status: 302,
			location: `${path()}/en`
		});
		expect((await visit(show as Handler, feedbackPath(organisation, newId(), 'fi'))).status).toBe(404);
		expect((await visit(show as Handler, '/p/x/y/fi')).status).toBe(404);
	});

	it('is not there where it is not asked for, nor for a desk that has closed', async () => {
		const off = await open(false);
		const answer = await off.at(show as Handler, off.path('fi'));
		expect(answer.status).toBe(404);
		expect(answer.text).toContain(feedbackWord('notAsked', 'fi').text);
		expect((await off.post({ form: '', help: 'good' })).status).toBe(404);
		expect(await sumsOf(off.server, off.organisation)).toEqual([]);

		const closed = await open();
		await closed.coordinator.sync([
			opOf(closed.coordinator, 'desk', { closedFrom: '2020-01-01' }, { recordId: closed.id })
		]);
		expect((await closed.at(show as Handler, closed.path('fi'))).status).toBe(410);
	});

	it('counts a form once, by a reload, a double tap or tomorrow, apart from what was handed over', async () => {
		const { server, organisation, id, form, post } = await open();
		const fields = { form: await form(), help: 'good', next: '', own: 'no' };
		const first = await post(fields);
		expect([first.status, first.location]).toMatchObject([303, expect.stringContaining('sent=thanks')]);
		for (const { location } of await Promise.all([post(fields), post(fields)]))
			expect(location).toContain('sent=counted');
		const other = { ...fields, form: await form() };
		const both = await Promise.all([post(other), post(other)]);
		expect(both.map(({ location }) => location.split('=')[1]).sort()).toEqual(['counted', 'thanks']);
		const sums = [`${id} ar code help good 2`, `${id} ar code next skipped 2`, `${id} ar code own no 2`];
		expect(await sumsOf(server, organisation)).toEqual(sums);
		// A day later the form is too old, whether or not anybody remembers that it was sent.
		at += 3 * 86_400_000;
		await forgetForms(server.store, at);
		expect(await server.store.db.selectFrom('feedback_forms').selectAll().execute()).toEqual([]);
		const old = await post(fields);
		expect(old.status).toBe(409);
		expect(old.text).toContain(feedbackWord('old', 'ar').text);
		// What was chosen is still chosen.
		expect(old.text).toMatch(/value="good" checked/);
		expect(await sumsOf(server, organisation)).toEqual(sums);
	});

	it('says what is wrong with a form, and takes no words', async () => {
		const { server, organisation, form, post } = await open();
		for (const fields of [
			{ help: '', next: '', own: '' },
			{ help: 'anything else' },
			{ help: 'good', next: '<script>' }
		]) {
			const { status, text } = await post({ form: await form(), ...fields } as Record<string, string>);
			expect(status).toBe(422);
			expect(text).toContain(feedbackWord('choose', 'ar').text);
			expect(text).not.toContain('<script');
		}
		for (const name of ['', 'x', `${(Date.now() + 3_600_000).toString(36)}.${'A'.repeat(22)}`])
			expect((await post({ form: name, help: 'good' })).status).toBe(409);
		expect(await sumsOf(server, organisation)).toEqual([]);
	});

	it('takes so many of one address, and so many of one desk on one day', async () => {
		const { server, organisation, id, form, post } = await open();
		const name = await form();
		const last = Array.from({ length: 31 }, () => ({ form: name, help: 'good' }));
		const statuses = [];
		for (const fields of last) statuses.push((await post(fields)).status);
		expect(statuses.slice(0, 30).every((status) => status === 303)).toBe(true);
		expect(statuses.at(-1)).toBe(429);
		const refused = await post({ form: name, help: 'good' });
		expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
		expect(refused.text).toContain(feedbackWord('busy', 'ar').text);

		const [row] = await server.store.db.selectFrom('feedback_forms').selectAll().execute();
		await server.store.db
			.insertInto('feedback_forms')
			.values(Array.from({ length: 199 }, (_, at) => ({ ...row!, form_hash: `of another ${at}` })))
			.execute();
		expect((await post({ form: await form(), help: 'good' }, '192.0.2.99')).status).toBe(429);
		expect(await sumsOf(server, organisation)).toEqual([
			`${id} ar code help good 1`,
			`${id} ar code next skipped 1`,
			`${id} ar code own skipped 1`
		]);
	});

	it('counts in the month in which it arrives', async () => {
		const { server, organisation, adviser } = await start();
		const { membership, device } = adviser.enrolled;
		const sender = { organisation, membership, device, role: 'adviser' as const };
		const op = { ...answerOf(adviser), replica: adviser.replica };
		await receive(server.store, sender, [op], instantOf('2026-02-01', '00:30'));
		const [row] = await server.store.db.selectFrom('feedback_sums').select('month').execute();
		expect(row?.month).toBe('2026-02');
	});
});
