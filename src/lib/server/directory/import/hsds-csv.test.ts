import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import { readHsdsFiles, readHsdsZip } from './hsds-csv.ts';
import type { InputFile } from '#lib/server/directory/draft.ts';
import type { ZipLimits } from './zip-files.ts';

const options = { language: 'en', country: 'FI', from: 'City register', on: '2026-03-01' } as const;

async function* chunks(bytes: Uint8Array, size = 1000) {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const files = (texts: Record<string, string | Uint8Array>): InputFile[] =>
	Object.entries(texts).map(([name, text]) => ({
		name,
		open: () => chunks(typeof text === 'string' ? Buffer.from(text) : text)
	}));

const all = (texts: Record<string, string | Uint8Array>) =>
	collect((report) => readHsdsFiles(files(texts), options, report));

const fromZip = (bytes: Uint8Array, limits?: ZipLimits) =>
	collect((report) =>
		readHsdsZip({ name: 'a.zip', open: () => chunks(bytes, 50_000) }, options, report, limits)
	);

/** A zip archive (PKWARE APPNOTE 4.3): local headers with data, central directory, end. */
function zip(texts: Record<string, string | Uint8Array>, said?: number): Buffer {
	const parts: Buffer[] = [];
	const central: Buffer[] = [];
	let offset = 0;
	for (const [name, text] of Object.entries(texts)) {
		const plain = Buffer.from(text);
		const packed = deflateRawSync(plain);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(8, 4);
		common.writeUInt32LE(crc32(plain), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(said ?? plain.length, 18);
		common.writeUInt16LE(name.length, 22);
		const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, tail, Buffer.from(name)]));
		parts.push(local);
		offset += local.length;
	}
	const directory = Buffer.concat(central);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(central.length, 8);
	end.writeUInt16LE(central.length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, directory, end]);
}

const services = 'id,name,status\na,Advice,active\nb,Bread,active\n';

