import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { serviceFields } from '#lib/domain/service.ts';
import type { Draft, ReportLine } from '#lib/server/directory/draft.ts';
import { readPtv12 } from './ptv-12.ts';

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text);
}

const draftFields = z.partial(serviceFields);

async function drafts(input: unknown): Promise<{ drafts: Draft[]; lines: ReportLine[] }> {
	const lines: ReportLine[] = [];
	const text = typeof input === 'string' ? input : JSON.stringify(input);
	const source = { name: '', open: () => bytes(text) };
	const found = await Array.fromAsync(readPtv12([source], (line) => lines.push(line)));
	for (const { fields } of found) z.parse(draftFields, fields);
	return { drafts: found, lines };
}

const written = (text: string) => ({ text, origin: 'written' });
const CHANNEL = '11111111-1111-4111-8111-111111111111';
const SERVICE = '22222222-2222-4222-8222-222222222222';
const source = { title: 'Suomi.fi', date: '2026-03-04' };

const content = (contentId: string) => ({
	contentId,
	organizationContentId: '33333333-3333-4333-8333-333333333333',
	serviceLanguages: ['fi', 'sgn-fi'],
	area: {
		areaType: 'LimitedArea',
		municipalities: ['491'],
		regions: ['16'],
		wellbeingServicesCounties: ['04']
	},
	publishedAt: '2026-03-04T10:00:00Z'
});

const phone = (number: string, more: object = {}) => ({
	type: 'InternationalPhone',
	dialCode: '+358',
	number,
	additionalInformation: null,
	chargeDescription: null,
	chargeType: 'Free',
	...more
});

const location = (more: object = {}) => ({
	...content(CHANNEL),
	serviceChannelType: 'ServiceLocation',
	languageVersions: {
		fi: {
			name: 'Virallinen',
			alternativeName: 'Neuvontapiste',
			isAlternativeNamePrimary: true,
			summary: 'Neuvontaa',
			description: '<p>Tule <b>käymään</b></p>',
			contactEmails: [{ email: 'piste@kunta.fi' }],
			contactWebPages: [{ name: 'Sivu', url: 'https://www.kunta.fi/' }, { url: 'javascript:alert(1)' }],
			contactPhoneNumbers: [phone('401234567'), phone('9 310 1000', { type: 'Fax' })]
		},
		sv: {
			name: 'Rådgivning',
			summary: null,
			contactWebPages: null,
			contactPhoneNumbers: [phone('0295 020 714', { type: 'DomesticPhone', dialCode: undefined })]
		}
	},
	location: {
		foreignAddresses: [],
		otherAddresses: [{ postalCode: null, coordinates: [{ system: 'Unknown', easting: 1, northing: 2 }] }],
		streetAddresses: [
			{
				streetName: { fi: 'Otavantie', sv: 'Otavavägen' },
				addressDetail: '2 B',
				postalCode: '50670',
				coordinates: [{ system: 'EPSG:3067', source: 'NLS', easting: 503879.049, northing: 6834688.027 }],
				additionalInformation: { fi: '2. kerros' }
			}
		]
	},
	serviceHours: { hours: [], holidayServiceHours: null },
	...more
});

