import { describe, expect, it } from 'vitest';
import {
	connectedTo,
	written,
	fi,
	sv,
	en,
	id,
	location,
	MODIFIED,
	source,
	oneDraft
} from './ptv-11-fixtures.ts';

describe('texts of a service', () => {
	it('are taken by their type, plain, in each language', async () => {
		const { fields, draft, lines } = await oneDraft({
			serviceDescriptions: [
				fi('<p>Neuvomme <b>sinua</b>.</p><ul><li>maksutta</li></ul>', 'Description'),
				fi('Lyhyesti', 'Summary'),
				sv('Kort', 'Summary'),
				fi('Varaa aika.', 'UserInstruction'),
				fi('5 € kerralta', 'ChargeTypeAdditionalInfo'),
				{ language: 'fi', value: null, type: 'DeadLine' }
			],
			requirements: [fi('Olet täysi-ikäinen.')],
			serviceChargeType: 'Chargeable'
		});
		expect(fields).toMatchObject({
			name: { fi: written('Neuvonta'), sv: written('Rådgivning') },
			description: { fi: written('Neuvomme sinua.\n• maksutta') },
			summary: { fi: written('Lyhyesti'), sv: written('Kort') },
			apply: { fi: written('Varaa aika.') },
			eligibility: { fi: written('Olet täysi-ikäinen.') },
			fees: { fi: written('5 € kerralta'), sv: written('Avgiftsbelagd'), en: written('Chargeable') },
			municipalities: [],
			serviceLanguages: ['fi'],
			source
		});
		expect(draft).toMatchObject({ id: id(1), where: 'file 1 record 1', changed: `${MODIFIED}Z` });
		expect(lines).toEqual([]);
	});

	it('are left out where they only repeat the Finnish ones, and in a language that is none', async () => {
		const { fields, lines } = await oneDraft({
			serviceNames: [
				fi('Kela', 'Name'),
				sv('KELA ', 'Name'),
				en('Kela', 'Name'),
				{ ...fi('x', 'Name'), language: 'xx' }
			]
		});
		expect(fields.name).toEqual({ fi: written('Kela') });
		expect(lines).toMatchObject([{ outcome: 'mended', code: 'unknown_language', found: 'xx', id: id(1) }]);
	});

	it('hold no markup and no script', async () => {
		const { fields } = await oneDraft({
			serviceNames: [
				fi('<script>alert(1)</script>Ne&shy;uvonta <img src=x onerror=alert(1)>\n&amp; tuki', 'Name')
			]
		});
		expect(fields.name?.fi?.text).not.toMatch(/[<>]|alert/);
		expect(fields.name?.fi?.text).toMatch(/uvonta & tuki$/);
	});

	it('are filled from the general description, which also says what is charged', async () => {
		const general = {
			id: id(9),
			names: [fi('Pohja', 'Name'), en('Guidance', 'Name')],
			descriptions: [fi('Pohjan tiivistelmä', 'Summary'), fi('Pohjan kuvaus', 'Description')],
			requirements: [fi('Pohjan ehto')],
			serviceClasses: [{ code: 'P7.4' }],
			serviceChargeType: 'FreeOfCharge',
			publishingStatus: 'Published'
		};
		const { fields } = await oneDraft(
			{
				generalDescriptionId: id(9),
				serviceDescriptions: [fi('Oma tiivistelmä', 'Summary')],
				serviceChargeType: 'Chargeable',
				serviceClasses: [{ code: null, newUri: 'http://uri.suomi.fi/codelist/ptv/ptvserclass/code/P6.8' }]
			},
			general
		);
		expect(fields).toMatchObject({
			name: { fi: written('Neuvonta'), sv: written('Rådgivning'), en: written('Guidance') },
			summary: { fi: written('Oma tiivistelmä') },
			description: { fi: written('Pohjan kuvaus') },
			eligibility: { fi: written('Pohjan ehto') },
			fees: { fi: written('Maksuton') },
			topics: ['education.upper-secondary', 'rights-safety.legal-aid']
		});
		const { lines } = await oneDraft({ generalDescriptionId: id(9) });
		expect(lines).toMatchObject([{ code: 'missing_general_description', found: id(9) }]);
	});

	it('name the organisation that is responsible, in its languages where its record is there', async () => {
		const organizations = [
			{ roleType: 'Producer', organization: { id: id(21), name: 'Tuottaja' } },
			{ roleType: 'Responsible', organization: { id: id(20), name: 'Kunta' } }
		];
		const alone = await oneDraft({ organizations });
		expect(alone.fields.provider).toEqual({ fi: written('Kunta') });
		const organisation = {
			id: id(20),
			organizationNames: [fi('Kunta', 'Name'), fi('Meidän kunta', 'AlternativeName'), sv('Kommun', 'Name')],
			displayNameType: [{ language: 'fi', type: 'AlternativeName' }]
		};
		const known = await oneDraft({ organizations }, organisation);
		expect(known.fields.provider).toEqual({ fi: written('Meidän kunta'), sv: written('Kommun') });
	});
});