describe('tables of HSDS', () => {
	it('are put together by their ids', async () => {
		const { drafts, report } = await all({
			'phones.csv': 'id,service_id,location_id,contact_id,number,extension\np1,a,,,017 182 111,12\np2,,a,,112,\np3,,,c1,040 123 4567,\n',
			'services.csv': 'id,organization_id,name,status,minimum_age\na,o,Advice,active,18\nb,o,Bread,active,x\n',
			'organizations.csv': 'id,name,description,parent_organization_id\no,Kuopio,,o\n',
			'locations.csv': 'id,location_type,name,latitude,longitude\na,physical,Library,62.89,27.68\n',
			'service_at_location.csv': 'id,service_id,location_id\ns1,a,a\n',
			'contacts.csv': 'id,service_id,name\nc1,a,Ann\n',
			'languages.csv': 'id,phone_id,code\nx,p1,ar\n',
			'attributes.csv': 'id,link_id,taxonomy_term_id,link_entity\nt1,a,t,service\nt2,a,t,location\nt3,b,t,\nt4,b,t,location\n',
			'taxonomy_terms.csv': 'id,name,description,taxonomy_id\nt,Housing,,v\n',
			'taxonomies.csv': 'id,name\nv,Topics\n',
			'readme.txt': 'Nothing to read here'
		});
		expect(report).toEqual([]);
		const organization = { id: 'o', name: 'Kuopio', parent_organization_id: 'o' };
		const taxonomy_term = { id: 't', name: 'Housing', taxonomy_id: 'v', taxonomy_detail: { id: 'v', name: 'Topics' } };
		expect(drafts.map((draft) => draft.raw)).toEqual([
			{
				id: 'a', organization_id: 'o', name: 'Advice', status: 'active', minimum_age: 18, organization,
				phones: [{ id: 'p1', service_id: 'a', number: '017 182 111', extension: 12, languages: [{ id: 'x', phone_id: 'p1', code: 'ar' }] }],
				contacts: [{ id: 'c1', service_id: 'a', name: 'Ann', phones: [{ id: 'p3', contact_id: 'c1', number: '040 123 4567' }] }],
				service_at_locations: [{
					id: 's1', service_id: 'a', location_id: 'a',
					location: {
						id: 'a', location_type: 'physical', name: 'Library', latitude: 62.89, longitude: 27.68,
						phones: [{ id: 'p2', location_id: 'a', number: '112' }],
						attributes: [{ id: 't2', link_id: 'a', taxonomy_term_id: 't', link_entity: 'location', taxonomy_term }]
					}
				}],
				attributes: [{ id: 't1', link_id: 'a', taxonomy_term_id: 't', link_entity: 'service', taxonomy_term }]
			},
			{ id: 'b', organization_id: 'o', name: 'Bread', status: 'active', minimum_age: 'x', organization, attributes: [
				{ id: 't3', link_id: 'b', taxonomy_term_id: 't', taxonomy_term },
				{ id: 't4', link_id: 'b', taxonomy_term_id: 't', link_entity: 'location', taxonomy_term }
			] }
		]);
		expect(drafts[0]?.where).toBe('services.csv line 2');
		expect(drafts[0]?.fields.topics).toEqual(['housing']);
	}); // prettier-ignore

	it.each([
		['semicolons', services.replaceAll(',', ';')],
		['tabs', services.replaceAll(',', '\t')],
		['lines of Windows', services.replaceAll('\n', '\r\n')],
		['lines of old Macs', services.replaceAll('\n', '\r')],
		['a byte-order mark', `\ufeff${services}`],
		['UTF-16', Buffer.from(`\ufeff${services}`, 'utf16le')],
		['quotes', 'id,name,status\n"a","Advice","active"\n"b","Bread","active"'],
		['quotes in the header', '"id, of ours";"id";"name"\n1;a;Advice\n2;b;Bread\n'],
		['capitals and spaces in the header', 'ID, Name ,STATUS\na,Advice,active\nb,Bread,active\n'],
		['empty lines', services.replaceAll('\n', '\n\n')],
		['no last line break', services.trimEnd()]
	])('may have %s', async (_, text) => {
		const { ids, drafts, report, error } = await all({ 'services.csv': text });
		expect({ ids, report, error }).toEqual({ ids: ['a', 'b'], report: [], error: undefined });
		expect(drafts[1]?.fields.name).toEqual({ en: { text: 'Bread', origin: 'written' } });
	});

	it('may be in Latin-1, and have line breaks in cells', async () => {
		const text = 'id,name,description\na,Päivä,"Yksi ""kaksi""\nkolme, neljä"\n';
		const { drafts, codes } = await all({ 'services.csv': Buffer.from(text, 'latin1') });
		expect(drafts[0]?.raw).toEqual({ id: 'a', name: 'Päivä', description: 'Yksi "kaksi"\nkolme, neljä' });
		expect(codes).toEqual(['latin_1']);
	});

	it('have each id once, and rows of one length', async () => {
		const { ids, report } = await all({
			'services.csv': `${services}a,Again,active\n,Nameless,active\nc,Short\nd,Long,active,x,y\ne,Extra,active,,\n`,
			'phones.csv': 'id,service_id,number\np,a,112\np,b,112\nq,zz,112\n'
		});
		expect(ids).toEqual(['a', 'b', 'e']);
		expect(report.map(({ where, code }) => `${where} ${code}`)).toEqual([
			'services.csv line 4 duplicate_id',
			'services.csv line 5 no_id',
			'services.csv line 6 bad_row',
			'services.csv line 7 bad_row',
			'phones.csv line 3 duplicate_id',
			'phones.csv belongs_to_no_service'
		]);
	});

	it('do not follow organisations in a circle', async () => {
		const organizations = 'id,name,parent_organization_id\no,One,p\np,Two,o\n';
		const { drafts } = await all({ 'organizations.csv': organizations, 'services.csv': 'id,name,organization_id\na,Advice,o\n' }); // prettier-ignore
		expect(drafts[0]?.fields.provider).toEqual({ en: { text: 'One', origin: 'written' } });
	});

	it('may say in which language services are, and what their files are called', async () => {
		const { drafts } = await all({
			'datapackage.json': JSON.stringify({
				resources: [{ name: 'service', path: 'palvelut.csv' }, null, { name: 7 }]
			}),
			'data/palvelut.csv': services,
			'meta_table_descriptions.csv': 'id,name,language\nm,services,fin\nn,phone,sv\n'
		});
		expect(drafts[0]?.fields.name).toHaveProperty('fi');
	});

	it.each<[string, Record<string, string>, string]>([
		['without services', { 'phones.csv': 'id\n' }, 'unknown_format'],
		['of another kind', { 'services.csv': 'nimi;osoite\na;b\n' }, 'unknown_format'],
		['cut off in a row', { 'services.csv': 'id,name,status\na,Advice,active\nb,Br' }, 'cut_off'],
		['cut off in quotes', { 'services.csv': 'id,name\na,Advice\nb,"Bre' }, 'cut_off'],
		['with a quote that never ends', { 'services.csv': `id,name\na,"x\n${'b,Bread\n'.repeat(200_000)}` }, 'record_too_large']
	])('are not read %s', async (_, texts, code) => {
		const { drafts, error } = await all(texts);
		expect({ drafts, code: error?.code }).toEqual({ drafts: [], code });
	}); // prettier-ignore

	it('tell that the description of the package is broken, and are read', async () => {
		const { ids, codes } = await all({ 'datapackage.json': '{', 'services.csv': services });
		expect({ ids, codes }).toEqual({ ids: ['a', 'b'], codes: ['bad_datapackage'] });
	});

	it('skip what no store keeps', async () => {
		const { ids, codes } = await all({
			'services.csv': 'id,name,constructor\na,Advice,x\nb,Br\0ead,\nc,Care,\n'
		});
		expect({ ids, codes }).toEqual({ ids: ['c'], codes: ['forbidden_key', 'nul'] });
	});

	it('of 20 000 services with 40 000 rows of phones take little memory', async () => {
		const rows = (count: number, row: (n: number) => string): InputFile['open'] =>
			async function* () {
				for (let n = 0; n < count; n += 100)
					yield Buffer.from(Array.from({ length: 100 }, (_, at) => row(n + at)).join(''));
			};
		const open = (name: string, header: string, count: number, row: (n: number) => string): InputFile => ({
			name,
			open: async function* () {
				yield Buffer.from(`${header}\n`);
				yield* rows(count, row)();
			}
		});
		const input = [
			open('services.csv', 'id,name,description', 20_000, (n) => `s${n},Service ${n},${'x'.repeat(300)}\n`),
			open('phones.csv', 'id,service_id,number', 40_000, (n) => `p${n},s${n % 20_000},040 ${1_000_000 + n}\n`)
		];
		let phones = 0;
		let most = 0;
		for await (const draft of readHsdsFiles(input, options, () => expect.unreachable())) {
			phones += draft.fields.phones?.length ?? 0;
			if (phones % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
		}
		expect(phones).toBe(40_000);
		expect(most).toBeLessThan(500_000_000);
	});
});

describe('a zip archive', () => {
	it('holds the tables, perhaps in a folder', async () => {
		const { ids, report } = await fromZip(zip({ 'hsds/services.csv': services, 'hsds/picture.png': 'x' }));
		expect({ ids, report }).toEqual({ ids: ['a', 'b'], report: [] });
	});

	it.each<[string, Uint8Array, string]>([
		['nothing', Buffer.alloc(0), 'empty'],
		['text', Buffer.from(services), 'unknown_format'],
		['half an archive', zip({ 'services.csv': services }).subarray(0, 80), 'cut_off'],
		['other files', zip({ 'a.docx': 'x' }), 'unknown_format'],
		['a way out of it', zip({ '../services.csv': services }), 'bad_zip'],
		['a file that is larger than it says', zip({ 'services.csv': services }, 5), 'bad_zip'],
		['a bomb', zip({ 'services.csv': `id,name\n${'a'.repeat(20_000_000)}` }), 'zip_too_large'],
		['a bomb that lies', zip({ 'services.csv': `id,name\n${'a'.repeat(20_000_000)}` }, 100), 'bad_zip']
	])('is not %s', async (_, bytes, code) => {
		const { drafts, error } = await fromZip(bytes);
		expect({ drafts, code: error?.code }).toEqual({ drafts: [], code });
	});

	it('has limits', async () => {
		const bytes = zip({ 'services.csv': services, 'phones.csv': 'id\n' });
		const limits = { packed: 1000, inflated: 1000, ratio: 10, files: 2 };
		expect((await fromZip(bytes, limits)).error).toBeUndefined();
		for (const limit of ['packed', 'inflated', 'files'] as const)
			expect((await fromZip(bytes, { ...limits, [limit]: 1 })).error?.code).toBe('zip_too_large');
		expect((await fromZip(bytes, { ...limits, ratio: 0.1 })).error?.code).toBe('zip_too_large');
	});

	it('with broken contents is not read', async () => {
		const bytes = zip({ 'services.csv': services });
		bytes.fill(0xff, 45, 60);
		expect((await fromZip(bytes)).error?.code).toBe('bad_zip');
	});
});

const examples = new URL('../../../../../../shared/data/hsds/', import.meta.url);

describe.each(['3.0', '3.1-dev'])('the official tables of %s (skipped without ../shared)', (version) => {
	const folder = new URL(`${version}/examples/csv/`, examples);

	it.skipIf(!existsSync(folder))('are read from a folder and from an archive', async () => {
		const texts = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder))]));
		const { drafts, error, codes } = await all(texts);
		expect(error).toBeUndefined();
		expect(drafts).toHaveLength(1);
		expect(drafts[0]?.raw).toMatchObject({
			name: 'Community Counselling',
			organization: { name: 'Example Organization Inc.' },
			program: { name: 'Community Mental Health Support' },
			service_at_locations: [{ location: { latitude: 100, addresses: [{ city: 'MyCity' }] }, schedules: [{ wkst: 'TU' }] }],
			cost_options: [{ amount: 35 }]
		});
		// Rows of the example that name no other row: its attribute, its change, what hangs on them, and 3.1's new tables.
		expect(codes.filter((code) => code === 'belongs_to_no_service')).toHaveLength(version === '3.0' ? 4 : 7);
		expect((await fromZip(zip(texts))).drafts).toEqual(drafts);
	}); // prettier-ignore
});
