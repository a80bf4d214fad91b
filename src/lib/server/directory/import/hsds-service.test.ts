import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { serviceFields } from '#lib/domain/service.ts';
import type { Draft, ReportLine } from '#lib/server/directory/draft.ts';
import { partId } from './hsds-place.ts';
import type { HsdsRecord } from './hsds-record.ts';
import { hsdsVersion, readHsdsService } from './hsds-service.ts';

const options = { language: 'en', country: 'FI', from: 'City register', on: '2026-03-01' } as const;

/** Reads a service with an id and a name of its own; what comes out must pass the directory's schema. */
function read(service: HsdsRecord, changed: Partial<typeof options> = {}) {
	const report: ReportLine[] = [];
	const record = { id: 'a1', name: 'Advice', ...service };
	const draft = readHsdsService(record, 'record 1', { ...options, ...changed }, (line) => report.push(line));
	if (draft) expect(problems(draft)).toEqual([]);
	return { draft, fields: draft?.fields, told: report.map((line) => `${line.code} ${line.field}`), report };
}

/** What the directory's schema says about a draft, with the members that the import adds. */
function problems(draft: Draft) {
	const lists = { links: [], phones: [], topics: [], serviceLanguages: [], municipalities: [], critical: [] };
	const result = serviceFields.safeParse({ kind: 'local', ...lists, verified: null, mayHandOver: false, ...draft.fields });
	return result.success ? [] : result.error.issues;
} // prettier-ignore

const english = (text: string) => ({ en: { text, origin: 'written' } });

