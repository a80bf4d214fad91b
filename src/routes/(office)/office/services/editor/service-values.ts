import * as z from 'zod/mini';
import type { JsonValue } from '#lib/domain/json.ts';
import { languageTag, languageText, type Text } from '#lib/domain/language-texts.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { languageField, readService, textFields, type TextField } from '#lib/domain/service-record.ts';
import { serviceFields, type Service } from '#lib/domain/service.ts';
import { typedNumber } from '#lib/directory/phone-number.ts';
import { hoursFail, hoursOfValues, hoursValues, hoursValuesOf } from './hours-values.ts';
import { placeFails, placeOf, placeValues, placeValuesOf } from './place-values.ts';
import { sameJson } from '#lib/domain/same-json.ts';
import { finnishWords } from './typed-text.ts';

/** What the editor holds of an entry. Texts by field and language; phones and links as they are typed, and so perhaps unfinished. */

/** What the form itself makes sure of; phones and links are looked at when they are saved. */
const phone = z.object({
	number: z.string(),
	/** What the number is for, Finnish. */
	label: z.string(),
	/** Empty: not said. */
	language: z.string(),
	sourceTitle: z.string(),
	sourceUrl: z.string(),
	sourceDate: z.string(),
	/** The number as it was: for what the form does not show of it, and to tell what was changed. */
	was: z.optional(serviceFields.shape.phones.def.element)
});

export const serviceValues = z.object({
	texts: z.record(z.string(), z.record(languageTag, z.object({ ...languageText.shape, text: z.string() }))),
	kind: serviceFields.shape.kind,
	status: z.enum(['active', 'paused', 'ended']),
	/** Id, or empty. */
	replacedBy: z.string(),
	mayHandOver: z.boolean(),
	topics: z.array(z.string()),
	serviceLanguages: z.array(z.string()),
	/** Codes; empty: the whole country. */
	municipalities: z.array(z.string()),
	critical: serviceFields.shape.critical,
	hours: hoursValues,
	places: z.array(placeValues),
	phones: z.array(phone),
	links: z.array(z.object({ url: z.string(), language: z.string() })),
	sourceTitle: z.string(),
	sourceUrl: z.string(),
	sourceDate: z.string()
});

export type ServiceValues = z.infer<typeof serviceValues>;
export type PhoneValues = ServiceValues['phones'][number];

/** The form of an entry that is not there yet. */
export function newValues(today: string): ServiceValues {
	return {
		texts: {},
		kind: 'local',
		status: 'active',
		replacedBy: '',
		mayHandOver: true,
		topics: [],
		serviceLanguages: [],
		municipalities: [],
		critical: [],
		hours: hoursValuesOf(undefined),
		places: [],
		phones: [],
		links: [],
		sourceTitle: '',
		sourceUrl: '',
		sourceDate: today
	};
}

type Phone = Service['phones'][number];

const phoneValuesOf = (was: Phone): PhoneValues => ({
	number: was.number,
	label: was.label?.['fi']?.text ?? '',
	language: was.language ?? '',
	sourceTitle: was.source.title,
	sourceUrl: was.source.url ?? '',
	sourceDate: was.source.date,
	was
});

export function valuesOf(service: Service): ServiceValues {
	const texts: ServiceValues['texts'] = {};
	for (const field of textFields) if (service[field]) texts[field] = structuredClone(service[field]);
	return {
		texts,
		kind: service.kind,
		status: service.status ?? 'active',
		replacedBy: service.replacedBy ?? '',
		mayHandOver: service.mayHandOver,
		topics: [...service.topics],
		serviceLanguages: [...service.serviceLanguages],
		municipalities: [...service.municipalities],
		critical: [...service.critical],
		hours: hoursValuesOf(service.hours),
		places: (service.places ?? []).map(placeValuesOf),
		phones: service.phones.map(phoneValuesOf),
		links: service.links.map((link) => ({ ...link })),
		sourceTitle: service.source.title,
		sourceUrl: service.source.url ?? '',
		sourceDate: service.source.date
	};
}

const isUntouched = (phone: PhoneValues) =>
	phone.was !== undefined && sameJson(phoneValuesOf(phone.was), phone);

const sourceOf = (title: string, url: string, date: string) => ({
	title: title.trim(),
	...(url.trim() ? { url: url.trim() } : {}),
	date: date.trim()
});

