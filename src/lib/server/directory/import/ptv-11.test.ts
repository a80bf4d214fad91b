import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { serviceFields } from '#lib/domain/service.ts';
import type { Draft, ReportLine } from '#lib/server/directory/draft.ts';
import { draftsOfPtv11, readPtv11 } from './ptv-11.ts';

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

const draftFields = z.partial(serviceFields);

/** Drafts of inputs in this order, each checked against the directory's schema. */
async function drafts(...inputs: unknown[]): Promise<{ drafts: Draft[]; lines: ReportLine[] }> {
	const lines: ReportLine[] = [];
	const sources = inputs.map((input, index) => ({
		name: `file ${index + 1}`,
		open: () => pieces(Buffer.from(typeof input === 'string' ? input : JSON.stringify(input)))
	}));
	const found = await Array.fromAsync(draftsOfPtv11(sources, (line) => lines.push(line)));
	for (const { fields } of found) z.parse(draftFields, fields);
	return { drafts: found, lines };
}

const written = (text: string) => ({ text, origin: 'written' });
const fi = (value: string, type?: string) => ({ language: 'fi', value, ...(type && { type }) });
const sv = (value: string, type?: string) => ({ language: 'sv', value, ...(type && { type }) });
const en = (value: string, type?: string) => ({ language: 'en', value, ...(type && { type }) });

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const MODIFIED = '2026-03-04T22:30:00.123456';
const source = { title: 'Suomi.fi', date: '2026-03-05' };

const service = (more: object = {}) => ({
	id: id(1),
	type: 'Service',
	serviceNames: [fi('Toinen nimi', 'AlternativeName'), fi('Neuvonta', 'Name'), sv('Rådgivning', 'Name')],
	serviceDescriptions: [],
	areaType: 'Nationwide',
	areas: [],
	languages: ['fi'],
	serviceClasses: [],
	requirements: null,
	serviceChannels: null,
	organizations: [],
	publishingStatus: 'Published',
	modified: MODIFIED,
	...more
});

const channel = (number: number, serviceChannelType: string, more: object = {}) => ({
	id: id(number),
	serviceChannelType,
	serviceChannelNames: [fi(`Kanava ${number}`, 'Name')],
	publishingStatus: 'Published',
	modified: MODIFIED,
	...more
});

const connectedTo = (...numbers: number[]) =>
	numbers.map((number) => ({ serviceChannel: { id: id(number), name: 'x' }, contactDetails: null }));

/** The one draft of a service with these members and of further records. */
async function oneDraft(more: object, ...others: unknown[]) {
	const { drafts: found, lines } = await drafts([service(more), ...others]);
	expect(found).toHaveLength(1);
	return { fields: found[0]!.fields, draft: found[0]!, lines };
}

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
			description: { fi: written('Neuvomme sinua.\n\n- maksutta') },
			summary: { fi: written('Lyhyesti'), sv: written('Kort') },
			apply: { fi: written('Varaa aika.') },
			eligibility: { fi: written('Olet täysi-ikäinen.') },
			fees: { fi: written('5 € kerralta'), sv: written('Avgiftsbelagd'), en: written('Chargeable') },
			municipalities: [],
			serviceLanguages: ['fi'],
			source
		});
		expect(draft).toMatchObject({ id: id(1), where: 'file 1 record 1', changed: MODIFIED });
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

	it('a date in the year 9999 or none at all gives no source', async () => {
		for (const modified of ['9999-12-31T23:59:59', null, 'yesterday']) {
			const { fields, lines } = await oneDraft({ modified });
			expect(fields).not.toHaveProperty('source');
			expect(lines).toMatchObject([{ code: 'no_date' }]);
		}
	});
});

const location = (number: number, more: object = {}, latitude = '6834688.027') =>
	channel(number, 'ServiceLocation', {
		addresses: [
			{
				type: 'Location',
				subType: 'Single',
				streetAddress: {
					street: [fi('Otavantie'), sv('Otavantie'), { language: 'se', value: null }],
					streetNumber: '2 B',
					postalCode: '50670',
					postOffice: [fi('OTAVA'), sv('OTAVA')],
					municipality: { code: '491' },
					additionalInformation: [fi('2. kerros'), en('2nd floor')],
					latitude,
					longitude: '503879.049'
				},
				entrances: [
					{
						isMainEntrance: true,
						accessibilitySentences: [
							{ sentences: [{ sentence: [fi('Luiska.'), sv('Ramp.')] }, { sentence: [fi('Hissi.')] }] }
						]
					}
				]
			},
			{ type: 'Postal', streetAddress: { street: [fi('PL 1')] } }
		],
		phoneNumbers: [{ type: 'Phone', prefixNumber: '+358', number: '0447943552', language: 'fi' }],
		serviceHours: [
			{
				serviceHourType: 'DaysOfTheWeek',
				openingHour: [{ dayFrom: 'Monday', dayTo: '', from: '08:00:00', to: '16:00:00' }]
			}
		],
		...more
	});

