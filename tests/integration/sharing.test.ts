import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { sharedRosters } from '#lib/domain/shared.ts';
import type { SharingAnswer, ShareOffer } from '#lib/protocol/sharing.ts';
import type { ServerContext } from '#lib/server/context.ts';
import {
	handleNewShare,
	handleShareChange,
	handleShareCode,
	handleShareEnd,
	handleSharing
} from '#lib/server/sharing/handle-sharing.ts';
import { refreshShared } from '#lib/server/sharing/shares.ts';
import { asks } from '../support/asks.ts';
import { opOf } from '../support/ops.ts';
import { call, newOrganisation, startServer, stateOf, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

/** One organisation as this test sees it. */
interface Side {
	organisation: string;
	name: string;
	coordinator: Phone;
	adviser: Phone;
}

const desk: Record<string, JsonValue> = {
	name: 'Oulu, kirjasto',
	municipality: '564',
	placeType: 'library',
	room: null,
	address: 'Kaarlenväylä 3'
};
const reception: Record<string, JsonValue> = {
	start: '2026-01-06T12:00',
	end: '2026-01-06T14:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['so'],
	note: 'SECRET note',
	advisers: null
};
const help: Record<string, JsonValue> = {
	languages: ['so'],
	ways: ['phone'],
	provider: 'Neuvontapuhelin',
	times: { kind: 'always' },
	price: 'SECRET price',
	note: 'SECRET note'
};

onEveryStore('sharing', (fresh, kind) => {
	let server: ServerContext;

	async function side(name: string): Promise<Side> {
		const { organisation, phones } = await newOrganisation(server, 'coordinator', 'adviser');
		await server.store.db.updateTable('organisations').set({ name }).where('id', '=', organisation).execute();
		return { organisation, name, coordinator: phones[0]!, adviser: phones[1]! };
	}

	async function start() {
		server = await startServer(fresh());
		return [await side('Oulu'), await side('Iisalmi'), await side('Kajaani')] as const;
	}

	const ask = (
		phone: Phone,
		handler: Parameters<typeof call>[1],
		method: string,
		body?: object,
		id?: string
	) => asks(server, phone, handler, { method, body, id: id ?? '' });

	const begin = async ({ coordinator }: Side, kinds = ['receptions', 'help']) =>
		(await (await ask(coordinator, handleNewShare, 'POST', { kinds })).json()) as {
			id: string;
			code: string;
		};
	const open = ({ coordinator }: Side, code: string, accept = true) =>
		ask(coordinator, handleShareCode, 'POST', { code, accept });
	const change = ({ coordinator }: Side, id: string, kinds: string[]) =>
		ask(coordinator, handleShareChange, 'PATCH', { kinds }, id);
	const end = ({ coordinator }: Side, id: string) =>
		ask(coordinator, handleShareEnd, 'DELETE', undefined, id);
	const listed = async ({ coordinator }: Side) =>
		(await (await ask(coordinator, handleSharing, 'GET')).json()) as SharingAnswer;

	/** Has one share with the other. */
	async function share(giver: Side, receiver: Side, kinds?: string[]) {
		const { id, code } = await begin(giver, kinds);
		expect((await open(receiver, code)).status).toBe(200);
		return id;
	}

	/** A desk with a reception in Somali, and language help. */
	async function plan({ coordinator }: Side, more: Record<string, JsonValue> = {}) {
		const at = opOf(coordinator, 'desk', desk);
		const held = opOf(coordinator, 'reception', { ...reception, desk: at.recordId });
		const helped = opOf(coordinator, 'language-help', { ...help, ...more });
		const { receipts } = await coordinator.sync([at, held, helped]);
		expect(receipts.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
		return { at, held, helped };
	}

	/** What a phone has that keeps its place: changes come, and what is gone goes. */
	function phoneOf(phone: Phone) {
		const cursors: Record<string, string> = {};
		const records = new Map<string, Record<string, JsonValue>>();
		return {
			async read() {
				const changes = await phone.readAll(cursors);
				for (const { collection, recordId, gone, state } of changes) {
					if (collection !== 'shared') continue;
					if (gone) records.delete(recordId);
					else records.set(recordId, shownValues(state as RecordState));
				}
				return changes;
			},
			records,
			rosters: () => sharedRosters([...records].map(([id, values]) => ({ id, values })))
		};
	}
	const has = async (phone: Phone) => {
		const one = phoneOf(phone);
		await one.read();
		return one;
	};
	const providers = async (phone: Phone) =>
		(await has(phone))
			.rosters()
			.map(({ name, roster }) => [
				name,
				roster.receptions.length,
				roster.help.map(({ provider }) => provider)
			]);

	it('gives whoever accepts the code what was chosen, and everybody else nothing', async () => {
		const [oulu, iisalmi, kajaani] = await start();
		await plan(oulu);
		const { id, code } = await begin(oulu);
		expect((await listed(oulu)).given).toMatchObject([{ id, name: null, kinds: ['receptions', 'help'] }]);

		// A look says who shares and every line of it, and uses nothing up.
		const looked = (await (await open(iisalmi, code.toLowerCase(), false)).json()) as ShareOffer;
		expect(looked.name).toBe('Oulu');
		expect(looked.lines.map(({ fields }) => fields['kind']).sort()).toEqual(['help', 'reception']);
		expect(await providers(iisalmi.adviser)).toEqual([]);
		expect(await listed(iisalmi)).toEqual({ given: [], received: [] });

		expect((await open(iisalmi, code)).status).toBe(200);
		for (const phone of [iisalmi.adviser, iisalmi.coordinator])
			expect(await providers(phone)).toEqual([['Oulu', 1, ['Neuvontapuhelin']]]);
		expect((await listed(oulu)).given).toMatchObject([{ id, name: 'Iisalmi' }]);
		expect((await listed(iisalmi)).received).toMatchObject([{ id, name: 'Oulu' }]);

		// Nobody else, not the giver, and not by the code once more.
		expect((await open(kajaani, code)).status).toBe(404);
		for (const phone of [oulu.adviser, oulu.coordinator, kajaani.adviser, kajaani.coordinator])
			expect(await providers(phone)).toEqual([]);
		expect(await listed(kajaani)).toEqual({ given: [], received: [] });
	});

	it('takes no code that is one’s own, over or made up, and after some tries none at all', async () => {
		const [oulu, iisalmi] = await start();
		const { id, code } = await begin(oulu);
		expect((await open(oulu, code)).status).toBe(404);
		await server.store.db
			.updateTable('shares')
			.set({ expires_at: Date.now() })
			.where('id', '=', id)
			.execute();
		expect((await open(iisalmi, code)).status).toBe(404);
		for (let count = 0; count < 9; count += 1) expect((await open(iisalmi, '0000000000')).status).toBe(404);
		expect((await open(iisalmi, '0000000000')).status).toBe(429);
	});

	it('follows what the giver changes, and what is seen', async () => {
		const [oulu, iisalmi] = await start();
		const { held, helped } = await plan(oulu);
		const id = await share(oulu, iisalmi);
		const phone = await has(iisalmi.adviser);
		const edit = async (collection: string, recordId: string, fields: Record<string, JsonValue>) => {
			const { receipts } = await oulu.coordinator.sync([
				opOf(oulu.coordinator, collection, fields, { recordId })
			]);
			expect(receipts[0]?.outcome).toMatch(/applied|conflict/);
			return phone.read();
		};
		await edit('reception', held.recordId, { 'cancelled_2999-01-01': 'SECRET reason' });
		expect([...phone.records.values()].find(({ kind }) => kind === 'reception')).toMatchObject({
			cancelled: ['2999-01-01']
		});
		// What is not shared is no news.
		const news = await edit('reception', held.recordId, { note: 'SECRET other note' });
		expect(news).toEqual([]);
		await edit('language-help', helped.recordId, { bought: true });
		expect(phone.rosters()[0]?.roster.help).toEqual([]);
		await edit('language-help', helped.recordId, { bought: false });
		expect(phone.rosters()[0]?.roster.help).toHaveLength(1);

		expect((await change(oulu, id, ['help'])).status).toBe(204);
		await phone.read();
		expect(phone.rosters()[0]?.roster).toMatchObject({
			receptions: [],
			help: [{ provider: 'Neuvontapuhelin' }]
		});
		expect((await change(iisalmi, id, ['help', 'receptions'])).status).toBe(404);
	});

	it.each(['withdrawn', 'stopped', 'replaced'] as const)('is gone once it is %s', async (how) => {
		const [oulu, iisalmi] = await start();
		const { helped } = await plan(oulu);
		const id = await share(oulu, iisalmi);
		const phone = await has(iisalmi.adviser);
		expect(phone.records.size).toBe(3);
		const before = new Set(phone.records.keys());
		if (how === 'replaced') {
			const next = await share(oulu, iisalmi, ['help']);
			await phone.read();
			expect(phone.rosters().map(({ share: one }) => one)).toEqual([next]);
			expect([...phone.records.keys()].filter((one) => before.has(one))).toEqual([]);
			expect((await listed(oulu)).given).toHaveLength(1);
			return;
		}
		expect((await end(how === 'withdrawn' ? oulu : iisalmi, id)).status).toBe(204);
		await phone.read();
		expect(phone.records.size).toBe(0);
		// Nor is it in the database, nor does what is changed later come.
		const rows = await server.store.db
			.selectFrom('records')
			.select('id')
			.where('collection', '=', 'shared')
			.execute();
		expect(rows).toEqual([]);
		await oulu.coordinator.sync([
			opOf(oulu.coordinator, 'language-help', { provider: 'Toinen' }, { recordId: helped.recordId })
		]);
		await refreshShared(server.store, Date.now());
		await phone.read();
		expect(phone.records.size).toBe(0);
		expect([await listed(oulu), await listed(iisalmi)]).toEqual([
			{ given: [], received: [] },
			{ given: [], received: [] }
		]);
		expect((await end(oulu, id)).status).toBe(404);
	});

	it('is a coordinator’s of one of the two to end, and nobody’s to write', async () => {
		const [oulu, iisalmi, kajaani] = await start();
		await plan(oulu);
		const id = await share(oulu, iisalmi);
		expect((await end(kajaani, id)).status).toBe(404);
		expect((await ask(iisalmi.adviser, handleShareEnd, 'DELETE', undefined, id)).status).toBe(403);
		const phone = await has(iisalmi.adviser);
		const before = structuredClone([...phone.records]);
		for (const by of [iisalmi.adviser, iisalmi.coordinator, oulu.coordinator, kajaani.coordinator])
			for (const [recordId, values] of before) {
				const written = opOf(by, 'shared', { ...values, provider: 'Forged' }, { recordId });
				const removed = opOf(by, 'shared', { removed: true }, { recordId });
				const erased = opOf(by, 'erasure', { collection: 'shared' }, { recordId });
				const { receipts } = await by.sync([written, removed, erased]);
				expect(receipts.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected', 'rejected']);
			}
		await phone.read();
		expect([...phone.records]).toEqual(before);
		// A record of one's own under the same id is another one.
		const [recordId] = before[0]!;
		await iisalmi.coordinator.sync([opOf(iisalmi.coordinator, 'language-help', help, { recordId })]);
		expect([...(await has(iisalmi.adviser)).records].sort()).toEqual(before.sort());
	});

	it('goes one way, and is not handed on', async () => {
		const [oulu, iisalmi, kajaani] = await start();
		for (const [side, provider] of [
			[oulu, 'Oulun apu'],
			[iisalmi, 'Iisalmen apu'],
			[kajaani, 'Kajaanin apu']
		] as const) {
			const { held, helped } = await plan(side, { provider });
			// What was changed since lies otherwise in the database than what one op has made.
			await side.coordinator.sync([
				opOf(side.coordinator, 'language-help', { place: 'Aula' }, { recordId: helped.recordId }),
				opOf(side.coordinator, 'reception', { languages: ['so', 'ar'] }, { recordId: held.recordId })
			]);
		}
		await share(oulu, iisalmi);
		await share(iisalmi, kajaani);
		expect(await providers(oulu.adviser)).toEqual([]);
		expect(await providers(iisalmi.adviser)).toEqual([['Oulu', 1, ['Oulun apu']]]);
		expect(await providers(kajaani.adviser)).toEqual([['Iisalmi', 1, ['Iisalmen apu']]]);
	});

	it('is no desk, reception or language help of the receiver’s own: nobody logs there', async () => {
		const [oulu, iisalmi] = await start();
		const { at } = await plan(oulu);
		await share(oulu, iisalmi);
		const changes = await iisalmi.coordinator.readAll();
		expect(
			changes.filter(({ collection }) => ['desk', 'reception', 'language-help'].includes(collection))
		).toEqual([]);
		// A visit at the other's desk is refused as at one that nobody knows.
		const { receipts } = await iisalmi.adviser.sync([iisalmi.adviser.visit({ desk: at.recordId })]);
		expect(receipts).toMatchObject([{ outcome: 'rejected', code: 'desk_unknown' }]);
	});

	it('lets no private value out, whatever stands in the records', async () => {
		const [oulu, iisalmi] = await start();
		const word = fc.stringMatching(/^[a-z]{4,12}$/).map((text) => `SECRET${text}`);
		const id = await share(oulu, iisalmi);
		await fc.assert(
			fc.asyncProperty(
				word,
				word,
				word,
				fc.integer({ min: 0, max: 300 }),
				async (note, reason, price, day) => {
					const date = new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10);
					const { coordinator } = oulu;
					const at = opOf(coordinator, 'desk', { ...desk, wifi: note, key: { code: note } });
					const held = opOf(coordinator, 'reception', {
						...reception,
						desk: at.recordId,
						note,
						advisers: [newId()],
						[`cancelled_${date}`]: reason,
						door: { code: note }
					});
					const guide = opOf(coordinator, 'desk-guide', { door: note }, { recordId: at.recordId });
					const helped = opOf(coordinator, 'language-help', {
						...help,
						note,
						price,
						times: { kind: 'always', inside: note },
						phone: { number: '+358401234567', source: 'x', date: '2026-03-01', inside: note },
						later: [note]
					});
					const notice = opOf(coordinator, 'notice', { fi: note });
					const visit = coordinator.visit({ note });
					await coordinator.sync([at, held, guide, helped, notice, visit]);
					const phone = await has(iisalmi.coordinator);
					expect(phone.rosters()[0]?.roster.help.length).toBeGreaterThan(0);
					expect(phone.rosters()[0]?.roster.receptions.length).toBeGreaterThan(0);
					const told = await iisalmi.coordinator.readAll();
					expect(JSON.stringify(told)).not.toContain('SECRET');
					const { code } = await begin(oulu);
					const looked = await (await open(iisalmi, code, false)).text();
					expect(looked).not.toContain('SECRET');
					for (const member of [oulu.coordinator, oulu.adviser])
						for (const text of [JSON.stringify(told), looked]) {
							expect(text).not.toContain(member.enrolled.membership);
							expect(text).not.toContain(member.enrolled.device);
						}
				}
			),
			{ numRuns: 8 }
		);
		expect((await end(oulu, id)).status).toBe(204);
	});

	it('loses nothing of two changes at once, nor of one beside the accepting', async () => {
		const [oulu, iisalmi] = await start();
		const { code } = await begin(oulu);
		const added = Array.from({ length: 8 }, (_, index) =>
			opOf(oulu.coordinator, 'language-help', { ...help, provider: `Apu ${index}` })
		);
		await Promise.all([
			...added.slice(0, 4).map((op) => oulu.coordinator.sync([op])),
			open(iisalmi, code),
			...added.slice(4).map((op) => oulu.coordinator.sync([op]))
		]);
		const [[, , names] = []] = await providers(iisalmi.adviser);
		expect((names as string[]).sort()).toEqual(added.map((_, index) => `Apu ${index}`));
	});

	it('ends where the giver ends, however many change one thing at once', async () => {
		const [oulu, iisalmi] = await start();
		const { helped } = await plan(oulu);
		await share(oulu, iisalmi);
		const { coordinator } = oulu;
		for (let round = 0; round < 6; round += 1) {
			const edits = Array.from({ length: 8 }, (_, index) =>
				opOf(coordinator, 'language-help', { place: `Aula ${round} ${index}` }, { recordId: helped.recordId })
			);
			await Promise.all(edits.map((op) => coordinator.sync([op])));
			const given = shownValues(await stateOf(server, oulu.organisation, helped.recordId))['place'];
			const [roster] = (await has(iisalmi.adviser)).rosters();
			expect([round, roster?.roster.help[0]?.place]).toEqual([round, given]);
		}
	});

	// SQLite has one writer.
	it.runIf(kind === 'postgres')('waits for whoever delivers the same share', async () => {
		const [oulu, iisalmi] = await start();
		const id = await share(oulu, iisalmi);
		const { store } = server;
		let isDone = false;
		const waiting = await store.db.transaction().execute(async (trx) => {
			await trx.selectFrom('shares').select('id').where('id', '=', id).forUpdate().execute();
			const refreshed = refreshShared(store, Date.now()).then(() => (isDone = true));
			await new Promise((resolve) => setTimeout(resolve, 300));
			expect(isDone).toBe(false);
			return { refreshed };
		});
		await waiting.refreshed;
		expect(isDone).toBe(true);
	});

	it('stands in the audit trail of both, in the other one’s without a name', async () => {
		const [oulu, iisalmi] = await start();
		const id = await share(oulu, iisalmi);
		await end(iisalmi, id);
		const trail = async ({ organisation }: Side) =>
			(
				await server.store.db
					.selectFrom('audit')
					.select(['event', 'membership_id', 'ids'])
					.where('organisation_id', '=', organisation)
					.where('kind', '=', 'share')
					.orderBy('at')
					.orderBy('id')
					.execute()
			).map(({ event, membership_id, ids }) => [event, membership_id, ids]);
		const ids = JSON.stringify([id]);
		expect(await trail(oulu)).toEqual([
			['share', oulu.coordinator.enrolled.membership, ids],
			['share-accept', null, ids],
			['share-end', null, ids]
		]);
		expect(await trail(iisalmi)).toEqual([
			['share-accept', iisalmi.coordinator.enrolled.membership, ids],
			['share-end', iisalmi.coordinator.enrolled.membership, ids]
		]);
	});
});
