import { describe, expect, it } from 'vitest';
import {
	drafts,
	written,
	fi,
	sv,
	id,
	source,
	service,
	channel,
	connectedTo,
	oneDraft,
	location
} from './ptv-11-fixtures.ts';

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
