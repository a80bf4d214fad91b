import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { shownValues } from '#lib/domain/record.ts';
import { BadInput, type InputFile } from '#lib/server/directory/draft.ts';
import { importFiles, type ImportOptions, type Report } from '#lib/server/directory/import-files.ts';
import { createOrganisation } from '#lib/server/first-start.ts';
import { readState } from '#lib/domain/record-text.ts';
import { openStore, type Store } from '#lib/server/storage/store.ts';

/**
 * What files of the field have in them. Each fault has its line, or ends the import with nothing changed; what is sound beside it comes in.
 */

let store: Store;
let organisation: string;
let sources = 0;

beforeAll(async () => {
	store = await openStore(':memory:');
	organisation = await store.write((trx) =>
		createOrganisation(trx, 'Test', { demo: false, now: Date.now() })
	);
});
afterAll(() => store.close());

const file = (name: string, content: string | Uint8Array): InputFile => ({
	name,
	async *open() {
		const bytes = Buffer.from(content as string);
		for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
	}
});

async function bring(files: InputFile[], options: Partial<ImportOptions> = {}) {
	const from = `source ${(sources += 1)}`;
	const report = await importFiles(
		store,
		files,
		{ organisation, from, language: 'fi', ...options },
		Date.now()
	);
	const rows = await store.db
		.selectFrom('imported_entries')
		.innerJoin('records', 'records.id', 'imported_entries.record_id')
		.select(['source_id', 'records.state'])
		.where('source', '=', from)
		.orderBy('source_id')
		.execute();
	const services = rows.map(({ source_id, state }) => ({ id: source_id, ...shownValues(readState(state)) }));
	return { ...report, services: services as ({ id: string } & Record<string, JsonValue | undefined>)[] };
}

/** Changes nothing, with this code. */
async function refused(files: InputFile[], code: string, options?: Partial<ImportOptions>) {
	const count = async () =>
		Number((await store.db.selectFrom('imported_entries').select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()).n); // prettier-ignore
	const before = await count();
	const error: unknown = await bring(files, options).catch((caught: unknown) => caught);
	expect(error).toBeInstanceOf(BadInput);
	expect((error as BadInput).code).toBe(code);
	expect((error as BadInput).message.length).toBeGreaterThan(10);
	expect(await count()).toBe(before);
}

const sound = { id: 'sound', name: 'Kunnossa', status: 'active' };
const hsds = (...records: JsonValue[]) => file('services.json', JSON.stringify([...records, sound]));
const said = ({ lines }: Report) =>
	lines.map(({ outcome, code, field, found }) => [outcome, code, field, found]);

