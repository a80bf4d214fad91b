import * as z from 'zod/mini';
import { hours } from './hours.ts';
import { civilDate, languageTag, texts } from './language-texts.ts';

/**
 * One entry of the service directory (Finnish: palvelu), close to Open Referral HSDS 3 `service` with the texts held
 * per language (design.md §6). Every field is one field of an op, so two people who edit different fields never collide.
 */

/** Only web links: a directory entry can carry no `javascript:` or `data:` link. */
const webLink = z.string().check(z.regex(/^https:\/\/[^\s<>"]+$/));

/** Where a fact comes from. A phone number without a source and its date is not shown (design.md §8). */
const source = z.object({
	title: z.string(),
	url: z.optional(webLink),
	/** As exact as the source says: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
	date: z.string().check(z.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/))
});

const phone = z.object({
	/** E.164 (`+358…`), or a short number such as `112`. */
	number: z.string().check(z.regex(/^(\+\d{6,15}|\d{3,6})$/)),
	label: z.optional(texts),
	/** Language of service of this line, BCP 47, where the source names one. */
	language: z.optional(languageTag),
	source
});

const link = z.object({ url: webLink, language: languageTag });

/** A place where the service is given (HSDS `location` with `service_at_location`). */
export const place = z.object({
	id: z.uuid(),
	name: z.optional(texts),
	/** Street address for people, without the postal code. */
	address: z.optional(texts),
	postalCode: z.optional(z.string().check(z.maxLength(12))),
	postOffice: z.optional(texts),
	/** Official municipality code. */
	municipality: z.optional(z.string().check(z.regex(/^\d{3}$/))),
	/** WGS 84, degrees. */
	latitude: z.optional(z.number().check(z.gte(-90), z.lte(90))),
	longitude: z.optional(z.number().check(z.gte(-180), z.lte(180))),
	hours: z.optional(hours),
	phones: z.array(phone),
	/** How to get in: ramp, lift, hearing loop. */
	access: z.optional(texts)
});

/** Where an entry was imported from, so that it can be brought up to date and given out again. */
const imported = z.object({
	format: z.enum(['hsds-3.0', 'hsds-3.1', 'ptv-11', 'ptv-12', 'sheet']),
	/** Name of the source as the importer gave it, for instance `suomi.fi`. */
	from: z.string().check(z.maxLength(200)),
	/** The entry's id there. */
	id: z.string().check(z.maxLength(200)),
	/** When it was last changed there, if the source says so: ISO 8601. */
	changed: z.optional(z.string().check(z.maxLength(40)))
});

export const serviceFields = z.object({
	/** `nationwide`: works for everyone in Finland. `advice-point`: a place named in public documents, not verified. */
	kind: z.enum(['nationwide', 'local', 'advice-point']),
	name: texts,
	/** One plain sentence: what one gets there. */
	summary: z.optional(texts),
	/** The long text, plain, with line breaks. */
	description: z.optional(texts),
	/** Who gives the service. */
	provider: z.optional(texts),
	/** Who may use it. */
	eligibility: z.optional(texts),
	/** How to get it: apply, book, walk in. */
	apply: z.optional(texts),
	/** What it costs. */
	fees: z.optional(texts),
	/** What to bring along, one short line. */
	bring: z.optional(texts),
	/** Where the service is, for people: a street address, only with a source. */
	address: z.optional(texts),
	/** Official web address, by language of the page. The first one is the fall-back. */
	links: z.array(link),
	phones: z.array(phone),
	emails: z.optional(z.array(z.string().check(z.regex(/^[^\s@<>"]+@[^\s@<>"]+$/), z.maxLength(200)))),
	places: z.optional(z.array(place).check(z.maxLength(500))),
	/** Hours of the service as a whole; a place may have its own. */
	hours: z.optional(hours),
	/** Open days and needs change, a service may pause: what is not `active` is shown as such and never handed over. */
	status: z.optional(z.enum(['active', 'paused', 'ended'])),
	/** The entry that stands in its place now. */
	replacedBy: z.optional(z.uuid()),
	/** Topic group or code ids of `domain/code-lists`. */
	topics: z.array(z.string()),
	/** Languages the service itself is given in, BCP 47; empty: not known. */
	serviceLanguages: z.array(languageTag),
	/** Municipality codes; empty: the whole country. */
	municipalities: z.array(z.string()),
	/**
	 * Names of the text fields that are critical content (emergency, poison, crisis, shelter, consent, deadlines, rights):
	 * outside fi, sv and en they are shown to a client only when a person has checked them (design.md §8).
	 */
	critical: z.array(z.enum(['name', 'summary', 'bring', 'address'])),
	source,
	/** When and by whom the facts were last verified; null: never, and the card says so. */
	verified: z.nullable(z.object({ on: civilDate, by: z.string() })),
	imported: z.optional(imported),
	/** False: may be found and read, but never be given to a client (unverified documents). */
	mayHandOver: z.boolean()
});

export type ServiceFields = z.infer<typeof serviceFields>;
export type Service = ServiceFields & { id: string };
export type Place = z.infer<typeof place>;

/** One entry of a shipped pack file: the fields above and the record's final id (UUID). */
const packEntry = z.extend(serviceFields, { id: z.uuid() });

/** A pack file as it lies in the repository. */
export const packFile = z.object({
	name: z.string(),
	date: civilDate,
	note: z.string(),
	services: z.array(packEntry)
});
