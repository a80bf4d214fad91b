import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { default as addFormats } from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { sampleService } from '#lib/directory/sample-service.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Service } from '#lib/domain/service.ts';
import type { Draft } from '#lib/server/directory/draft.ts';
import { hsdsTables } from '#lib/server/directory/hsds-tables.ts';
import { readHsdsFiles } from '#lib/server/directory/import/hsds-csv.ts';
import type { HsdsRecord } from '#lib/server/directory/import/hsds-record.ts';
import { readHsdsService } from '#lib/server/directory/import/hsds-service.ts';
import { hsdsDataPackage, writeHsdsTables, type HsdsVersion } from './hsds-csv.ts';
import { hsdsService } from './hsds.ts';

const options = { language: 'en', country: 'FI', from: 'City register', on: '2026-03-01' } as const;
const english = (text: string) => ({ en: { text, origin: 'written' as const } });

/** The service that an import makes of a record. */
function taken(record: HsdsRecord): Service {
	const draft = readHsdsService(record, '', options, () => undefined);
	if (!draft) throw new Error('The record cannot be taken in');
	return { ...sampleService({ id: '01a1fb67-0000-7000-8000-0000000000aa' }), kind: 'local', ...draft.fields };
}

const give = (service: Service, raw?: JsonValue) => hsdsService(service, raw, options);

/** The record goes in, is changed here and goes out. */
const edited = (record: HsdsRecord, fields: Partial<Service>) =>
	give({ ...taken(record), ...fields }, record);

async function tables(services: HsdsRecord[], version: HsdsVersion): Promise<Record<string, string>> {
	const files: Record<string, string> = {};
	await writeHsdsTables(services, version, (file, text) => {
		files[file] = (files[file] ?? '') + text;
	});
	return files;
}

async function readBack(files: Record<string, string | Uint8Array>): Promise<Draft[]> {
	const input = Object.entries(files).map(([name, text]) => ({
		name,
		open: async function* () {
			yield Buffer.from(text);
		}
	}));
	const drafts: Draft[] = [];
	for await (const draft of readHsdsFiles(input, options, () => undefined)) drafts.push(draft);
	return drafts;
}

const record = {
	id: 'a1',
	name: 'Advice',
	status: 'active',
	description: '<p>We <b>help</b>.</p>',
	url: 'http://kuopio.fi',
	alert: 'Closed on Friday',
	fees: 'Free',
	cost_options: [{ id: 'c1', option: 'Copy', amount: 1, currency: 'eur' }],
	organization: {
		id: 'o1',
		name: 'Kuopio',
		description: 'City',
		phones: [{ id: 'p0', number: '017 182 111' }]
	},
	contacts: [
		{ id: 'k1', name: 'Ann', email: 'ann@kuopio.fi', phones: [{ id: 'p1', number: '040 123 4567' }] }
	],
	languages: [{ id: 'l1', code: 'fin', note: 'Also in the evening' }],
	attributes: [
		{ id: 't1', taxonomy_term: { id: 'tt', name: 'Housing', description: '' } },
		{ id: 't2', taxonomy_term: { id: 'tu', name: 'Underwater hockey', description: '' } }
	],
	service_at_locations: [
		{
			id: 's1',
			description: 'On Mondays',
			schedules: [{ id: 'h1', byday: 'MO', opens_at: '9am', closes_at: '4pm' }],
			location: { id: 'x1', location_type: 'physical', name: 'Library', url: 'http://kuopio.fi/library' }
		},
		{ id: 's2', location: { id: 'x2', location_type: 'virtual' } }
	]
} satisfies HsdsRecord;

