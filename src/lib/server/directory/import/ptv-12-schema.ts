import * as z from 'zod';
import { byKey, list, part, text } from './lenient-schema.ts';

/**
 * Records of version 12 (beta) of the open interface of the Finnish service catalogue, as far as its description was at hand: service
 * locations, telephone, web page and e-service channels, opening hours, addresses and the base of a service. Printable forms,
 * organisations, connections and a service's further texts were not, and are not read.
 */

/** Texts by language. */
const localised = byKey(z.string());

const number = z.number().nullable().catch(null);

const weekHour = z.object({
	start: text,
	end: text,
	/** `Open`, `OpenOnReservation` or, in exceptions, `Closed`. */
	openingStatus: text,
	/** `Weekly`, `OddWeeks` or `EvenWeeks`. */
	repetition: text,
	additionalInformation: localised
});

const serviceHour = z.object({
	type: text,
	heading: localised,
	additionalInformation: localised,
	/** By weekday, `monday` to `sunday`. */
	weeklyHours: byKey(z.object({ hours: list(weekHour) })),
	openingStatus: text,
	fromDate: text,
	toDate: text,
	fromDay: text,
	toDay: text,
	fromTime: text,
	toTime: text
});

const serviceHours = z.object({
	hours: list(serviceHour),
	holidayServiceHours: part(
		z.object({
			repetition: part(z.object({ type: text, years: list(z.number()) })),
			holidays: list(z.object({ holidayName: text, hours: list(weekHour) }))
		})
	)
});

const phone = z.object({
	/** `DomesticPhone`, `InternationalPhone`, `Fax` or `Sms`. */
	type: text,
	dialCode: text,
	number: text,
	additionalInformation: text,
	chargeDescription: text
});
const email = z.object({ email: text });
const webPage = z.object({ url: text });

const place = {
	postalCode: text,
	additionalInformation: localised,
	coordinates: list(z.object({ system: text, easting: number, northing: number }))
};

const area = z.object({
	areaType: text,
	municipalities: list(z.string()),
	regions: list(z.string()),
	wellbeingServicesCounties: list(z.string())
});

/** What every language version may have; a kind of record uses some of it. */
const languageVersion = z.object({
	name: text,
	summary: text,
	description: text,
	alternativeName: text,
	isAlternativeNamePrimary: z.boolean().catch(false),
	webAddress: part(webPage),
	contactWebPages: list(webPage),
	contactEmails: list(email),
	supportEmails: list(email),
	contactPhoneNumbers: list(phone),
	phoneNumbers: list(phone),
	supportPhoneNumbers: list(phone)
});

const content = {
	contentId: z.string().min(1),
	serviceLanguages: list(z.string()),
	area: part(area),
	publishedAt: text,
	languageVersions: byKey(languageVersion)
};

export const service12 = z.object({ ...content, serviceClasses: list(z.string()), chargeType: text });

export const channel12 = z.object({
	...content,
	serviceChannelType: text,
	location: part(
		z.object({
			streetAddresses: list(z.object({ ...place, streetName: localised, addressDetail: text })),
			otherAddresses: list(z.object(place)),
			foreignAddresses: list(z.object({ address: localised }))
		})
	),
	serviceHours: part(serviceHours)
});

export type Service12 = z.infer<typeof service12>;
export type Channel12 = z.infer<typeof channel12>;
export type ServiceHours12 = z.infer<typeof serviceHours>;
export type ServiceHour12 = z.infer<typeof serviceHour>;
export type WeekHour12 = z.infer<typeof weekHour>;
