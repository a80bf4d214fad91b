import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { figuresOf } from '#lib/server/reports/figures.ts';
import { packMonths } from '#lib/server/reports/packed-months.ts';
import { createOrganisation } from '#lib/server/first-start.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { DimensionId } from '#lib/statistics/dimensions.ts';
import { alpoContacts, CLIENTS, CONTACTS, fillAlpo, FROM, PUBLISHED_RESIDENCE, TO } from '../support/alpo.ts';
import { startServer, stopServers } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

/** Dimensions of the report, with the column of the answer key that each is held to. */
const asked = {
	year: 'year',
	municipality: 'municipality',
	desk: 'desk',
	adviser: 'adviser',
	channel: 'channel',
	language: 'language',
	clientStatus: 'status',
	residenceLength: 'residence',
	residenceGround: 'ground',
	ageBand: 'age',
	citizenshipGroup: 'citizenship',
	origin: 'origin',
	education: 'education',
	employment: 'employment',
	topic: 'topic'
} as const satisfies Partial<Record<DimensionId, string>>;
const ids = Object.keys(asked) as (keyof typeof asked)[];

interface Key {
	contacts: number;
	counts: Record<string, Record<string, number>>;
}

const contacts = [...alpoContacts()];
const folder = mkdtempSync(join(tmpdir(), 'reppu-alpo-'));
let key: Key;

beforeAll(() => {
	const path = join(folder, 'alpo.csv');
	const lines = contacts.map(({ row }) =>
		[
			row.date.slice(0, 4),
			row.municipality,
			row.desk_id,
			row.membership_id,
			row.channel,
			row.language,
			row.client_status,
			row.residence_length,
			row.residence_ground,
			row.age_band,
			row.citizenship_group,
			row.origin,
			row.education,
			row.employment,
			(JSON.parse(row.topics) as string[]).join('+')
		].join(',')
	);
	writeFileSync(path, `${[Object.values(asked).join(','), ...lines].join('\n')}\n`);
	key = JSON.parse(execFileSync(process.execPath, ['tests/support/alpo-key.js', path], { encoding: 'utf8' })) as Key; // prettier-ignore
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

onEveryStore('a register of the size of ALPO', (fresh) => {
	let store: Store;
	let organisation: string;
	let shares: Record<string, Record<string, number>>;
	let counts: Record<string, Record<string, number>>;

	async function ask() {
		const figures = await figuresOf(store, organisation, { from: FROM, to: TO, where: {}, tables: ids.map((id) => [id]) }); // prettier-ignore
		const by = (value: (contacts: number) => number) =>
			Object.fromEntries(
				figures.tables.map(({ by: [id], cells }) => [
					id ?? '',
					Object.fromEntries(cells.map((cell) => [cell.classes[0] ?? '', value(cell.contacts)]))
				])
			);
		counts = by((count) => count);
		shares = by((count) => (100 * count) / figures.contacts);
		return figures;
	}

	beforeAll(async () => {
		({ store } = await startServer(fresh()));
		const now = Date.now();
		organisation = await store.write((trx) => createOrganisation(trx, 'ALPO', { demo: false, now }));
		await fillAlpo(store, organisation, contacts);
		// Somebody else's, of whom nothing may be counted.
		const other = await store.write((trx) => createOrganisation(trx, 'Other', { demo: false, now }));
		const some = contacts.slice(0, 500).map((one) => ({ ...one, row: { ...one.row, visit_id: newId() } }));
		await fillAlpo(store, other, some);
	});
	afterAll(stopServers);

	it.each(['from its rows', 'from packed months'])(
		'is reported as the answer key has it, %s',
		async (how) => {
			if (how === 'from packed months') await packMonths(store, Date.now());
			expect((await ask()).contacts).toBe(key.contacts);
			expect(counts).toEqual(Object.fromEntries(ids.map((id) => [id, key.counts[asked[id]]])));
		}
	);

	it('has what is published of ALPO', async () => {
		await ask();
		expect(key.contacts).toBe(CONTACTS);
		expect(new Set(contacts.map(({ client }) => client)).size).toBe(CLIENTS);
		expect(counts['clientStatus']?.['new']).toBe(CLIENTS);
		expect(Object.keys(counts['desk'] ?? {})).toHaveLength(17);
		expect(shares['residenceLength']).toEqual(PUBLISHED_RESIDENCE);
		expect(shares['ageBand']?.['25-44']).toBeGreaterThan(50);
		// "Almost three quarters".
		expect(shares['citizenshipGroup']?.['third-country']).toBeGreaterThan(70);
		expect(shares['citizenshipGroup']?.['third-country']).toBeLessThan(75);
		const first = (id: string, count: number) =>
			Object.entries(counts[id] ?? {})
				.filter(([name]) => name !== 'unknown')
				.sort(([, a], [, b]) => b - a)
				.slice(0, count)
				.map(([name]) => name);
		expect(first('origin', 3)).toEqual(['RU', 'EE', 'IQ']);
		expect(first('residenceGround', 3)).toEqual(['family', 'protection', 'work']);
		expect(first('topic', 3)).toEqual(['forms-decisions.decision-explained', 'forms-decisions.form-filling', 'permits.residence-permit']); // prettier-ignore
		expect(first('employment', 3).sort()).toEqual(['employed', 'training', 'unemployed']);
	});
});
