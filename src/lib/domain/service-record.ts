import * as z from 'zod/mini';
import type { JsonValue } from './json.ts';
import { languageTag, languageText, type Text, type Texts } from './language-texts.ts';
import { conflicts, REMOVED, shownValues, type RecordState } from './record.ts';
import { serviceFields, type Service } from './service.ts';

/**
 * A directory entry as a record. Its fields are those of `service.ts`; a text that a person has edited is a field of its own for each
 * language, `summary_sv`, and lies above what `summary` says in that language. So two people who edit two languages never collide, and
 * what an import brings of the others still arrives. A field that was emptied is null.
 */

/** The collection name on the wire. */
export const SERVICE = 'service';

/** Author of what the server writes itself: the shipped pack, imports. */
export const SERVER_AUTHOR = 'server';

/** Version of the fields of an entry; an op carries the one its author knew. */
export const SERVICE_SCHEMA = 1;

/** Fields that hold a text in several languages, in the order of the card. */
export const textFields = [
	'name',
	'summary',
	'description',
	'eligibility',
	'apply',
	'bring',
	'fees',
	'address',
	'provider'
] as const satisfies readonly (keyof Service)[];

export type TextField = (typeof textFields)[number];

/** The field of one language of a text. */
export const languageField = (field: TextField, language: string): string => `${field}_${language}`;

/** What field and language a name means; undefined where it is a plain one. */
export function readLanguageField(name: string): { field: TextField; language: string } | undefined {
	const at = name.indexOf('_');
	if (at < 0) return undefined;
	const [field, language] = [textFields.find((one) => one === name.slice(0, at)), name.slice(at + 1)];
	return field && languageTag.safeParse(language).success ? { field, language } : undefined;
}

const shapes: Readonly<Record<string, z.ZodMiniType>> = { ...serviceFields.shape, [REMOVED]: z.boolean() };

/** What a text of one language may be; null takes the language away. */
const languageValue = z.nullable(languageText);

/** The first field of an op whose value has the wrong form, or undefined. Fields that this version does not know are kept. */
export function serviceFault(fields: Readonly<Record<string, JsonValue>>): string | undefined {
	return Object.keys(fields).find((name) => {
		const value = fields[name];
		if (readLanguageField(name)) return !languageValue.safeParse(value).success;
		const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
		// What may be absent may be emptied.
		return (
			shape &&
			!shape.safeParse(value === null && shape.safeParse(undefined).success ? undefined : value).success
		);
	});
}

/** Reads the shown values of a record as an entry; undefined where another version wrote it in a form unknown here. */
export function readService(id: string, values: Readonly<Record<string, unknown>>): Service | undefined {
	const whole: Record<string, unknown> = {};
	const edited: { field: TextField; language: string; text: Text | null }[] = [];
	for (const [name, value] of Object.entries(values)) {
		const place = readLanguageField(name);
		if (place) {
			const text = languageValue.safeParse(value);
			if (text.success) edited.push({ ...place, text: text.data });
		} else if (value !== null || name === 'verified') whole[name] = value;
	}
	for (const { field, language, text } of edited) {
		const { [language]: _, ...others } = (whole[field] ?? {}) as Texts;
		const texts = text ? { ...others, [language]: text } : others;
		whole[field] = Object.keys(texts).length > 0 || field === 'name' ? texts : undefined;
	}
	const parsed = serviceFields.safeParse(whole);
	return parsed.success ? { ...parsed.data, id } : undefined;
}

/**
 * The field in which an import notes what the source says now, where somebody's edit stands in its place; of a text for each language, as
 * it is edited.
 */
export const sourceField = (field: string): string => `${field}_source`;

/** Fields that a person has edited and that the source has changed since: the edit stands, and somebody should look at both. */
export function overtakenFields({ heads }: RecordState): string[] {
	const last = (field: string) => (Object.hasOwn(heads, field) ? heads[field]?.at(-1) : undefined);
	return Object.keys(heads).filter((field) => {
		const [edit, said] = [last(field), last(sourceField(field))];
		if (!edit || !said || edit.author === SERVER_AUTHOR || said.clock < edit.clock) return false;
		return JSON.stringify(said.value) !== JSON.stringify(edit.value);
	});
}

const WAS = '_was';

/**
 * The field that keeps what another one said before a person changed it last, written with the change: so every device can say from what to
 * what, and take it back, without a network.
 */
export const beforeField = (field: string): string => `${field}${WAS}`;

/** Whether a field says something of another field, and nothing of the entry. */
export const isNote = (field: string): boolean => field.endsWith(WAS) || field.endsWith(sourceField(''));

/** A field as people see it: one language of a text wherever it stands, null where nothing does. */
function shownField(values: Readonly<Record<string, JsonValue>>, field: string): JsonValue {
	const own = Object.hasOwn(values, field) ? values[field] : undefined;
	const place = readLanguageField(field);
	if (own !== undefined || !place) return own ?? null;
	const texts = values[place.field] as Record<string, JsonValue> | null | undefined;
	return texts && Object.hasOwn(texts, place.language) ? (texts[place.language] ?? null) : null;
}

/** Fields of a change together with what they said before; a new entry has no before. */
export function withBefore(
	fields: Readonly<Record<string, JsonValue>>,
	seen: RecordState
): Record<string, JsonValue> {
	const values = shownValues(seen);
	if (Object.keys(values).length === 0) return { ...fields };
	return Object.fromEntries(
		Object.entries(fields).flatMap(([field, value]) =>
			field === REMOVED
				? [[field, value]]
				: [
						[field, value],
						[beforeField(field), shownField(values, field)]
					]
		)
	);
}

/** Fields that two people wrote without knowing of each other. */
export const differingFields = (state: RecordState): string[] =>
	conflicts(state).filter((field) => !isNote(field));