describe('languages, areas and dates of a service', () => {
	it('languages are BCP 47', async () => {
		const { fields, lines } = await oneDraft({
			languages: ['ku', 'prs', 'sgn-fi', 'no', 'sh', 'FI', 'string', null]
		});
		expect(fields.serviceLanguages).toEqual(['ku', 'prs', 'fse', 'no', 'sr-Latn', 'fi']);
		expect(lines).toMatchObject([{ code: 'unknown_language', found: 'string' }]);
	});

	it.each([
		[
			'municipalities',
			{ type: 'Municipality', municipalities: [{ code: '426' }, { code: '911' }] },
			['426', '541']
		],
		['a region', { type: 'Region', code: '21' }, expect.arrayContaining(['478', '035'])],
		['a region, as it was called', { type: 'Province', code: '16' }, expect.arrayContaining(['272'])],
		['a county', { type: 'WellbeingServiceCounty', code: '04' }, ['092', '245']],
		[
			'a county that is a region',
			{ type: 'WellbeingServiceCounty', code: '18' },
			expect.arrayContaining(['272'])
		],
		[
			'a hospital district',
			{ type: 'HospitalRegions', code: '5', municipalities: [{ code: '091' }] },
			['091']
		]
	])('%s are municipality codes', async (_what, area, expected) => {
		const { fields, lines } = await oneDraft({ areaType: 'LimitedType', areas: [area] });
		expect(fields.municipalities).toEqual(expected);
		expect(lines).toEqual([]);
	});

	it('an area that is not known is never taken for the whole country', async () => {
		const { fields, lines } = await oneDraft({
			areaType: 'LimitedType',
			areas: [
				{ type: 'BusinessSubRegion', code: '7' },
				{ type: 'Municipality', municipalities: [{ code: '999' }] }
			]
		});
		expect(fields).not.toHaveProperty('municipalities');
		expect(lines.map(({ code, found }) => [code, found])).toEqual([
			['unknown_area', 'BusinessSubRegion 7'],
			['unknown_municipality', '999']
		]);
		expect((await oneDraft({ areaType: 'string' })).lines).toMatchObject([{ code: 'unknown_value' }]);
	});

	it('an area that is not told is where its places are', async () => {
		const more = { areaType: null, serviceChannels: connectedTo(7) };
		const { fields } = await oneDraft(more, location(7));
		expect(fields.municipalities).toEqual(fields.places?.map(({ municipality }) => municipality));
		expect(fields.municipalities).toHaveLength(1);
		const told = await oneDraft({ ...more, areaType: 'Nationwide' }, location(7));
		expect(told.fields.municipalities).toEqual([]);
	});

	it('deadlines and times stand below how the service is got, also where a general description says that', async () => {
		const general = {
			id: id(9),
			names: [fi('Pohja')],
			descriptions: [fi('Hae verkossa', 'UserInstruction'), fi('2 kuukautta', 'ProcessingTime')],
			publishingStatus: 'Published'
		};
		const { fields } = await oneDraft(
			{
				generalDescriptionId: id(9),
				serviceDescriptions: [fi('31.8.', 'DeadLine'), sv('31.8.', 'DeadLine'), fi('', 'ValidityTime')]
			},
			general
		);
		expect(fields.apply?.['fi']?.text).toBe('Hae verkossa\nMääräaika: 31.8.\nKäsittelyaika: 2 kuukautta');
		expect(fields.apply?.['sv']).toBeUndefined();
		const own = await oneDraft({
			serviceDescriptions: [fi('Vuosi', 'ValidityTime'), sv('Ett år', 'ValidityTime')]
		});
		expect(own.fields.apply).toMatchObject({
			fi: written('Voimassaoloaika: Vuosi'),
			sv: written('Giltighetstid: Ett år')
		});
	});

	it('a date in the year 9999 or none at all gives no source', async () => {
		for (const modified of ['9999-12-31T23:59:59', null, 'yesterday']) {
			const { fields, lines } = await oneDraft({ modified });
			expect(fields).not.toHaveProperty('source');
			expect(lines).toMatchObject([{ code: 'no_date' }]);
		}
	});
});
