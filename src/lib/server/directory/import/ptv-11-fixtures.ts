import * as z from 'zod/mini';
import { serviceFields } from '#lib/domain/service.ts';
import type { Draft, ReportLine } from '#lib/server/directory/draft.ts';
import { readPtv11 } from './ptv-11.ts';

/** Made-up records of version 11 of the service catalogue, for tests. */

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

const draftFields = z.partial(serviceFields);

/** Drafts of inputs in this order, each checked against the directory's schema. */
export async function drafts(...inputs: unknown[]): Promise<{ drafts: Draft[]; lines: ReportLine[] }> {
	const lines: ReportLine[] = [];
	const sources = inputs.map((input, index) => ({
		name: `file ${index + 1}`,
		open: () => pieces(Buffer.from(typeof input === 'string' ? input : JSON.stringify(input)))
	}));
	const found = await Array.fromAsync(readPtv11(sources, (line) => lines.push(line)));
	for (const { fields } of found) z.parse(draftFields, fields);
	return { drafts: found, lines };
}

export const written = (text: string) => ({ text, origin: 'written' });
export const fi = (value: string, type?: string) => ({ language: 'fi', value, ...(type && { type }) });
export const sv = (value: string, type?: string) => ({ language: 'sv', value, ...(type && { type }) });
export const en = (value: string, type?: string) => ({ language: 'en', value, ...(type && { type }) });

export const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const MODIFIED = '2026-03-04T22:30:00.123456';
export const source = { title: 'Suomi.fi', date: '2026-03-05' };

export const service = (more: object = {}) => ({
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

export const channel = (number: number, serviceChannelType: string, more: object = {}) => ({
	id: id(number),
	serviceChannelType,
	serviceChannelNames: [fi(`Kanava ${number}`, 'Name')],
	publishingStatus: 'Published',
	modified: MODIFIED,
	...more
});

export const connectedTo = (...numbers: number[]) =>
	numbers.map((number) => ({ serviceChannel: { id: id(number), name: 'x' }, contactDetails: null }));

/** The one draft of a service with these members and of further records. */
export async function oneDraft(more: object, ...others: unknown[]) {
	const { drafts: found, lines } = await drafts([service(more), ...others]);
	const [draft, ...further] = found;
	if (!draft || further.length > 0) throw new Error(`one draft expected, not ${found.length}`);
	return { fields: draft.fields, draft, lines };
}

export const location = (number: number, more: object = {}, latitude = '6834688.027') =>
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
