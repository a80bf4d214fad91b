import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newClientCard } from '#lib/domain/client-card.ts';
import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { retentionAnswer, SHORTER_AFTER } from '#lib/protocol/retention.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { dropEndedAccess } from '#lib/server/retention/access.ts';
import { handlePeriod, handleRetention } from '#lib/server/retention/handle-retention.ts';
import { monthsBefore } from '#lib/server/retention/months.ts';
import { retainNightly } from '#lib/server/retention/nightly.ts';
import { periodsOf, type Periods } from '#lib/server/retention/periods.ts';
import { noCounts, retain } from '#lib/server/retention/run.ts';
import { receive } from '#lib/server/sync/receive.ts';
import { findPostgres } from '../../scripts/postgres.js';
import { asks as officeAsks } from '../support/asks.ts';
import { call, newOrganisation, newPhone, Phone, startServer, stateOf } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const newCode = () => newClientCard((bytes) => randomFillSync(bytes));
const periods: Periods = {
	visits: 60,
	visitsWithCard: 60,
	cards: 12,
	notes: 24,
	replaced: 24,
	reports: 24,
	appointments: 1,
	audit: 60,
	figures: 240
};

/** One op of a made-up past: which visit it is of, what it says, and for how many whole months it has been here. */
interface Said {
	visit: number;
	kind: 'value' | 'topicText' | 'note' | 'rejected';
	months: number;
}

/** A past of some visits, the oldest op first. */
const pasts = fc
	.array(
		fc.record({
			visit: fc.nat(4),
			kind: fc.constantFrom('value', 'topicText', 'note', 'rejected'),
			months: fc.constantFrom(0, 3, 23, 24, 30, 59, 60, 80)
		}),
		{ minLength: 1, maxLength: 14 }
	)
	.map((past) => past.toSorted((a, b) => b.months - a.months)) as fc.Arbitrary<Said[]>;

/** Everything that a store holds of what was said, and everything that a coordinator is given. */
async function everything({ store }: ServerContext, coordinator: Phone): Promise<string> {
	const { organisation } = coordinator.enrolled;
	const tables = ['journal_bodies', 'records', 'visit_facts', 'retained_figures', 'audit'] as const;
	const rows = await Promise.all(
		tables.map((table) =>
			store.db.selectFrom(table).selectAll().where('organisation_id', '=', organisation).execute()
		)
	);
	return JSON.stringify([rows, await coordinator.readAll()]);
}

async function tell(past: readonly Said[], phone: Phone, now: number) {
	const { server, enrolled } = phone;
	const { organisation, membership, device } = enrolled;
	const sender = { organisation, membership, device, role: 'adviser' as const };
	const ids = new Map<number, string>();
	const lastClock = new Map<string, string>();
	const lastValue = new Map<number, string>();
	const told: (Said & { word: string; op: WireOp; recordId: string })[] = [];
	for (const [index, said] of past.entries()) {
		const at = monthsBefore(now, said.months) - HOUR + index;
		const recordId = ids.get(said.visit) ?? newId(at);
		ids.set(said.visit, recordId);
		const word = `C${recordId.slice(-12)}x${index}x`;
		const fields: Record<string, JsonValue> =
			said.kind === 'value'
				? { origin: word }
				: said.kind === 'topicText'
					? { topicText: word }
					: said.kind === 'note'
						? { [`notes/${newId(at)}`]: { text: word, at: new Date(at).toISOString() } }
						: { origin: word, desk: newId(at) };
		const base: Record<string, string[]> = {};
		for (const field of Object.keys(fields)) {
			const before = lastClock.get(`${recordId} ${field}`);
			if (before && said.kind !== 'rejected') base[field] = [before];
		}
		const clock = nextClock(at, phone.replica, Object.values(base).flat());
		phone.seq += 1;
		const op: WireOp = {
			opId: newId(at),
			seq: phone.seq,
			collection: 'visit',
			recordId,
			fields: { at: new Date(at).toISOString(), ...fields },
			clock,
			base,
			schema: 1
		};
		if (said.kind !== 'rejected')
			for (const field of Object.keys(fields)) lastClock.set(`${recordId} ${field}`, clock);
		if (said.kind === 'value') lastValue.set(said.visit, word);
		told.push({ ...said, word, op, recordId });
		await receive(server.store, sender, [{ ...op, replica: phone.replica }], at);
	}
	return { told, lastValue };
}