describe('a service that came as HSDS', () => {
	it('goes out as it came', () => {
		expect(edited(record, {})).toEqual(record);
	});

	it('does not change the record that is kept', () => {
		const kept = structuredClone(record);
		edited(kept, { name: english('Guidance'), phones: [], places: [], topics: [] });
		expect(kept).toEqual(record);
	});

	it('goes out as it came when only another language was added', () => {
		const name = { ...english('Advice'), fi: { text: 'Neuvonta', origin: 'written' as const } };
		expect(edited(record, { name })).toEqual(record);
	});

	it.each<[string, Partial<Service>, HsdsRecord]>([
		['name', { name: english('Guidance') }, { name: 'Guidance' }],
		['description', { description: english('Help') }, { description: 'Help' }],
		['eligibility', { eligibility: english('All') }, { eligibility_description: 'All' }],
		['way to get it', { apply: english('Walk in') }, { application_process: 'Walk in' }],
		[
			'provider',
			{ provider: english('Siilinjärvi') },
			{ organization: { ...record.organization, name: 'Siilinjärvi' } }
		],
		['link', { links: [{ url: 'https://kuopio.fi', language: 'en' }] }, { url: 'https://kuopio.fi' }],
		['status', { status: 'ended' }, { status: 'defunct' }],
		['verification', { verified: { on: '2026-02-03', by: 'x' } }, { assured_date: '2026-02-03' }]
	])('has a changed %s over it', (_, fields, members) => {
		expect(edited(record, fields)).toEqual({ ...record, ...members });
	});

	it('has changed fees in the place of all that said them', () => {
		const { fees: _fees, cost_options: _prices, ...rest } = record;
		expect(edited(record, { fees: english('5 euros') })).toEqual({ ...rest, fees_description: '5 euros' });
	});

	it('has changed lines, of which none comes back from another place', () => {
		const source = { title: 'x', date: '2026' };
		const out = edited(record, { phones: [{ number: '112', source }] });
		expect(out).toMatchObject({
			phones: [{ number: '112', type: 'voice' }],
			contacts: [{ id: 'k1', name: 'Ann' }]
		});
		expect(taken(out).phones.map((phone) => phone.number)).toEqual(['112']);
		expect(taken(edited(record, { phones: [] })).phones).toEqual([]);
		expect(taken(edited(record, { emails: ['a@b.fi', 'c@d.fi'] })).emails).toEqual(['a@b.fi', 'c@d.fi']);
	});

	it('keeps what has no place here when topics, languages and areas change', () => {
		const out = edited(record, { topics: ['work'], serviceLanguages: ['so'], municipalities: ['297'] });
		expect(taken(out)).toMatchObject({ topics: ['work'], serviceLanguages: ['so'], municipalities: ['297'] });
		expect(out.attributes).toContainEqual(record.attributes[1]);
		expect(out.attributes).not.toContainEqual(record.attributes[0]);
	});

	it('keeps places that nobody changed, and the rest of one that somebody did', () => {
		const { places = [] } = taken(record);
		expect(places).toHaveLength(1);
		const more = { id: '01a1fb67-0000-7000-8000-0000000000bb', name: english('Hall'), phones: [] };
		const added = edited(record, { places: [...places, more] });
		expect(added.service_at_locations).toEqual(expect.arrayContaining(record.service_at_locations));
		expect(taken(added).places).toEqual([...places, more]);
		const moved = places.map((place) => ({ ...place, address: english('New street 1') }));
		const changed = edited(record, { places: moved });
		expect(taken(changed).places).toEqual(moved);
		expect(changed.service_at_locations).toContainEqual(
			expect.objectContaining({ id: 's1', description: 'On Mondays', location: expect.objectContaining({ url: 'http://kuopio.fi/library' }) as object })
		);
		expect(edited(record, { places: [] }).service_at_locations).toEqual([record.service_at_locations[1]]);
	}); // prettier-ignore
});