describe('channels of a service', () => {
	it('a location is a place with position, hours, telephone and how to get in', async () => {
		const { fields, lines } = await oneDraft({ serviceChannels: connectedTo(2) }, location(2));
		expect(fields.places).toEqual([
			{
				id: id(2),
				name: { fi: written('Kanava 2') },
				address: { fi: written('Otavantie 2 B, 2. kerros'), en: written('Otavantie 2 B, 2nd floor') },
				postalCode: '50670',
				postOffice: { fi: written('OTAVA') },
				municipality: '491',
				latitude: 61.645467,
				longitude: 27.07321,
				hours: {
					rules: [{ opens: '08:00', closes: '16:00', from: '2000-01-01', rule: 'FREQ=WEEKLY;BYDAY=MO' }],
					exceptions: []
				},
				phones: [{ number: '+358447943552', source }],
				access: { fi: written('Luiska.\nHissi.'), sv: written('Ramp.') }
			}
		]);
		expect(fields).toMatchObject({ links: [], phones: [], emails: [] });
		expect(lines).toEqual([]);
	});

	it('may come before or after the service, in one input or several, and may be named by either side', async () => {
		const withChannel = service({ serviceChannels: connectedTo(2) });
		const naming = location(2, { services: [{ service: { id: id(1), name: 'x' } }] });
		const inputs = [
			[[withChannel, location(2)]],
			[[location(2), withChannel]],
			[[withChannel], [location(2)]],
			[{ [id(2)]: location(2) }, { pageNumber: 1, itemList: [withChannel] }],
			[[service(), naming]],
			[[withChannel, naming]]
		];
		for (const input of inputs) {
			const found = await drafts(...input);
			expect(found.drafts.map(({ fields }) => fields.places?.length)).toEqual([1]);
			expect(found.lines).toEqual([]);
		}
	});

	it('a name is the one that the channel wants to be shown', async () => {
		const named = location(2, {
			serviceChannelNames: [
				fi('Virallinen', 'Name'),
				fi('Tuttu', 'AlternativeName'),
				sv('Officiell', 'Name')
			],
			displayNameType: [
				{ language: 'fi', type: 'AlternativeName' },
				{ language: 'sv', type: 'AlternativeName' }
			]
		});
		const { fields } = await oneDraft({ serviceChannels: connectedTo(2) }, named);
		expect(fields.places?.[0]?.name).toEqual({ fi: written('Tuttu'), sv: written('Officiell') });
	});

	it('coordinates that are degrees, and a place without an address, are reported', async () => {
		const degrees = location(2, {}, '60.17');
		const { fields, lines } = await oneDraft(
			{ serviceChannels: connectedTo(2, 3) },
			degrees,
			location(3, { addresses: [] })
		);
		expect(fields.places?.[0]).not.toHaveProperty('latitude');
		// What belongs to no place is not lost.
		expect(fields.phones).toEqual([{ number: '+358447943552', source }]);
		expect(lines.map(({ code, found, id: of }) => [code, found, of])).toEqual([
			['bad_coordinates', '60.17 503879.049', id(2)],
			['no_place', undefined, id(3)]
		]);
	});

	it('e-services, pages and forms are links: e-services first, Finnish first, and only https', async () => {
		const { fields, lines } = await oneDraft(
			{ serviceChannels: connectedTo(2, 3, 4) },
			channel(2, 'WebPage', {
				webPages: [
					{ url: 'https://www.kunta.fi/sv', language: 'sv' },
					{ url: 'https://www.kunta.fi/fi', language: 'fi' },
					{ url: 'http://www.kunta.fi/vanha', language: 'fi' },
					{ url: 'http://ei-tiedossa.fi/', language: 'fi' },
					{ url: 'javascript:alert(1)', language: 'fi' },
					{ url: 'data:text/html,x', language: 'fi' },
					{ url: 'https://user:pw@kunta.fi/', language: 'fi' },
					{ url: 'www.kunta.fi', language: 'fi' },
					{ url: null, language: 'fi' }
				]
			}),
			channel(3, 'PrintableForm', {
				channelUrls: [{ ...fi('https://www.kunta.fi/lomake.pdf'), type: 'PDF' }]
			}),
			channel(4, 'EChannel', {
				webPages: [{ url: 'https://asiointi.kunta.fi/hae?a=1&b=<2>', language: 'fi' }],
				supportEmails: [fi('tuki@kunta.fi'), fi('mailto:TUKI@kunta.fi'), fi('ei osoite')],
				supportPhones: [
					{ prefixNumber: null, isFinnishServiceNumber: true, number: '0295 020 714', language: 'fi' }
				]
			})
		);
		expect(fields.links?.map(({ url, language }) => `${language} ${url}`)).toEqual([
			'fi https://asiointi.kunta.fi/hae?a=1&b=%3C2%3E',
			'fi https://www.kunta.fi/fi',
			'fi https://www.kunta.fi/vanha',
			'fi https://www.kunta.fi/lomake.pdf',
			'sv https://www.kunta.fi/sv'
		]);
		expect(fields.emails).toEqual(['tuki@kunta.fi']);
		expect(fields.phones).toEqual([{ number: '+358295020714', source }]);
		expect(lines.map(({ code, found }) => `${code} ${found}`)).toEqual([
			'bad_email ei osoite',
			'unsafe_link http://ei-tiedossa.fi/',
			'unsafe_link javascript:alert(1)',
			'unsafe_link data:text/html,x',
			'unsafe_link https://user:pw@kunta.fi/',
			'unsafe_link www.kunta.fi'
		]);
	});

	it('telephone channels are numbers, once each with labels in all languages, and telephone hours', async () => {
		const phone = (number: string, more: object = {}) => ({
			type: 'Phone',
			prefixNumber: '+358',
			number,
			language: 'fi',
			...more
		});
		const { fields, lines } = await oneDraft(
			{ serviceChannels: connectedTo(2) },
			channel(2, 'Phone', {
				phoneNumbers: [
					phone('401234567', { additionalInformation: 'Ajanvaraus', chargeDescription: 'pvm/mpm' }),
					phone('40 123 4567', { additionalInformation: 'Tidsbokning', language: 'sv' }),
					phone('50-111222', { type: 'Sms' }),
					phone('91234', { type: 'Fax' }),
					phone('116117', { prefixNumber: null, isFinnishServiceNumber: true }),
					phone('soita meille')
				],
				serviceHours: [
					{
						serviceHourType: 'DaysOfTheWeek',
						openingHour: [{ dayFrom: 'Monday', dayTo: 'Friday', from: '09:00', to: '11:00' }]
					}
				]
			})
		);
		expect(fields.phones).toEqual([
			{
				number: '+358401234567',
				label: { fi: written('Ajanvaraus · pvm/mpm'), sv: written('Tidsbokning') },
				source
			},
			{ number: '+35850111222', label: { fi: written('SMS') }, source },
			{ number: '116117', source }
		]);
		expect(fields.hours?.rules).toMatchObject([
			{ opens: '09:00', rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', note: { fi: written('Puhelinaika') } }
		]);
		expect(lines).toMatchObject([{ code: 'bad_phone', found: '+358 soita meille', id: id(2) }]);
	});

	it('hours of several telephone channels say whose they are, without exceptions of one closing another', async () => {
		const hoursOf = (from: string) => [
			{
				serviceHourType: 'DaysOfTheWeek',
				openingHour: [{ dayFrom: 'Monday', dayTo: '', from, to: '12:00' }]
			},
			{ serviceHourType: 'Exceptional', isClosed: true, validFrom: '2026-12-24' }
		];
		const { fields, lines } = await oneDraft(
			{ serviceChannels: connectedTo(2, 3) },
			channel(2, 'Phone', { serviceHours: hoursOf('08:00') }),
			channel(3, 'Phone', { serviceHours: hoursOf('10:00') })
		);
		expect(fields.hours?.exceptions).toEqual([]);
		expect(fields.hours?.rules.map(({ note }) => note?.fi?.text)).toEqual([
			'Puhelinaika · Kanava 2',
			'Puhelinaika · Kanava 3'
		]);
		expect(lines).toMatchObject([{ code: 'exceptions_of_several' }]);
	});

	it('a connection has its own hours, numbers, addresses and links', async () => {
		const { fields, lines } = await oneDraft(
			{
				serviceChannels: [
					{
						serviceChannel: { id: id(2), name: 'x' },
						serviceHours: [
							{
								serviceHourType: 'DaysOfTheWeek',
								openingHour: [{ dayFrom: 'Tuesday', dayTo: '', from: '10:00', to: '11:00' }]
							}
						],
						contactDetails: {
							emails: [fi('ovi@kunta.fi')],
							phoneNumbers: [
								{ type: 'Phone', prefixNumber: '+358', number: '401', language: 'fi' },
								{ type: 'Phone', prefixNumber: '+358', number: '9310100', language: 'fi' }
							],
							webPages: [{ url: 'https://www.kunta.fi/ovi', language: 'fi' }],
							addresses: [
								{
									type: 'Visiting',
									streetAddress: { street: [fi('Sivutie')], streetNumber: '1', municipality: { code: '491' } }
								},
								{ type: 'Postal', streetAddress: { street: [fi('PL 2')] } }
							]
						}
					}
				]
			},
			location(2)
		);
		expect(fields.places?.[0]?.hours?.rules).toMatchObject([
			{ opens: '10:00', rule: 'FREQ=WEEKLY;BYDAY=TU' }
		]);
		expect(fields.places?.[1]).toMatchObject({ address: { fi: written('Sivutie 1') }, municipality: '491' });
		expect(fields.phones?.map(({ number }) => number)).toEqual(['+3589310100']);
		expect(fields.links).toEqual([{ url: 'https://www.kunta.fi/ovi', language: 'fi' }]);
		expect(fields.emails).toEqual(['ovi@kunta.fi']);
		expect(lines).toMatchObject([
			{ code: 'bad_phone', field: 'contactDetails.phoneNumbers', found: '+358 401' }
		]);
	});
});

describe('records that are not taken in', () => {
	it.each(['Draft', 'Deleted', 'Modified', 'OldPublished', null])(
		'a service that is %s',
		async (publishingStatus) => {
			const { drafts: found, lines } = await drafts([service({ publishingStatus })]);
			expect(found).toEqual([]);
			expect(lines).toEqual([
				{
					where: 'file 1 record 1',
					id: id(1),
					outcome: 'skipped',
					code: 'not_published',
					field: 'publishingStatus',
					found: publishingStatus ?? ''
				}
			]);
		}
	);

	it('what is not published, known, named, connected or new', async () => {
		const { drafts: found, lines } = await drafts([
			service({ serviceChannels: connectedTo(2, 3, 4) }),
			service(),
			service({ id: id(5), serviceNames: [{ language: 'fi', value: ' ', type: 'Name' }] }),
			service({ id: null }),
			location(2, { publishingStatus: 'Deleted' }),
			channel(3, 'Carrier pigeon'),
			channel(6, 'WebPage'),
			channel(6, 'WebPage'),
			{ id: id(7), serviceCollectionNames: [] },
			null,
			'x'
		]);
		expect(found.map(({ fields }) => fields.name?.fi?.text)).toEqual(['Neuvonta']);
		expect(found[0]?.fields).not.toHaveProperty('places');
		expect(lines.map(({ code, where }) => `${code} ${where.replace('file 1 record ', '')}`)).toEqual([
			'not_published 5',
			'unknown_value 6',
			'duplicate_id 8',
			'unknown_record 9',
			'unknown_record 10',
			'unknown_record 11',
			'missing_channels 1',
			'duplicate_id 2',
			'no_name 3',
			'no_id 4',
			'not_connected 7'
		]);
	});

	it('an input that is something else, or ends too early, gives nothing at all', async () => {
		await expect(drafts([{ id: 'a', title: 'x' }])).rejects.toMatchObject({ code: 'unknown_format' });
		const whole = JSON.stringify([service(), service({ id: id(2) })]);
		await expect(drafts([service()], whole.slice(0, -40))).rejects.toMatchObject({ code: 'cut_off' });
		await expect(drafts(`${whole} // end`)).rejects.toMatchObject({ code: 'not_json' });
		expect((await drafts(`\ufeff${whole}`)).drafts).toHaveLength(2);
		expect((await drafts('[]')).drafts).toEqual([]);
	});
});

describe('one stream', () => {
	const leftOver = () => readdirSync(tmpdir()).filter((name) => name.startsWith('import-')).length;

	it('is read like a file, and nothing of it stays behind', async () => {
		const before = leftOver();
		const bytes = Buffer.from(
			[service({ serviceChannels: connectedTo(2) }), location(2)]
				.map((record) => JSON.stringify(record))
				.join('\n')
		);
		const [draft] = await Array.fromAsync(readPtv11(pieces(bytes), () => {}));
		expect(draft?.where).toBe('record 1');
		expect(draft?.fields.places).toHaveLength(1);
		await expect(Array.fromAsync(readPtv11(pieces(bytes.subarray(0, 90)), () => {}))).rejects.toMatchObject({
			code: 'cut_off'
		});
		for await (const first of readPtv11(pieces(bytes), () => {})) {
			expect(first.id).toBe(id(1));
			break;
		}
		expect(leftOver()).toBe(before);
	});
});

const shared = new URL('../../../../../../shared/data/ptv/', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, shared), 'utf8');