describe('a service of HSDS', () => {
	it('says in words what it is', () => {
		const { fields, told } = read({
			description: '<p>We help.</p><ul><li>forms</li></ul>',
			eligibility_description: 'Everybody',
			application_process: 'Walk in',
			fees_description: 'Free of charge',
			cost_options: [
				{ id: 'c1', option: 'Interpreter', amount: 35, currency: 'eur', amount_description: 'per hour' },
				{ id: 'c2', option: 'Old price', amount: 5, currency: 'eur', valid_to: '2022-12-31' }
			],
			required_documents: [{ id: 'd1', document: 'Passport &amp; permit' }, { id: 'd2', document: 'a < b' }],
			organization: { id: 'o1', name: 'Kuopio', description: '' },
			status: 'temporarily closed'
		}); // prettier-ignore
		expect(told).toEqual([]);
		expect(fields).toEqual({
			name: english('Advice'),
			source: { title: 'City register', date: '2026-03-01' },
			description: english('We help.\n• forms'),
			eligibility: english('Everybody'),
			apply: english('Walk in'),
			fees: english('Free of charge\nInterpreter: 35 EUR per hour'),
			bring: english('Passport & permit; a < b'),
			provider: english('Kuopio'),
			status: 'paused'
		});
	});

	it('is in the language that its record names, else in that of the import', () => {
		const metadata = [{ id: 'm1', field_name: 'language', replacement_value: 'fin' }];
		expect(read({ metadata }).fields?.name).toHaveProperty('fi');
		expect(read({}, { language: 'sv' } as never).fields?.name).toHaveProperty('sv');
	});

	it('keeps the record as it came, with what nothing here has a place for', () => {
		const record = { assured_date: '2025-01-01', licenses: 'x', own_member: [{ deep: null }] };
		const { draft } = read(record);
		expect(draft?.raw).toEqual({ id: 'a1', name: 'Advice', ...record });
		expect(JSON.stringify(draft?.fields)).not.toContain('2025-01-01');
	});

	it('says when it was changed', () => {
		const { draft } = read({ last_modified: '2023-03-15T10:30:45.123Z' });
		expect(draft?.changed).toBe('2023-03-15T10:30:45.123Z');
		expect(draft?.fields.source?.date).toBe('2023-03-15');
		expect(read({ last_modified: 'yesterday' }).told).toEqual(['bad_date last_modified']);
	});

	it.each<[string, HsdsRecord, string]>([
		['no id', { id: null }, 'no_id'],
		['an id longer than a page', { id: 'x'.repeat(201) }, 'bad_id'],
		['no name', { name: null }, 'no_name'],
		['a name that is only a script', { name: '<script>alert(1)</script>' }, 'no_name']
	])('is skipped with %s', (_, record, code) => {
		const { draft, report } = read(record);
		expect(draft).toBeNull();
		expect(report).toMatchObject([{ where: 'record 1', outcome: 'skipped', code }]);
	});

	it('has no script in any text', () => {
		const evil = 'Help<script>alert(1)</script><img src=x onerror=alert(2)>';
		const { fields } = read({ name: evil, description: evil, organization: { name: evil }, required_documents: [{ document: evil }], phones: [{ number: '112', description: evil }] }); // prettier-ignore
		expect(JSON.stringify(fields)).not.toMatch(/[<>]|alert/);
	});

	it('has links that are safe', () => {
		const { fields, told } = read({
			url: 'https://kuopio.fi/neuvonta?a=1',
			additional_urls: [
				{ url: 'https://kuopio.fi/neuvonta?a=1' },
				{ url: 'javascript:alert(1)' },
				{ url: 'data:text/html,x' },
				{ url: 'https://user:secret@kuopio.fi' },
				{ url: 'http://kuopio.fi' },
				{ url: 'www.kuopio.fi' }
			]
		});
		expect(fields?.links).toEqual([{ url: 'https://kuopio.fi/neuvonta?a=1', language: 'en' }]);
		const field = 'additional_urls.url';
		expect(told).toEqual([`unsafe_link ${field}`, `unsafe_link ${field}`, `unsafe_link ${field}`, `http_link ${field}`, `bad_link ${field}`]); // prettier-ignore
	});

	it('has phones, those of its organisation only where it has none', () => {
		const organization = { id: 'o1', name: 'Kuopio', phones: [{ number: '017 182 111' }] };
		expect(read({ organization }).fields?.phones).toMatchObject([{ number: '+35817182111' }]);
		const { fields, told } = read({
			organization,
			phones: [
				{ number: '0295 419 800', extension: 12, description: 'Desk', languages: [{ code: 'ara' }] },
				{ number: '+358295419800' },
				{ number: '09 123', type: 'fax' },
				{ number: 'none' }
			],
			contacts: [{ name: 'Ann', email: 'ann@kuopio.fi', phones: [{ number: '040 123 4567' }] }, { email: 'ann at kuopio' }],
			email: 'desk@kuopio.fi'
		}); // prettier-ignore
		const source = { title: 'City register', date: '2026-03-01' };
		expect(fields?.phones).toEqual([
			{ number: '+358295419800', label: english('Desk\next. 12'), language: 'ar', source },
			{ number: '+358401234567', source }
		]);
		expect(fields?.emails).toEqual(['desk@kuopio.fi', 'ann@kuopio.fi']);
		expect(told).toEqual(['bad_phone phones.number', 'bad_email email']);
	});

	it('has places with hours, phones and the way in', () => {
		const { fields, told } = read({
			service_at_locations: [
				{
					id: 's1',
					phones: [{ number: '112' }],
					schedules: [{ freq: 'WEEKLY', byday: 'MO', opens_at: '9am', closes_at: '16:00' }],
					location: {
						id: 'l1',
						location_type: 'physical',
						name: 'Library',
						latitude: '62.89',
						longitude: 27.68,
						addresses: [
							{ address_1: 'PL 1', city: 'Kuopio', address_type: 'postal' },
							{ address_1: 'Maaherrankatu 12', address_2: '2nd floor', postal_code: '70100', city: 'Kuopio', country: 'FI', address_type: 'physical' }
						],
						schedules: [{ freq: 'WEEKLY', byday: 'SU', opens_at: '1am', closes_at: '2am' }],
						accessibility: [{ description: 'Ramp', details: 'Ring the bell' }]
					}
				},
				{ id: 's2', location: { location_type: 'virtual', name: 'Video' } },
				{ id: 's3', location: { location_type: 'postal', latitude: 0, longitude: 0, addresses: [{ address_1: 'PL 1', address_type: 'postal' }] } },
				{ id: 's4', location: { latitude: 100, longitude: 101 } },
				{ id: 's4', location: null }
			]
		}); // prettier-ignore
		expect(fields?.places).toEqual([
			{
				id: partId('s1', 'a1'),
				name: english('Library'),
				address: english('Maaherrankatu 12, 2nd floor'),
				postalCode: '70100',
				postOffice: english('Kuopio'),
				municipality: '297',
				latitude: 62.89,
				longitude: 27.68,
				hours: { rules: [{ opens: '09:00', closes: '16:00', from: '2000-01-01', rule: 'FREQ=WEEKLY;BYDAY=MO' }], exceptions: [] },
				phones: [{ number: '112', source: { title: 'City register', date: '2026-03-01' } }],
				access: english('Ramp\nRing the bell')
			},
			{ id: partId('s3', 'a1'), phones: [] },
			{ id: partId('s4', 'a1'), phones: [] }
		]); // prettier-ignore
		expect(told).toEqual([
			'bad_coordinates location.latitude',
			'bad_coordinates location.latitude',
			'duplicate_id service_at_locations.id'
		]);
	});

	it('is classified in our words, and what has none is told', () => {
		const term = (name: string, code = '') => ({
			id: 'x',
			taxonomy_term: { id: 't', code, name, description: '' }
		});
		const area = (extent: string, name = '') => ({ id: 'x', name, extent, extent_type: 'municipality' });
		const { fields, told } = read({
			attributes: [term('Housing'), term('x', 'work.job-search'), term('Underwater hockey'), { id: 'y', value: 'z' }],
			languages: [{ code: 'fin' }, { code: 'sv' }, { code: 'kmr' }, { name: 'Arabic' }, { code: 'da' }, { code: 'qqx' }, { name: 'Elvish' }],
			service_areas: [area('091'), area('Kuopio; Esbo'), area('', 'Iisalmi'), area('588'), area('{"type":"Polygon"}', 'The valley')],
			status: 'sleeping'
		}); // prettier-ignore
		expect(fields?.topics).toEqual(['housing', 'work.job-search']);
		expect(fields?.serviceLanguages).toEqual(['fi', 'sv', 'ku', 'ar', 'da']);
		expect(fields?.municipalities).toEqual(['091', '297', '049', '140', '507']);
		expect(told).toEqual([
			'unknown_value status',
			'unknown_language languages',
			'unknown_language languages',
			'unknown_area service_areas'
		]);
	});

	it('leaves alone here what the source does not know, and empties what it says is empty', () => {
		const lists = ['phones', 'languages', 'service_areas', 'service_at_locations', 'schedules', 'attributes', 'contacts', 'cost_options', 'required_documents', 'metadata', 'additional_urls', 'funding']; // prettier-ignore
		const nothing = read(Object.fromEntries(lists.map((list) => [list, null])));
		expect(nothing.told).toEqual([]);
		expect(Object.keys(nothing.fields ?? {})).toEqual(['name', 'source']);
		const empty = read(Object.fromEntries(lists.map((list) => [list, []])));
		expect(empty.fields).toMatchObject({ phones: [], places: [], serviceLanguages: [], municipalities: [] });
	});

	it('is where its places are, if no area that is known here is said', () => {
		const at = (city: string) => ({
			id: city,
			location: {
				id: city,
				location_type: 'physical',
				addresses: [{ address_1: 'Katu 1', city, country: 'FI' }]
			}
		});
		const places = { service_at_locations: [at('Kiuruvesi'), at('Iisalmi')] };
		expect(read(places).fields?.municipalities).toEqual(['263', '140']);
		expect(read({ ...places, service_areas: [{ extent: 'Kuopio' }] }).fields?.municipalities).toEqual([
			'297'
		]);
	});

	it('survives members of any other type', () => {
		for (const odd of [1, 'x', true, {}, [null], [[]], [1, 'x']] as JsonValue[]) {
			const members = ['phones', 'languages', 'service_areas', 'service_at_locations', 'schedules', 'attributes', 'contacts', 'cost_options', 'required_documents', 'organization', 'description', 'url', 'email', 'status', 'last_modified']; // prettier-ignore
			expect(read(Object.fromEntries(members.map((member) => [member, odd]))).draft).not.toBeNull();
		}
	});

	it('is cut where a text is a book, and tells so', () => {
		const { fields, told } = read({ description: 'x'.repeat(9000) });
		expect(fields?.description?.en?.text).toHaveLength(8000);
		expect(told).toEqual(['text_too_long description']);
	});

	it('reports no more of a value than 80 characters', () => {
		expect(read({ url: `javascript:${'x'.repeat(500)}` }).report[0]?.found).toHaveLength(80);
	});
});