describe('a record of HSDS with a fault', () => {
	const bad = { id: 'bad', name: 'Palvelu', status: 'active' };
	const schedule = (members: object) => ({ ...bad, schedules: [{ id: 'h', ...members }] }) as JsonValue;
	it.each<[string, JsonValue, [string, string, string?, unknown?], number]>([
		['no id', { name: 'x', status: 'active' }, ['skipped', 'no_id', 'id', undefined], 1],
		['no name', { id: 'bad', status: 'active' }, ['skipped', 'no_name', 'name', undefined], 1],
		['null for a name', { ...bad, name: null }, ['skipped', 'no_name', 'name', 'null'], 1],
		['nothing but a script for a name', { ...bad, name: '<script>alert(1)</script>' }, ['skipped', 'no_name', 'name', '<script>alert(1)</script>'], 1],
		['a duplicate id', { ...sound, name: 'Toinen' }, ['skipped', 'duplicate_id', 'id', 'sound'], 1],
		['a link that runs', { ...bad, url: 'javascript:alert(1)' }, ['mended', 'unsafe_link', 'url', 'javascript:alert(1)'], 2],
		['a link with data', { ...bad, url: 'data:text/html,<b>' }, ['mended', 'unsafe_link', 'url', 'data:text/html,<b>'], 2],
		['a link with a password', { ...bad, url: 'https://a:b@example.fi' }, ['mended', 'unsafe_link', 'url', 'https://a:b@example.fi'], 2],
		['an unknown status', { ...bad, status: 'resting' }, ['mended', 'unknown_value', 'status', 'resting'], 2],
		['a time like no other', schedule({ freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '13:00pm' }), ['mended', 'bad_time', 'schedules.closes_at', '13:00pm'], 2],
		['an object for a list', { ...bad, phones: { number: '1' } }, ['mended', 'not_a_list', 'phones', '{"number":"1"}'], 2],
		['a phone in words', { ...bad, phones: [{ id: 'p', number: 'soita' }] }, ['mended', 'bad_phone', 'phones.number', 'soita'], 2],
		['a mail address in words', { ...bad, email: 'kysy tiskiltä' }, ['mended', 'bad_email', 'email', 'kysy tiskiltä'], 2],
		['a change that never was', { ...bad, last_modified: 'eilen' }, ['mended', 'bad_date', 'last_modified', 'eilen'], 2]
	])('%s', async (_, record, line, count) => {
		const report = await bring([record && typeof record === 'object' && 'id' in record && record.id === 'sound' ? file('s.json', JSON.stringify([sound, record])) : hsds(record)]);
		expect(said(report)).toContainEqual(line);
		expect(report.services).toHaveLength(count);
		expect(report.services.at(-1)).toMatchObject({ id: 'sound', name: { fi: { text: 'Kunnossa' } } });
	}); // prettier-ignore

	it('null for every list is none of them, without a word', async () => {
		const nulls = { ...bad, phones: null, schedules: null, service_at_locations: null, languages: null, attributes: null, contacts: null, service_areas: null }; // prettier-ignore
		expect(await bring([hsds(nulls)])).toMatchObject({ read: 2, lines: [] });
	});

	it('tags and scripts leave the text that people wrote, and nothing that runs', async () => {
		const { services } = await bring([
			hsds({
				...bad,
				name: 'Neuvonta <img src=x onerror=alert(1)>',
				description: '<p onclick="x()">Apua</p><script>steal()</script><a href="javascript:x">tästä</a>'
			})
		]);
		expect(services[0]).toMatchObject({ name: { fi: { text: 'Neuvonta' } } });
		const text = JSON.stringify(services[0]);
		for (const part of ['<', 'steal', 'onerror', 'onclick', 'javascript:']) expect(text).not.toContain(part);
		expect(text).toContain('Apua');
	});

	it('hours until the year 9999 are hours without an end', async () => {
		const { services } = await bring([
			hsds(schedule({ freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '16:00', valid_from: '2026-01-01', valid_to: '9999-12-31' }))
		]); // prettier-ignore
		expect(services[0]?.hours).toMatchObject({ rules: [{ rule: 'FREQ=WEEKLY;BYDAY=MO', opens: '09:00' }] });
	});

	it('parents that are each other’s parents end', async () => {
		const term = { id: 't1', code: 'x', name: 'x', parent_id: 't2' };
		const other = { id: 't2', code: 'y', name: 'y', parent_id: 't1' };
		const attributes = [term, other].map((taxonomy_term, at) => ({ id: `a${at}`, taxonomy_term }));
		expect(await bring([hsds({ ...bad, attributes })])).toMatchObject({ read: 2 });
		const tables = await bring([
			file('services.csv', 'id,organization_id,name,status\ns1,o1,Palvelu,active\n'),
			file('organizations.csv', 'id,name,description,parent_organization_id\no1,A,x,o2\no2,B,x,o1\n'),
			file('taxonomy_terms.csv', 'id,code,name,description,parent_id\nt1,x,x,x,t2\nt2,y,y,y,t1\n'),
			file('attributes.csv', 'id,link_id,link_entity,taxonomy_term_id\na1,s1,service,t1\n')
		]);
		expect(tables.read).toBe(1);
		expect(tables.services).toMatchObject([{ id: 's1', provider: { fi: { text: 'A' } } }]);
	});

	it('in a language that the phone does not know comes in under its tag; one that is none is said', async () => {
		const languages = [
			{ id: 'l1', code: 'qqx' },
			{ id: 'l2', code: 'not a code' }
		];
		const report = await bring([hsds({ ...bad, languages })]);
		expect(report.codes).toMatchObject({ unknown_language: 2 });
		expect((await bring([hsds(bad)], { language: 'qqx' })).services[0]).toMatchObject({ name: { qqx: { text: 'Palvelu' } } }); // prettier-ignore
	});
});