describe.skipIf(!existsSync(shared))(
	'real answers and the published shapes (skipped without ../shared/data)',
	() => {
		it('two real services are read with what they say', async () => {
			const { drafts: found } = await drafts(
				text('real-responses/services.json'),
				text('real-responses/etalukio_service.json'),
				text('real-responses/otava_service_channel.json')
			);
			expect(found).toHaveLength(2);
			const [school, online] = found;
			expect(school?.fields).toMatchObject({
				name: { fi: written('Yksilöllistetty oppimäärä') },
				provider: { fi: written('Liperin kunta') },
				// The other code of this answer is no municipality.
				municipalities: ['426'],
				topics: ['education.basic-education'],
				source: { title: 'Suomi.fi', date: '2019-11-18' }
			});
			expect(online?.fields).toMatchObject({
				name: { fi: written('Nettilukio aikuisille') },
				fees: { fi: written('Maksuton') },
				provider: { fi: written('Mikkelin kaupungin liikelaitos Otavia') },
				topics: ['education.upper-secondary', 'education.adult-education'],
				municipalities: []
			});
			const [place] = online?.fields.places ?? [];
			expect(place).toMatchObject({ municipality: '491', latitude: 61.645467, longitude: 27.07321 });
			expect(place?.phones.map(({ number }) => number)).toEqual(['+358447943552', '+358447943565']);
			expect(place?.hours?.rules).toMatchObject([
				{ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', opens: '08:00' }
			]);
			expect(place?.access?.sv?.text).toContain('Rutten till ingången är mjuk');
			expect(online?.fields.emails).toContain('info@otavia.fi');
			// Its pages are given with http only, and other channels are not there: so nothing is said, rather than none.
			expect(online?.fields).not.toHaveProperty('links');
		});

		it('every published shape is read without a fault, its placeholders reported', async () => {
			const names = readdirSync(new URL('v11-skeletons/', shared)).filter(
				(name) => /^V11VmOpenApi(Service|\w+Channel)\.json$/.test(name) && !/ServiceServiceChannel/.test(name)
			);
			expect(names).toHaveLength(6);
			for (const name of names) {
				const record = JSON.parse(text(`v11-skeletons/${name}`));
				const asItIs = await drafts(record);
				expect(asItIs.lines, name).toMatchObject([{ outcome: 'skipped', code: 'not_published' }]);
				const other = name.includes('Channel') ? service({ serviceChannels: connectedTo(2) }) : [];
				const kind = /OpenApi(\w+?)(Channel)?\.json/.exec(name)?.[1] ?? '';
				const { lines } = await drafts(
					{
						...record,
						id: id(2),
						publishingStatus: 'Published',
						...(name.includes('Channel') && { serviceChannelType: kind === 'Electronic' ? 'EChannel' : kind })
					},
					other
				);
				expect(
					lines.map(({ code }) => code),
					name
				).not.toContain('unknown_record');
				expect(lines.length, name).toBeGreaterThan(0);
			}
		});

		it('all national general descriptions fill services that have only a name', async () => {
			interface Given {
				id: string;
				name: Record<string, string>;
				summary: Record<string, string>;
				description: Record<string, string>;
			}
			const given: Given[] = JSON.parse(text('general-descriptions.json'));
			const list = (texts: Record<string, string>, type: string) =>
				Object.entries(texts).map(([language, value]) => ({ language, value, type }));
			const general = given.map(({ id: of, name, summary, description }) => ({
				id: of,
				names: list(name, 'Name'),
				descriptions: [...list(summary, 'Summary'), ...list(description, 'Description')],
				publishingStatus: 'Published'
			}));
			const services = given.map((one, index) =>
				service({ id: id(index), serviceNames: [], generalDescriptionId: one.id })
			);
			const { drafts: found, lines } = await drafts(services, general);
			expect(found).toHaveLength(383);
			expect(lines.filter(({ code }) => code !== 'no_name')).toEqual([]);
			expect(found.filter(({ fields }) => fields.summary).length).toBeGreaterThan(370);
		});
	}
);