/** A service with everything that the directory holds and HSDS can say. */
const source = { title: 'City register', date: '2026-03-01' };
const full: Service = sampleService({
	source,
	name: english('Advice'),
	description: english('We help.\n\n• forms'),
	provider: english('Kuopio'),
	eligibility: english('Everybody'),
	apply: english('Walk in'),
	fees: english('Free'),
	bring: english('Passport; a < b & c'),
	links: [
		{ url: 'https://kuopio.fi/en', language: 'en' },
		{ url: 'https://kuopio.fi/more', language: 'en' }
	],
	phones: [{ number: '+35817182111', label: english('Desk'), language: 'ar', source }],
	emails: ['a@kuopio.fi', 'b@kuopio.fi'],
	places: [
		{
			id: '01a1fb67-0000-7000-8000-0000000000cc',
			name: english('Library'),
			address: english('Maaherrankatu 12'),
			postalCode: '70100',
			postOffice: english('Kuopio'),
			municipality: '297',
			latitude: 62.89,
			longitude: 27.68,
			access: english('Ramp'),
			phones: [{ number: '112', source }],
			hours: { rules: [{ from: '2026-01-05', to: '2026-06-30', opens: '09:00', closes: '16:00', rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;WKST=SU', note: english('By appointment') }], exceptions: [] }
		}
	],
	hours: { rules: [{ from: '2026-01-01', opens: '00:00', closes: '24:00', rule: 'FREQ=MONTHLY;BYDAY=1MO' }, { from: '2026-03-01', opens: '10:00', closes: '12:00', rule: null }], exceptions: [] },
	status: 'paused',
	topics: ['housing', 'work.job-search'],
	serviceLanguages: ['fi', 'ar'],
	municipalities: ['297', '091']
}); // prettier-ignore

describe('a service from elsewhere', () => {
	it('comes back from HSDS as it was', () => {
		const {
			id: _id,
			kind: _kind,
			critical: _critical,
			verified: _verified,
			mayHandOver: _may,
			...fields
		} = full;
		expect(readHsdsService(give(full), '', options, () => expect.unreachable())?.fields).toEqual(fields);
	});

	it('has a name and a status, whatever it lacks', () => {
		expect(give(sampleService())).toEqual({
			id: sampleService().id,
			name: 'Myrkytystietokeskus',
			status: 'active'
		});
	});

	it('says in words what HSDS cannot', () => {
		const rules = ['FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1', 'FREQ=DAILY', 'FREQ=DAILY;INTERVAL=2', 'FREQ=WEEKLY;UNTIL=20260630;BYDAY=MO'];
		const hours = {
			rules: rules.map((rule) => ({ from: '2026-01-01', opens: '09:00', closes: '16:00', rule })),
			exceptions: [{ from: '2026-12-24', to: '2026-12-26', open: [] }, { from: '2026-12-31', to: '2026-12-31', open: [{ opens: '09:00', closes: '12:00' }], note: english('Eve') }]
		};
		expect(give({ ...full, hours }).schedules).toMatchObject([
			{ description: 'FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1', opens_at: '09:00' },
			{ freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR,SA,SU', valid_from: '2026-01-01' },
			{ description: 'FREQ=DAILY;INTERVAL=2' },
			{ freq: 'WEEKLY', byday: 'MO', until: '2026-06-30' },
			{ valid_from: '2026-12-24', valid_to: '2026-12-26', description: 'Closed' },
			{ valid_from: '2026-12-31', opens_at: '09:00', closes_at: '12:00', description: 'Eve' }
		]);
	}); // prettier-ignore
});

describe('tables', () => {
	it('give back a service built new', async () => {
		const [draft] = await readBack(await tables([give(full)], '3.1'));
		const {
			id: _id,
			kind: _kind,
			critical: _critical,
			verified: _verified,
			mayHandOver: _may,
			...fields
		} = full;
		expect(draft?.fields).toEqual(fields);
	});

	it('hold a part that services share once, and cells with every sign', async () => {
		const organization = { id: 'o', name: 'A "b", c\nd', description: ' x ' };
		const files = await tables([{ id: 'a', name: 'A', organization }, { id: 'b', name: 'B', organization }], '3.0'); // prettier-ignore
		expect(files['organizations.csv']?.split('\n')).toHaveLength(4);
		expect((await readBack(files)).map((draft) => draft.raw)).toEqual([
			{ id: 'a', name: 'A', organization_id: 'o', organization },
			{ id: 'b', name: 'B', organization_id: 'o', organization }
		]);
	});

	it('are those of their version', async () => {
		expect(Object.keys(await tables([], '3.0'))).toHaveLength(21);
		expect(Object.keys(await tables([], '3.1'))).toHaveLength(24);
		const { resources } = hsdsDataPackage('3.0') as { resources: { path: string }[] };
		expect(resources.map(({ path }) => path)).toEqual(Object.keys(await tables([], '3.0')));
	});
});

const examples = new URL('../../../../../../shared/data/hsds/', import.meta.url);

describe.each([['3.0', '3.0'], ['3.1-dev', '3.1']] as const)('HSDS %s (skipped without ../shared)', (folder, version) => {
	const at = new URL(`${folder}/`, examples);
	const there = existsSync(at);
	const example = () => JSON.parse(readFileSync(new URL('examples/service_full.json', at), 'utf8')) as HsdsRecord;

	/** What the official schema says about a service. */
	function faults(service: HsdsRecord) {
		const ajv = new Ajv({ allErrors: true, strict: false });
		addFormats.default(ajv);
		for (const name of readdirSync(new URL('schema/', at)))
			if (name !== 'openapi.json') ajv.addSchema(JSON.parse(readFileSync(new URL(`schema/${name}`, at), 'utf8')) as object, name);
		const check = ajv.getSchema('service.json');
		if (!check) throw new Error('There is no schema of a service');
		check(service);
		return check.errors ?? [];
	}

	it.skipIf(!there)('the example goes out as it came, and is valid', () => {
		expect(edited(example(), {})).toEqual(example());
		expect(faults(edited(example(), {}))).toEqual([]);
		const { id: _id, verified: _verified, ...fields } = full;
		expect(faults(edited(example(), fields))).toEqual([]);
	});

	it.skipIf(!there)('a service built new is valid', () => {
		expect(faults(give(full))).toEqual([]);
		expect(faults(give(sampleService()))).toEqual([]);
		expect(faults({ ...give(full), status: 'asleep' })).not.toEqual([]);
	});

	it.skipIf(!there)('the example comes back from tables', async () => {
		const [draft] = await readBack(await tables([example()], version));
		const came = example();
		// The places of an organisation come back only where a service is given.
		delete (came.organization as HsdsRecord).locations;
		expect(draft?.raw).toMatchObject(came);
	});

	it.skipIf(!there)('the tables of the example come back, row by row', async () => {
		const csv = new URL('examples/csv/', at);
		const names = readdirSync(csv).filter((name) => name.endsWith('.csv'));
		const came = Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, csv), 'utf8').trim()]));
		const [draft] = await readBack(came);
		const out = await tables([draft?.raw as HsdsRecord], version);
		let compared = 0;
		for (const { file, columns } of hsdsTables.values()) {
			const rows = out[file]?.trim().split('\n') ?? [];
			// Columns may stand in another order, and rows that belong to no service have not come in.
			if (rows.length < 2) continue;
			const sorted = (text: string, header: string[]) => {
				const cells = text.match(/(?:"(?:[^"]|"")*"|[^,]*)(?:,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? [];
				return Object.fromEntries(header.map((column, index) => [column, (cells[index] ?? '').replace(/^"|"$/g, '')]));
			};
			const [header = '', row = ''] = came[file]?.split(/\r?\n/) ?? [];
			expect(columns).toEqual(expect.arrayContaining(header.split(',')));
			expect(sorted(rows[1] ?? '', rows[0]?.split(',') ?? [])).toMatchObject(sorted(row, header.split(',')));
			compared += 1;
		}
		expect(compared).toBe(16);
	});
}); // prettier-ignore