describe('a file with a fault', () => {
	const text = JSON.stringify([sound]);

	it('a byte-order mark is passed over', async () => {
		expect(await bring([file('s.json', `\ufeff${text}`)])).toMatchObject({ read: 1, lines: [] });
		expect(await bring([file('s.json', Buffer.from(`\ufeff${text}`, 'utf16le'))], { format: 'hsds-json' })).toMatchObject({ read: 1 }); // prettier-ignore
	});

	it('Latin-1 is read and said', async () => {
		const json = JSON.stringify([{ ...sound, name: 'Työ- ja elinkeinopalvelut Äänekoski' }]);
		const report = await bring([file('s.json', Buffer.from(json, 'latin1'))]);
		expect(said(report)).toEqual([['mended', 'latin_1', undefined, undefined]]);
		expect(report.services[0]).toMatchObject({
			name: { fi: { text: 'Työ- ja elinkeinopalvelut Äänekoski' } }
		});
	});

	it.each([',', ';', '\t', '|'])('cells between %j', async (sign) => {
		const rows = [
			['id', 'name', 'status'],
			['s1', 'Palvelu', 'active']
		];
		expect(await bring([file('services.csv', rows.map((row) => row.join(sign)).join('\n') + '\n')])).toMatchObject({ read: 1 }); // prettier-ignore
	});

	it('rows that are too long or too short are said by their line', async () => {
		const report = await bring([file('services.csv', 'id,name,status\ns1,A\ns2,B,active,x\ns3,C,active\n')]);
		expect(report.lines.map(({ where, code }) => [where, code])).toEqual([
			['services.csv line 2', 'bad_row'],
			['services.csv line 3', 'bad_row']
		]);
		expect(report.services.map(({ id }) => id)).toEqual(['s3']);
	});

	it.each<[string, InputFile, string]>([
		['comments', file('s.json', `// services\n${text}`), 'not_json'],
		['comments within', file('s.json', `[/* x */ ${JSON.stringify(sound)}]`), 'not_json'],
		['half a file', file('s.json', JSON.stringify([sound, sound, sound]).slice(0, -40)), 'cut_off'],
		['half a table', file('services.csv', 'id,name,status\ns1,Palvelu,active\ns2,Pal'), 'cut_off'],
		['a quote without an end', file('services.csv', 'id,name,status\ns1,"Palvelu,active\n'), 'cut_off'],
		['nothing', file('s.json', ''), 'unknown_format'],
		['no services', file('s.json', '{"status":"ok"}'), 'empty'],
		['another thing', file('s.json', '{"cities":["Kiuruvesi"]}'), 'unknown_format'],
		['a picture', file('s.json', readFileSync('static/icon-192.png')), 'unknown_format'],
		['depth without end', file('s.json', `[{"id":"a","status":${'['.repeat(500)}`), 'too_deep'],
		['half a zip', file('s.zip', Buffer.from('PK\x03\x04 no archive')), 'cut_off']
	])('%s', async (_, input, code) => {
		await refused([input], code);
	});

	it('a zip bomb is not opened', async () => {
		await refused([file('s.zip', zipOf('services.csv', Buffer.alloc(50_000_000, 'x')))], 'zip_too_large');
	});

	it('a hundred thousand rows that cannot be read cost lines, not memory [fault 93]', async () => {
		const rows = Array.from({ length: 120_000 }, (_, at) => `s${at},Palvelu`).join('\n');
		const report = await bring([file('services.csv', `id,name,status\n${rows}\ns,Palvelu,active\n`)]);
		expect(report).toMatchObject({ read: 1, skipped: 120_000, codes: { bad_row: 120_000 } });
		expect(report.lines).toHaveLength(1000);
	});
});