function phoneOf(phone: PhoneValues): Phone {
	const { was, number, label, language, sourceTitle, sourceUrl, sourceDate } = phone;
	if (was && isUntouched(phone)) return was;
	const words = finnishWords(label, was?.label);
	return {
		number: was?.number === number ? number : typedNumber(number),
		...(words && { label: words }),
		...(language && { language }),
		source: sourceOf(sourceTitle, sourceUrl, sourceDate)
	};
}

/** The same as fields of the record, without texts. */
function plainFields(values: ServiceValues): Record<string, JsonValue> {
	const places = values.places.map(placeOf);
	const fields = {
		kind: values.kind,
		status: values.status,
		replacedBy: values.status === 'ended' ? values.replacedBy || null : null,
		mayHandOver: values.mayHandOver,
		topics: values.topics,
		serviceLanguages: values.serviceLanguages,
		municipalities: values.municipalities,
		critical: values.critical,
		hours: hoursOfValues(values.hours) ?? null,
		places: places.length > 0 ? places : null,
		phones: values.phones.map(phoneOf),
		links: values.links.map(({ url, language }) => ({ url: url.trim(), language })),
		source: sourceOf(values.sourceTitle, values.sourceUrl, values.sourceDate)
	};
	return JSON.parse(JSON.stringify(fields)) as Record<string, JsonValue>;
}

const textOf = (values: ServiceValues, field: TextField, language: string): Text | null => {
	const found = values.texts[field]?.[language];
	return found && found.text.trim() !== '' ? { ...found, text: found.text.trim() } : null;
};

/** What differs between two states of the form, as fields of an op; `before` undefined: everything that is said. */
export function changedFields(
	before: ServiceValues | undefined,
	after: ServiceValues
): Record<string, JsonValue> {
	const changed: Record<string, JsonValue> = {};
	for (const field of textFields) {
		const languages = new Set([
			...Object.keys(before?.texts[field] ?? {}),
			...Object.keys(after.texts[field] ?? {})
		]);
		for (const language of languages) {
			const [old, text] = [before ? textOf(before, field, language) : null, textOf(after, field, language)];
			if (!sameJson(old, text))
				changed[languageField(field, language)] = JSON.parse(JSON.stringify(text)) as JsonValue;
		}
	}
	const old = before && plainFields(before);
	for (const [name, value] of Object.entries(plainFields(after)))
		if (old ? !sameJson(old[name], value) : value !== null) changed[name] = value;
	if (!before) changed['verified'] = null;
	return changed;
}

/** The entry as it will be once the form is saved; undefined where something in it is unfinished. */
export function previewOf(
	id: string,
	before: ServiceValues | undefined,
	after: ServiceValues,
	state: RecordState
): Service | undefined {
	return readService(id, { ...shownValues(state), ...changedFields(before, after) });
}

/** A text that a person has read and found right, or not any more. */
export function withCheck(text: Text, check: { on: string; by: string } | undefined): Text {
	const { checked: _, checkedBy: __, ...rest } = text;
	return check ? { ...rest, checked: check.on, checkedBy: check.by } : rest;
}

/** What keeps a form from being saved, by the group it stands in. */
export type Obstacle = 'name' | 'phones' | 'links' | 'hours' | 'places' | 'source';

/** A number that somebody writes or changes says what it is for, where it comes from and of when that is. */
const isWhole = (phone: PhoneValues): boolean =>
	isUntouched(phone) ||
	[phone.label, phone.sourceTitle, phone.sourceDate].every((value) => value.trim() !== '');

export function obstacles(values: ServiceValues): Obstacle[] {
	const fields = plainFields(values);
	const fails = (name: 'phones' | 'links' | 'source') =>
		!serviceFields.shape[name].safeParse(fields[name]).success;
	const named = Object.keys(values.texts['name'] ?? {}).some((tag) => textOf(values, 'name', tag));
	const found: Record<Obstacle, boolean> = {
		name: !named,
		phones: fails('phones') || !values.phones.every(isWhole),
		links: fails('links'),
		hours: hoursFail(values.hours),
		places: values.places.some(placeFails),
		source: fails('source') || values.sourceTitle.trim() === ''
	};
	return (Object.keys(found) as Obstacle[]).filter((one) => found[one]);
}
