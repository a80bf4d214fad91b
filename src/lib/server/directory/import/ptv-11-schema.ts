import * as z from 'zod';
import { flag, list, part, text } from './lenient-schema.ts';

/**
 * Records of version 11 of the open interface of the Finnish service catalogue (Palvelutietovaranto), as far as they are read. Source:
 * the model documents and example answers of that version.
 */

const localised = z.object({ language: text, value: text });
const typed = z.object({ language: text, value: text, type: text });
const item = z.object({ id: text, name: text });
const displayNames = list(z.object({ type: text, language: text }));

const phone = z.object({
	/** `Phone`, `Sms` or `Fax`; support phones have none. */
	type: text,
	additionalInformation: text,
	chargeDescription: text,
	prefixNumber: text,
	isFinnishServiceNumber: flag,
	number: text,
	language: text
});

const webPage = z.object({ url: text, value: text, language: text });

const municipality = z.object({ code: text });

const serviceHour = z.object({
	serviceHourType: text,
	validFrom: text,
	validTo: text,
	isClosed: flag,
	isAlwaysOpen: flag,
	isReservation: flag,
	additionalInformation: list(localised),
	openingHour: list(z.object({ dayFrom: text, dayTo: text, from: text, to: text }))
});

const streetAddress = z.object({
	street: list(localised),
	streetNumber: text,
	postalCode: text,
	postOffice: list(localised),
	municipality: part(municipality),
	additionalInformation: list(localised),
	/** ETRS-TM35FIN in metres: northing and easting. */
	latitude: text,
	longitude: text
});

const address = z.object({
	/** `Location` or `Postal` at a channel, `Visiting` or `Postal` elsewhere. */
	type: text,
	subType: text,
	streetAddress: part(streetAddress),
	/** A place without a street. */
	otherAddress: part(streetAddress.omit({ street: true, streetNumber: true })),
	locationAbroad: list(localised),
	entrances: list(
		z.object({
			isMainEntrance: flag,
			accessibilitySentences: list(z.object({ sentences: list(z.object({ sentence: list(localised) })) }))
		})
	)
});

const area = z.object({ type: text, code: text, municipalities: list(municipality) });

const classification = z.object({ code: text, newUri: text });

/** What a service and a channel say of their connection only. */
const connection = {
	serviceHours: list(serviceHour),
	contactDetails: part(
		z.object({
			emails: list(localised),
			phoneNumbers: list(phone),
			webPages: list(webPage),
			addresses: list(address)
		})
	)
};

export const service11 = z.object({
	id: z.string().min(1),
	generalDescriptionId: text,
	serviceNames: list(typed),
	serviceChargeType: text,
	areaType: text,
	areas: list(area),
	serviceDescriptions: list(typed),
	languages: list(z.string()),
	serviceClasses: list(classification),
	requirements: list(localised),
	serviceChannels: list(z.object({ serviceChannel: part(item), ...connection })),
	organizations: list(z.object({ roleType: text, organization: part(item) })),
	mainOrganization: part(item),
	publishingStatus: text,
	modified: text
});

export const channel11 = z.object({
	id: z.string().min(1),
	serviceChannelType: text,
	serviceChannelNames: list(typed),
	displayNameType: displayNames,
	phoneNumbers: list(phone),
	supportPhones: list(phone),
	emails: list(localised),
	supportEmails: list(localised),
	webPages: list(webPage),
	/** Of a printable form: where the form itself is. */
	channelUrls: list(typed),
	addresses: list(address),
	serviceHours: list(serviceHour),
	services: list(z.object({ service: part(item), ...connection })),
	publishingStatus: text,
	modified: text
});

export const organisation11 = z.object({
	id: z.string().min(1),
	organizationNames: list(typed),
	displayNameType: displayNames
});

export const generalDescription11 = z.object({
	id: z.string().min(1),
	names: list(typed),
	descriptions: list(typed),
	requirements: list(localised),
	serviceClasses: list(classification),
	serviceChargeType: text,
	publishingStatus: text
});

export type Service11 = z.infer<typeof service11>;
export type Channel11 = z.infer<typeof channel11>;
export type GeneralDescription11 = z.infer<typeof generalDescription11>;
export type ServiceHour = z.infer<typeof serviceHour>;
export type Address11 = z.infer<typeof address>;
export type Area11 = z.infer<typeof area>;
export type Connection11 = Pick<Service11['serviceChannels'][number], 'serviceHours' | 'contactDetails'>;