describe('a record of the service catalogue with a fault', () => {
	const service = (more: object = {}) => ({
		id: '11111111-1111-4111-8111-111111111111',
		publishingStatus: 'Published',
		modified: '2026-03-04T22:30:00',
		serviceNames: [{ language: 'fi', value: 'Palvelu', type: 'Name' }],
		serviceChannels: [{ serviceChannel: { id: '22222222-2222-4222-8222-222222222222' } }],
		...more
	});
	const channel = (openingHour: object[]) => ({
		id: '22222222-2222-4222-8222-222222222222',
		publishingStatus: 'Published',
		modified: '2026-03-04T22:30:00',
		serviceChannelType: 'ServiceLocation',
		serviceChannelNames: [{ language: 'fi', value: 'Paikka', type: 'Name' }],
		addresses: [
			{
				type: 'Location',
				subType: 'Single',
				streetAddress: {
					street: [{ language: 'fi', value: 'Katu' }],
					streetNumber: '1',
					postalCode: '74700',
					municipality: { code: '263', name: [] }
				}
			}
		],
		serviceHours: [{ serviceHourType: 'DaysOfTheWeek', isClosed: false, validForNow: true, openingHour }]
	});
	const ptv = (...records: object[]) => file('ptv.json', JSON.stringify(records));

	it('an empty dayTo is the day of dayFrom', async () => {
		const hour = { dayFrom: 'Monday', dayTo: '', from: '09:00:00', to: '15:00:00' };
		const { services } = await bring([ptv(service(), channel([hour]))]);
		expect(services[0]?.places).toMatchObject([{ hours: { rules: [{ rule: 'FREQ=WEEKLY;BYDAY=MO', opens: '09:00', closes: '15:00' }] } }]); // prettier-ignore
	});

	it('a time like no other is said, and the place stays', async () => {
		const hour = { dayFrom: 'Monday', dayTo: null, from: '09:00:00', to: '13:00pm' };
		const report = await bring([ptv(service(), channel([hour]))]);
		expect(report.codes).toHaveProperty('bad_time', 1);
		expect(report.services[0]?.places).toMatchObject([{ name: { fi: { text: 'Paikka' } } }]);
	});

	it('null for every list is none of them', async () => {
		const nulls = { serviceDescriptions: null, languages: null, areas: null, serviceClasses: null, requirements: null, serviceChannels: null }; // prettier-ignore
		expect(await bring([ptv(service(nulls))])).toMatchObject({ read: 1 });
	});

	it('a status that is not known, or none, is not for the public', async () => {
		await refused([ptv(service({ publishingStatus: 'Whatever' }))], 'empty');
	});
});

/** An archive with one deflated file, as small as archives can be. */
function zipOf(name: string, content: Buffer): Buffer {
	const packed = deflateRawSync(content);
	const head = Buffer.alloc(26);
	head.writeUInt16LE(20, 0);
	head.writeUInt16LE(8, 4);
	head.writeUInt32LE(packed.length, 14);
	head.writeUInt32LE(content.length, 18);
	head.writeUInt16LE(name.length, 22);
	const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed]);
	const central = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), head, Buffer.alloc(14), Buffer.from(name)]); // prettier-ignore
	const end = Buffer.alloc(18);
	end.writeUInt16LE(1, 4);
	end.writeUInt16LE(1, 6);
	end.writeUInt32LE(central.length, 8);
	end.writeUInt32LE(local.length, 12);
	return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]);
}

describe('a record that has gone bad since the last time', () => {
	const ten = Array.from({ length: 10 }, (_, n) => ({ id: `s${n}`, name: `Palvelu ${n}`, status: 'active' }));
	it.each<[string, (records: JsonValue[]) => InputFile]>([
		['HSDS', (records) => file('services.json', JSON.stringify(records))],
		[
			'HSDS tables',
			(records) =>
				file(
					'services.csv',
					`id,name,status\n${(records as { id: string; name?: string }[]).map(({ id, name = '' }) => `${id},${name},active`).join('\n')}\n`
				)
		]
	])('%s: what stands of it stays; only what its source has no more goes', async (name, write) => {
		const from = `good then bad, ${name}`;
		await bring([write(ten)], { from });
		const [, , ...rest] = ten;
		const report = await bring([write([{ id: 's0', status: 'active' }, ...rest])], { from });
		expect(said(report)).toEqual([['skipped', 'no_name', 'name', undefined]]);
		expect(report).toMatchObject({ removed: 1, unchanged: 8 });
		const rows = await store.db
			.selectFrom('imported_entries')
			.select('source_id')
			.where('source', '=', from)
			.where('gone_at', 'is', null)
			.orderBy('source_id')
			.execute();
		const standing = rows.map(({ source_id }) => source_id);
		expect(standing).toEqual(['s0', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9']);
	});
});

it('a service about safety or rights is critical from its import on: nobody is shown its unchecked words', async () => {
	const { services } = await bring([
		hsds({
			id: 'shelter',
			name: 'Turvakoti',
			status: 'active',
			description: 'Turvaa väkivallalta.',
			attributes: [{ id: 'a', taxonomy_term: { id: 't', code: 'rights-safety.violence', name: 'x' } }]
		})
	]);
	expect(services.find(({ id }) => id === 'shelter')?.['critical']).toEqual(['summary', 'bring']);
	expect(services.find(({ id }) => id === 'sound')?.['critical']).toEqual([]);
});
