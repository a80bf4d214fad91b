import * as z from 'zod/mini';
import { isCivilDay } from './civil-day.ts';
import { dayNumber } from './dates.ts';
import { fieldFault, instant } from './field-fault.ts';
import type { JsonValue } from './json.ts';
import { civilDate, languageTag, languageText, type Texts } from './language-texts.ts';
import { NOTICE_DAYS, NOTICE_LENGTH } from './notice-name.ts';
import { removal, shownValues, type RecordState } from './record.ts';

/**
 * A short notice of the coordinator's to advisers, to clients, or to both. Its words are a field for each language, `text_sv`, so that two who write
 * two languages write over nothing. It always has a last day.
 */

const audiences = ['advisers', 'clients', 'both'] as const;
const kinds = ['information', 'urgent'] as const;

const webLink = z.string().check(z.maxLength(500), z.regex(/^https:\/\/[^\s<>"]+$/));

const noticeFields = {
	audience: z.enum(audiences),
	kind: z.enum(kinds),
	/** Official codes of the municipalities that it is about; null: all. */
	municipalities: z.optional(
		z.nullable(z.array(z.string().check(z.regex(/^\d{3}$/))).check(z.minLength(1), z.maxLength(310)))
	),
	/** The desk that it is about; null: all. */
	desk: z.optional(z.nullable(z.uuid())),
	link: z.optional(z.nullable(webLink)),
	/** First and last civil day in Europe/Helsinki on which it holds. */
	from: civilDate,
	until: civilDate,
	/** When it was ended before its last day; null: it was not. */
	ended: z.optional(z.nullable(instant)),
	/** Of a demonstration. */
	invented: z.optional(z.boolean())
} as const;

const noticeRecord = z.object(noticeFields);

export type Audience = (typeof audiences)[number];
export type NoticeKind = (typeof kinds)[number];

export interface Notice extends z.infer<typeof noticeRecord> {
	id: string;
	/** Its words by language; Finnish is always among them. */
	texts: Texts;
}

const PREFIX = 'text_';

/** The field that holds the words of one language. */
export const textField = (language: string): `text_${string}` => `${PREFIX}${language}`;

/** The language whose words a field holds; undefined where it holds something else. */
const languageOfField = (name: string): string | undefined =>
	name.startsWith(PREFIX) && languageTag.safeParse(name.slice(PREFIX.length)).success
		? name.slice(PREFIX.length)
		: undefined;

const words = z.nullable(
	languageText.check(z.refine(({ text }) => text.trim() !== '' && text.length <= NOTICE_LENGTH))
);

/** The days are one fact: they come together, exist, stand in their order and are not too far apart. */
function daysFault({ from, until }: Readonly<Record<string, JsonValue>>): string | undefined {
	if (from === undefined && until === undefined) return undefined;
	if (typeof from !== 'string' || !isCivilDay(from)) return 'from';
	if (typeof until !== 'string' || !isCivilDay(until)) return 'until';
	const days = dayNumber(until) - dayNumber(from);
	return days < 0 || days >= NOTICE_DAYS ? 'until' : undefined;
}

/** The first field of a notice that has the wrong form, or undefined. Fields that this version does not know are kept. */
export const noticeFault = (fields: Readonly<Record<string, JsonValue>>): string | undefined =>
	fieldFault(noticeFields, fields) ??
	daysFault(fields) ??
	Object.keys(fields).find((name) => {
		const language = languageOfField(name);
		if (language === undefined) return false;
		// Everybody who works here reads Finnish: without it a notice would reach nobody for certain.
		return !words.safeParse(fields[name]).success || (language === 'fi' && fields[name] === null);
	});

/** Reads the shown values of a record as a notice; undefined where it has no Finnish words, or another version wrote it in a form unknown here. */
export function readNotice(id: string, values: Readonly<Record<string, unknown>>): Notice | undefined {
	const record = noticeRecord.safeParse(values);
	const texts: Texts = {};
	for (const [name, value] of Object.entries(values)) {
		const language = languageOfField(name);
		const read = language === undefined ? undefined : words.safeParse(value).data;
		if (language !== undefined && read) texts[language] = read;
	}
	return record.success && texts['fi'] ? { ...record.data, id, texts } : undefined;
}

/** Words that nobody has checked, whatever they say of themselves. */
function unchecked(value: unknown): unknown {
	const read = words.safeParse(value).data;
	return read ? { text: read.text, origin: read.origin } : value;
}

/**
 * A record as a notice; undefined for one that was removed, too. Where the Finnish words were changed after somebody checked another language, the check was of
 * other words: a form sees to that where it knows of both, and this where two people wrote at once.
 */
export function noticeOf(id: string, state: RecordState): Notice | undefined {
	if (removal(state) === 'yes') return undefined;
	const writtenAt = (name: string) => state.heads[name]?.at(-1)?.clock ?? '';
	const finnish = writtenAt(textField('fi'));
	const values = Object.entries(shownValues(state)).map(([name, value]): [string, unknown] => [
		name,
		languageOfField(name) !== undefined && writtenAt(name) < finnish ? unchecked(value) : value
	]);
	return readNotice(id, Object.fromEntries(values));
}
