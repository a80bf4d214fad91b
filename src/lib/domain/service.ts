import * as z from 'zod/mini';

/**
 * One entry of the service directory (Finnish: palvelu), close to Open Referral HSDS 3 `service` with the texts held
 * per language (design.md §6). Every field is one field of an op, so two people who edit different fields never collide.
 */

/** A BCP 47 language tag as the content uses it: `fi`, `sv`, `ar`, `zh`, `fi-simple`. */
const languageTag = z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/));

/** A calendar date, ISO 8601 `YYYY-MM-DD`. */
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/** Only web links: a directory entry can carry no `javascript:` or `data:` link. */
const webLink = z.string().check(z.regex(/^https:\/\/[^\s<>"]+$/));

/**
 * A text in one language.
 *
 * - `origin`: `written` by a person from the cited source, or `machine` translated.
 * - `checked`: when a person who reads the language has checked it. A machine translation without it is marked as such.
 */
const text = z.object({
	text: z.string().check(z.minLength(1), z.maxLength(2000)),
	origin: z.enum(['written', 'machine']),
	checked: z.optional(date)
});

/** A text field in all its languages, by BCP 47 tag. */
const texts = z.record(languageTag, text);

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

export const serviceFields = z.object({
	/** `nationwide`: works for everyone in Finland. `advice-point`: a place named in public documents, not verified. */
	kind: z.enum(['nationwide', 'local', 'advice-point']),
	name: texts,
	/** One plain sentence: what one gets there. */
	summary: z.optional(texts),
	/** What to bring along, one short line. */
	bring: z.optional(texts),
	/** Where the service is, for people: a street address, only with a source. */
	address: z.optional(texts),
	/** Official web address, by language of the page. The first one is the fall-back. */
	links: z.array(link),
	phones: z.array(phone),
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
	verified: z.nullable(z.object({ on: date, by: z.string() })),
	/** False: may be found and read, but never be given to a client (unverified documents). */
	mayHandOver: z.boolean()
});

export type ServiceFields = z.infer<typeof serviceFields>;
export type Service = ServiceFields & { id: string };
export type Text = z.infer<typeof text>;
export type Texts = z.infer<typeof texts>;

/** One entry of a shipped pack file: the fields above and the record's final id (UUID). */
const packEntry = z.extend(serviceFields, { id: z.uuid() });

/** A pack file as it lies in the repository. */
export const packFile = z.object({
	name: z.string(),
	date,
	note: z.string(),
	services: z.array(packEntry)
});
