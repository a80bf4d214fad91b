import { seeded } from '../../../src/lib/server/demo/random.ts';
import { noteText } from '../support/note-text.ts';

/** Made-up records of the size of real ones; what they say is drawn from a seed. */

const id = (kind: string, number: number) =>
	`${kind.padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Services of HSDS 3.0, each whole. */
export function* hsdsRecords(count: number): Generator<object> {
	const random = seeded(1);
	for (let number = 0; number < count; number += 1) {
		const text = (words: number) => noteText(words * 9, random).trim();
		yield {
			id: id('a', number),
			name: text(3),
			description: text(60),
			url: `https://example.com/${number}`,
			status: 'active',
			fees_description: text(8),
			application_process: text(20),
			last_modified: '2026-03-01T10:00:00Z',
			organization: { id: id('b', number % 900), name: text(2), description: text(10) },
			phones: [{ id: id('c', number), number: `+35840${1_000_000 + number}`, type: 'voice' }],
			schedules: [
				{
					id: id('d', number),
					freq: 'WEEKLY',
					byday: 'MO,TU,WE,TH,FR',
					opens_at: '09:00',
					closes_at: '16:00',
					valid_from: '2026-01-01'
				}
			],
			languages: [{ id: id('e', number), code: 'fi', name: 'Finnish' }],
			service_at_locations: [
				{
					id: id('f', number),
					location: {
						id: id('1', number),
						location_type: 'physical',
						name: text(2),
						latitude: 62 + random(),
						longitude: 25 + random(),
						addresses: [
							{
								id: id('2', number),
								address_1: `${text(1)} ${number % 90}`,
								city: 'Kiuruvesi',
								postal_code: '74700',
								country: 'FI',
								address_type: 'physical'
							}
						]
					}
				}
			]
		};
	}
}

/** Records of the Finnish service catalogue, version 11: every second one is a place, every other one a service that is given there. */
export function* ptvRecords(count: number): Generator<object> {
	const random = seeded(2);
	for (let number = 0; number < count; number += 1) {
		const texts = (type: string, words: number) =>
			['fi', 'sv'].map((language) => ({ language, value: noteText(words * 9, random).trim(), type }));
		const common = { publishingStatus: 'Published', modified: '2026-03-04T22:30:00' };
		if (number % 2 === 0)
			yield {
				...common,
				id: id('3', number),
				serviceChannelType: 'ServiceLocation',
				serviceChannelNames: texts('Name', 2),
				serviceChannelDescriptions: texts('Description', 20),
				addresses: [
					{
						type: 'Location',
						subType: 'Single',
						streetAddress: {
							street: [{ language: 'fi', value: 'Kirkkokatu' }],
							streetNumber: String(number % 90),
							postalCode: '74700',
							postOffice: [{ language: 'fi', value: 'KIURUVESI' }],
							municipality: { code: '263', name: [{ language: 'fi', value: 'Kiuruvesi' }] },
							latitude: String(7_058_000 + (number % 900)),
							longitude: String(487_000 + (number % 900))
						}
					}
				],
				phoneNumbers: [
					{ prefixNumber: '+358', number: String(401_000_000 + number), language: 'fi', type: 'Phone' }
				],
				serviceHours: [
					{
						serviceHourType: 'DaysOfTheWeek',
						isClosed: false,
						validForNow: true,
						openingHour: [{ dayFrom: 'Monday', dayTo: 'Friday', from: '09:00:00', to: '16:00:00' }]
					}
				]
			};
		else
			yield {
				...common,
				id: id('4', number),
				type: 'Service',
				serviceNames: texts('Name', 3),
				serviceDescriptions: [
					...texts('Summary', 12),
					...texts('Description', 60),
					...texts('UserInstruction', 20)
				],
				areaType: 'LimitedType',
				areas: [{ type: 'Municipality', municipalities: [{ code: '263', name: [] }] }],
				languages: ['fi', 'sv'],
				serviceClasses: [{ code: 'P6.2', name: [] }],
				organizations: [],
				serviceChannels: [{ serviceChannel: { id: id('3', number - 1), name: 'x' } }]
			};
	}
}
