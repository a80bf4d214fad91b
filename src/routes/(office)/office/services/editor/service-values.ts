import * as z from 'zod/mini';
import type { JsonValue } from '#lib/domain/json.ts';
import { languageTag, languageText, type Text } from '#lib/domain/language-texts.ts';
import { languageField, textFields, type TextField } from '#lib/domain/service-record.ts';
import { serviceFields, type Service } from '#lib/domain/service.ts';

/** What the editor holds of an entry. Texts by field and language; phones and links as they are typed, and so perhaps unfinished. */

/** What the form itself makes sure of; phones and links are looked at when they are saved. */
const phone = z.object({
	number: z.string(),
	language: z.string(),
	sourceTitle: z.string(),
	sourceDate: z.string(),
	/** The number as it was, for what the form does not show of it. */
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
	/** Codes, with commas. */
	municipalities: z.string(),
	critical: serviceFields.shape.critical,
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
		municipalities: '',
		critical: [],
		phones: [],
		links: [],
		sourceTitle: '',
		sourceUrl: '',
		sourceDate: today
	};
}

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
		municipalities: service.municipalities.join(', '),
		critical: [...service.critical],
		phones: service.phones.map((was) => ({
			number: was.number,
			language: was.language ?? '',
			sourceTitle: was.source.title,
			sourceDate: was.source.date,
			was
		})),
		links: service.links.map((link) => ({ ...link })),
		sourceTitle: service.source.title,
		sourceUrl: service.source.url ?? '',
		sourceDate: service.source.date
	};
}

/** Digits as they are typed or copied, as E.164 or a short number. */
function numberOf(typed: string): string {
	const digits = typed.replace(/[^\d+]/g, '');
	return digits.startsWith('0') ? `+358${digits.slice(1)}` : digits;
}

/** The same as fields of the record, without texts. */
function plainFields(values: ServiceValues): Record<string, JsonValue> {
	const phones = values.phones.map(({ was, number, language, sourceTitle, sourceDate }) => {
		const { language: _, ...kept } = was ?? {};
		const source = { ...was?.source, title: sourceTitle.trim(), date: sourceDate.trim() };
		const numbered = was?.number === number ? number : numberOf(number);
		return { ...kept, number: numbered, ...(language ? { language } : {}), source };
	});
	const fields = {
		kind: values.kind,
		status: values.status,
		replacedBy: values.replacedBy || null,
		mayHandOver: values.mayHandOver,
		topics: values.topics,
		serviceLanguages: values.serviceLanguages,
		municipalities: values.municipalities.split(/[\s,]+/).filter(Boolean),
		critical: values.critical,
		phones,
		links: values.links.map(({ url, language }) => ({ url: url.trim(), language })),
		source: {
			title: values.sourceTitle.trim(),
			date: values.sourceDate.trim(),
			...(values.sourceUrl.trim() ? { url: values.sourceUrl.trim() } : {})
		}
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
			if (JSON.stringify(old) !== JSON.stringify(text))
				changed[languageField(field, language)] = JSON.parse(JSON.stringify(text)) as JsonValue;
		}
	}
	const old = before && plainFields(before);
	for (const [name, value] of Object.entries(plainFields(after)))
		if (old ? JSON.stringify(old[name]) !== JSON.stringify(value) : value !== null) changed[name] = value;
	if (!before) changed['verified'] = null;
	return changed;
}

/** A text as a person leaves it: what they have typed is theirs, and unchecked until somebody says otherwise. */
export function typed(text: string): Text {
	return { text, origin: 'written' };
}

/** A text that a person has read and found right, or not any more. */
export function withCheck(text: Text, check: { on: string; by: string } | undefined): Text {
	const { checked: _, checkedBy: __, ...rest } = text;
	return check ? { ...rest, checked: check.on, checkedBy: check.by } : rest;
}

/** What keeps a form from being saved, by the group it stands in. */
export type Obstacle = 'name' | 'phones' | 'links' | 'municipalities' | 'source';

export function obstacles(values: ServiceValues): Obstacle[] {
	const fields = plainFields(values);
	const fails = (name: 'phones' | 'links' | 'source') =>
		!serviceFields.shape[name].safeParse(fields[name]).success;
	const isSourced = ({ sourceTitle, sourceDate }: PhoneValues) =>
		sourceTitle.trim() !== '' && sourceDate.trim() !== '';
	return [
		...(Object.keys(values.texts['name'] ?? {}).some((tag) => textOf(values, 'name', tag))
			? []
			: ['name' as const]),
		...(fails('phones') || !values.phones.every(isSourced) ? ['phones' as const] : []),
		...(fails('links') ? ['links' as const] : []),
		...((fields['municipalities'] as string[]).every((code) => /^\d{3}$/.test(code))
			? []
			: ['municipalities' as const]),
		...(fails('source') || values.sourceTitle.trim() === '' ? ['source' as const] : [])
	];
}