onEveryStore('retention', (fresh, kind) => {
	let folder = '';
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'reppu-retention-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));
	const start = (database: string) => startServer(database, { erasedFile: join(folder, 'list.erased') });
	const asks = (server: ServerContext, by: Phone, handler: Parameters<typeof call>[1], body?: object) =>
		officeAsks(server, by, handler, { method: body ? 'PUT' : 'GET', body });

	it('leaves nothing that is older than its period, touches nothing younger, and keeps every receipt', async () => {
		const server = await start(fresh());
		await fc.assert(
			fc.asyncProperty(pasts, async (past) => {
				const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
				const [phone, coordinator] = phones as [Phone, Phone];
				const now = Date.now();
				const { told, lastValue } = await tell(past, phone, now);
				const youngest = (visit: number) =>
					Math.min(...told.filter((one) => one.visit === visit).map(({ months }) => months));
				const stays = (one: (typeof told)[number]) => {
					if (youngest(one.visit) >= periods.visits) return false;
					if (one.kind === 'value')
						return one.months < periods.replaced || lastValue.get(one.visit) === one.word;
					return one.kind === 'rejected' || one.months < periods.notes;
				};
				const headers = () =>
					server.store.db
						.selectFrom('journal')
						.select(['op_id', 'replica', 'seq', 'hash', 'received_at', 'outcome', 'change_number'])
						.where('organisation_id', '=', organisation)
						.orderBy('op_id')
						.execute();
				const before = await headers();
				const states = new Map<string, RecordState>();
				for (const { recordId, visit } of told)
					if (told.some((one) => one.visit === visit && one.kind !== 'rejected'))
						states.set(recordId, await stateOf(server, organisation, recordId));

				const dry = await retain(server.store, organisation, periods, { now, dry: true });
				expect(await headers()).toEqual(before);
				const { counts } = await retain(server.store, organisation, periods, { now });
				// What is counted beforehand of a visit that goes as a whole is gone with it.
				expect(counts.visits).toBe(dry.counts.visits);
				const check = async () => {
					const text = await everything(server, coordinator);
					for (const one of told) expect([one.word, text.includes(one.word)]).toEqual([one.word, stays(one)]);
				};
				await check();
				expect(await headers()).toEqual(before);
				for (const { recordId, visit } of told) {
					const state = states.get(recordId);
					const parts = told.filter((one) => one.visit === visit);
					if (state && parts.every(stays))
						expect(await stateOf(server, organisation, recordId)).toEqual(state);
				}
				expect((await retain(server.store, organisation, periods, { now })).counts).toEqual(noCounts);

				// A phone that has heard of nothing for a year sends all of it again.
				const { receipts } = await phone.sync(told.map(({ op }) => op));
				expect(receipts.map(({ outcome }) => outcome)).toEqual(
					told.map(({ op }) => before.find((row) => row.op_id === op.opId)?.outcome)
				);
				await check();
			}),
			{ numRuns: kind === 'sqlite' ? 15 : 8 }
		);
	}, 60_000);

	it('takes in what a phone has written meanwhile: a new visit is new, and a gone one stays gone', async () => {
		const server = await start(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const visit = phone.visit({ topicText: 'oldwords' });
		await phone.sync([visit]);
		const now = Date.now() + 62 * 31 * DAY;
		await retain(server.store, organisation, periods, { now });
		const late = { ...phone.visit({ topicText: 'latewords' }), recordId: visit.recordId };
		const other = phone.visit({ topicText: 'newwords' });
		const { receipts } = await phone.sync([late, other]);
		expect(receipts).toMatchObject([{ outcome: 'rejected', code: 'erased' }, { outcome: 'applied' }]);
		const changes = JSON.stringify(await phone.readAll());
		expect([changes.includes('latewords'), changes.includes('newwords')]).toEqual([false, true]);
	});

	it('takes own words from a phone that has them, and a change that waits there comes in', async () => {
		const server = await start(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const visit = phone.visit({ topicText: 'oldwords', origin: 'SO' });
		await phone.sync([visit]);
		const cursors = {};
		await phone.readAll(cursors);
		await retain(server.store, organisation, periods, { now: monthsBefore(Date.now(), -25) });
		const told = await phone.sync([], cursors);
		expect(told.changes).toMatchObject([{ recordId: visit.recordId }]);
		// The join of what stands on the phone with what comes.
		expect(told.changes[0]?.state).toMatchObject({ seen: { topicText: [visit.clock] } });
		const again = { ...phone.visit({ topicText: 'newwords' }), recordId: visit.recordId };
		again.fields = { topicText: 'newwords' };
		again.base = { topicText: [visit.clock] };
		expect((await phone.sync([again])).receipts).toMatchObject([{ outcome: 'applied' }]);
		expect(shownValues(await stateOf(server, organisation, visit.recordId))).toMatchObject({
			topicText: 'newwords',
			origin: 'SO'
		});
	});

	it('is not undone by an older backup, not even by what phones bring again', async () => {
		const database = fresh();
		const server = await start(database);
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [phone, coordinator] = phones as [Phone, Phone];
		const [visit, noted, later] = ['gonewords', 'notewords', 'latewords'].map((topicText) =>
			phone.visit({ topicText, origin: 'SO' })
		) as [WireOp, WireOp, WireOp];
		await phone.sync([visit, noted]);
		const bin = findPostgres();
		const command = (script: string, argument: string) =>
			spawnSync(process.execPath, [`scripts/${script}.js`, argument], {
				encoding: 'utf8',
				env: { ...process.env, DATABASE_URL: database, ...(bin ? { PG_BIN: bin } : {}) }
			});
		const backups = join(folder, 'backups');
		expect(command('backup', backups)).toMatchObject({ status: 0, stderr: '' });
		await phone.sync([later]);
		// Much later, when only the second one has still been worked on.
		const now = monthsBefore(Date.now(), -61);
		const change = { ...phone.visit(), recordId: noted.recordId, fields: { channel: 'phone' } };
		const { membership, device } = phone.enrolled;
		const sender = { organisation, membership, device, role: 'adviser' as const };
		await receive(server.store, sender, [{ ...change, replica: phone.replica }], now);
		const { counts } = await retain(server.store, organisation, periods, { now });
		expect(counts).toMatchObject({ visits: 2, notes: 1 });
		const figures = await server.store.db.selectFrom('retained_figures').select('contacts').execute();
		expect(figures).toEqual([{ contacts: 2 }]);
		expect(readFileSync(join(folder, 'list.erased'), 'utf8')).not.toContain('words');
		await server.store.close();
		expect(command('restore', join(backups, readdirSync(backups)[0]!))).toMatchObject({
			status: 0,
			stderr: ''
		});

		const again = await start(database);
		const reader = new Phone(again, coordinator.enrolled, coordinator.key);
		expect(await everything(again, reader)).not.toMatch(/(gone|note|late)words/);
		expect(shownValues(await stateOf(again, organisation, noted.recordId))).toMatchObject({ origin: 'SO' });
		const old = Object.assign(new Phone(again, phone.enrolled, phone.key), {
			replica: phone.replica,
			seq: phone.seq
		});
		const { receipts } = await old.sync([visit, noted, later, change]);
		expect(receipts).toMatchObject([
			{ outcome: 'applied' },
			{ outcome: 'applied' },
			{ outcome: 'rejected', code: 'erased' },
			{ outcome: expect.stringMatching(/applied|conflict/) as string }
		]);
		expect(await everything(again, reader)).not.toMatch(/(gone|note|late)words/);
	}, 60_000);

	it('takes a card off its visits when nobody has used it for its period, and keeps visits with and without one apart', async () => {
		const server = await start(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const { membership, device } = phone.enrolled;
		const sender = { organisation, membership, device, role: 'adviser' as const };
		const [unused, used] = [newCode(), newCode()];
		const now = Date.now();
		const visit = async (clientCard: string | null, months: number) => {
			const op = phone.visit({ clientCard });
			await receive(
				server.store,
				sender,
				[{ ...op, replica: phone.replica }],
				monthsBefore(now, months) - HOUR
			);
			return op.recordId;
		};
		const [old, usedOnce] = [await visit(unused, 13), await visit(used, 13)];
		await visit(used, 11);
		const plain = await visit(null, 13);
		const { counts } = await retain(server.store, organisation, periods, { now });
		expect(counts).toEqual({ ...noCounts, cards: 1 });
		expect(shownValues(await stateOf(server, organisation, old))).not.toHaveProperty('clientCard');
		expect(shownValues(await stateOf(server, organisation, usedOnce))).toMatchObject({ clientCard: used });
		expect((await retain(server.store, organisation, periods, { now })).counts).toEqual(noCounts);
		const shorter = { ...periods, visitsWithCard: 12 };
		expect((await retain(server.store, organisation, shorter, { now })).counts.visits).toBe(1);
		expect((await stateOf(server, organisation, usedOnce)).heads).toEqual({});
		for (const id of [old, plain]) expect((await stateOf(server, organisation, id)).heads).not.toEqual({});
	});

	it('runs once a day, in pieces where much is due, and says in numbers what it did', async () => {
		const server = await start(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [phone, coordinator] = phones as [Phone, Phone];
		await phone.sync([phone.visit(), phone.visit(), phone.visit()]);
		const some = await retain(server.store, organisation, periods, {
			now: monthsBefore(Date.now(), -61),
			most: 2
		});
		expect(some).toMatchObject({ counts: { visits: 2 }, unfinished: true });

		const night = new Date(monthsBefore(Date.now(), -61));
		night.setUTCHours(1, 0, 0, 0);
		const at = (hours: number) => ({ ...server, now: () => night.getTime() + hours * HOUR });
		await retainNightly(at(-2.5));
		expect(await server.store.db.selectFrom('retention_runs').selectAll().execute()).toEqual([]);
		await retainNightly(at(0));
		await retainNightly(at(1));
		const answer = async (by: Phone) =>
			retentionAnswer.parse(await (await asks(server, by, handleRetention)).json());
		// Their sessions have ended by then.
		const late = await newPhone(server, organisation, coordinator.enrolled.membership);
		const { runs, figures } = await answer(late);
		expect(runs).toMatchObject([{ unfinished: false, counts: { visits: 1 } }]);
		// Three contacts are fewer than five.
		expect(figures).toMatchObject([{ contacts: null }]);
		const trail = await server.store.db
			.selectFrom('audit')
			.select(['membership_id', 'subject_id', 'kind'])
			.where('organisation_id', '=', organisation)
			.where('event', '=', 'erase')
			.execute();
		const { membership } = phone.enrolled;
		expect(trail).toEqual(
			Array.from({ length: 2 }, () => ({ membership_id: null, subject_id: membership, kind: 'visit' }))
		);
	});

	it('keeps what each organisation has set; shorter counts after a week, and what is beyond the limits not at all', async () => {
		const server = await start(fresh());
		const { organisation, phones } = await newOrganisation(server, 'coordinator', 'administrator');
		const other = (await newOrganisation(server, 'coordinator')).organisation;
		const [coordinator, administrator] = phones as [Phone, Phone];
		const put = async (by: Phone, months: number, name = 'notes') =>
			(await asks(server, by, handlePeriod, { class: name, months })).status;
		expect([await put(coordinator, 6), await put(administrator, 2), await put(administrator, 200)]).toEqual([
			403, 422, 422
		]);
		expect(await put(administrator, 6)).toBe(204);
		const now = Date.now();
		const notes = async (of: string, when: number) => (await periodsOf(server.store, of, 5, when)).notes;
		expect([await notes(organisation, now), await notes(organisation, now + SHORTER_AFTER)]).toEqual([24, 6]);
		expect(await notes(other, now + SHORTER_AFTER)).toBe(24);
		const { periods: told, maySet } = retentionAnswer.parse(
			await (await asks(server, coordinator, handleRetention)).json()
		);
		expect(maySet).toBe(false);
		expect(told.find((one) => one.class === 'notes')).toMatchObject({ months: 24, coming: { months: 6 } });
		expect(await put(administrator, 36)).toBe(204);
		expect(await notes(organisation, Date.now())).toBe(36);
	});

	it('drops what had to do with signing in some time after it has ended, and nothing that still opens', async () => {
		const server = await start(fresh());
		const { phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const now = Date.now();
		const count = async (table: 'sessions' | 'invitations') =>
			(await server.store.db.selectFrom(table).selectAll().execute()).length;
		await dropEndedAccess(server.store, now + 29 * DAY);
		expect([await count('sessions'), await count('invitations')]).toEqual([1, 1]);
		await phone.sync([], {});
		await dropEndedAccess(server.store, now + 61 * DAY);
		expect([await count('sessions'), await count('invitations')]).toEqual([0, 0]);
	});

	it('is told by a command before it happens', async () => {
		const database = fresh();
		const server = await start(database);
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const { membership, device } = phone.enrolled;
		const op = { ...phone.visit({ topicText: 'oldwords' }), replica: phone.replica };
		const sender = { organisation, membership, device, role: 'adviser' as const };
		await receive(server.store, sender, [op], monthsBefore(Date.now(), 61));
		const run = (...args: string[]) =>
			spawnSync(process.execPath, ['scripts/retention.js', ...args], {
				encoding: 'utf8',
				env: { ...process.env, DATABASE_URL: database, ERASED_FILE: join(folder, 'list.erased') }
			});
		const dry = run('--dry-run');
		expect(dry).toMatchObject({ status: 0, stderr: '' });
		expect(dry.stdout).toContain('would empty 1 visits');
		expect((await stateOf(server, organisation, op.recordId)).heads).not.toEqual({});
		expect(run('--organisation', organisation).stdout).toContain('emptied 1 visits');
		expect((await stateOf(server, organisation, op.recordId)).heads).toEqual({});
		expect(run('--organisation', newId()).status).toBe(2);
	}, 60_000);
});

describe('months', () => {
	it('are those of the calendar, and a day that a month has not is its last one', () => {
		const before = (date: string, months: number) =>
			new Date(monthsBefore(Date.parse(`${date}T10:00:00Z`), months)).toISOString().slice(0, 10);
		expect(before('2026-03-31', 1)).toBe('2026-02-28');
		expect(before('2024-02-29', 12)).toBe('2023-02-28');
		expect(before('2026-01-15', 13)).toBe('2024-12-15');
		expect(before('2026-11-30', -3)).toBe('2027-02-28');
	});
});