describe('records of version 12', () => {
	it('a location is an entry with its place', async () => {
		const { drafts: found, lines } = await drafts([location()]);
		expect(found).toHaveLength(1);
		const [draft] = found;
		expect(draft).toMatchObject({ id: CHANNEL, where: 'record 1', changed: '2026-03-04T10:00:00Z' });
		expect(draft?.fields).toMatchObject({
			name: { fi: written('Neuvontapiste'), sv: written('Rådgivning') },
			summary: { fi: written('Neuvontaa') },
			description: { fi: written('Tule käymään') },
			serviceLanguages: ['fi', 'fse'],
			links: [{ url: 'https://www.kunta.fi/', language: 'fi' }],
			emails: ['piste@kunta.fi'],
			phones: [],
			source
		});
		expect(draft?.fields.municipalities).toEqual(expect.arrayContaining(['491', '272', '092', '245']));
		// What has neither an address nor a position is no place.
		expect(draft?.fields.places).toHaveLength(1);
		expect(draft?.fields.places?.[0]).toEqual({
			id: CHANNEL,
			name: { fi: written('Neuvontapiste'), sv: written('Rådgivning') },
			address: { fi: written('Otavantie 2 B, 2. kerros'), sv: written('Otavavägen 2 B') },
			postalCode: '50670',
			latitude: 61.645467,
			longitude: 27.07321,
			phones: [
				{ number: '+358401234567', source },
				{ number: '+358295020714', source }
			]
		});
		expect(lines.map(({ code, found: value }) => [code, value])).toEqual([
			['bad_coordinates', 'Unknown 2 1'],
			['unsafe_link', 'javascript:alert(1)']
		]);
	});

	it('a service has classes, charge and area, in a page of the API or alone', async () => {
		const service = {
			...content(SERVICE),
			area: { areaType: 'WholeCountryExceptAland' },
			serviceClasses: ['P6.8', 'P6'],
			chargeType: 'Free',
			languageVersions: { fi: { name: 'Lukio' }, sv: { name: 'LUKIO' }, en: { name: 'Upper secondary' } }
		};
		for (const input of [service, { page: 1, pageSize: 100, items: [service], totalItems: 1 }]) {
			const { drafts: found, lines } = await drafts(input);
			expect(found.map(({ fields }) => fields)).toEqual([
				{
					name: { fi: written('Lukio'), en: written('Upper secondary') },
					serviceLanguages: ['fi', 'fse'],
					municipalities: [],
					topics: ['education.upper-secondary'],
					fees: { fi: written('Maksuton'), sv: written('Avgiftsfri'), en: written('Free of charge') },
					source
				}
			]);
			expect(lines).toEqual([]);
		}
	});

	it('telephone, page and e-service channels have numbers and links; http is kept only for a host known with https', async () => {
		const channel = (contentId: string, serviceChannelType: string, version: object) => ({
			...content(contentId),
			area: null,
			serviceChannelType,
			languageVersions: { fi: { name: 'Kanava', ...version } }
		});
		const { drafts: found, lines } = await drafts([
			channel('a', 'TelephoneService', {
				phoneNumbers: [phone('116117', { type: 'DomesticPhone', dialCode: null })]
			}),
			channel('b', 'WebPage', { webAddress: { url: 'http://kunta.fi/a', name: null } }),
			channel('c', 'EService', {
				webAddress: { url: 'https://kunta.fi/b', name: null },
				supportEmails: [{ email: 'x' }]
			}),
			channel('d', 'EService', { webAddress: { url: 'http://muu.fi', name: null } })
		]);
		expect(found.map(({ fields }) => [fields.phones?.[0]?.number, fields.links?.[0]?.url])).toEqual([
			['116117', undefined],
			[undefined, 'https://kunta.fi/a'],
			[undefined, 'https://kunta.fi/b'],
			[undefined, undefined]
		]);
		expect(lines.map(({ code }) => code)).toEqual(['bad_email', 'unsafe_link']);
	});

	it('what is not published, named, new or known is skipped; what is no JSON is refused', async () => {
		const { drafts: found, lines } = await drafts([
			location(),
			location(),
			location({ contentId: 'a', publishedAt: null }),
			location({ contentId: 'b', languageVersions: {} }),
			location({ contentId: null }),
			{ id: 'x' },
			location({ contentId: 'c', area: { areaType: 'Moon' }, serviceChannelType: 'PrintableForm' })
		]);
		expect(found.map(({ id }) => id)).toEqual([CHANNEL, 'c']);
		expect(lines.filter(({ outcome }) => outcome === 'skipped').map(({ code }) => code)).toEqual([
			'duplicate_id',
			'not_published',
			'no_name',
			'no_id',
			'unknown_record'
		]);
		expect(lines.filter(({ code }) => code === 'unknown_value').map(({ found: value }) => value)).toEqual([
			'Moon',
			'PrintableForm'
		]);
		await expect(drafts([{ id: 'x' }])).rejects.toMatchObject({ code: 'unknown_format' });
		await expect(
			Array.fromAsync(readPtv12([{ name: '', open: () => bytes('[{"contentId":') }], () => {}))
		).rejects.toMatchObject({
			code: 'cut_off'
		});
	});
});