describe('the id of a part', () => {
	it('is its own where it is a UUID, else one that stays the same', () => {
		const own = '3a19ff88-4620-4d17-9830-ac1d859eb5d5';
		expect(partId(own.toUpperCase(), 'a')).toBe(own);
		expect(partId('7', 'a')).toBe(partId('7', 'a'));
		expect(partId('7', 'a')).not.toBe(partId('7', 'b'));
	});
});

const examples = new URL('../../../../../../shared/data/hsds/', import.meta.url);

describe('the official examples', () => {
	it.skipIf(!existsSync(examples)).each(['3.0', '3.1-dev'])(
		'of %s are read (skipped without ../shared)',
		(version) => {
			const file = new URL(`${version}/examples/service_full.json`, examples);
			const service = JSON.parse(readFileSync(file, 'utf8')) as HsdsRecord;
			expect(hsdsVersion(service)).toBe(version.slice(0, 3));
			const { draft, fields, told } = read(service);
			expect(draft?.raw).toEqual(service);
			expect(fields).toMatchObject({
				name: english('Community Counselling'),
				provider: english('Example Organization Inc.'),
				emails: ['email@example.com'],
				serviceLanguages: ['ur'],
				status: 'active',
				phones: [{ number: '+441234234567', language: 'ur' }],
				places: [{ id: 'e94c9f38-1e8f-4564-91d4-d53501ab1765', name: english('MyCity Civic Center') }]
			});
			// The example's rule mixes weeks, days of months and days of years, its place lies beyond the pole.
			expect(new Set(told)).toEqual(new Set(['http_link url', 'bad_rule schedules.bymonthday', 'bad_coordinates location.latitude', 'unknown_area service_areas'])); // prettier-ignore
		}
	);
});
