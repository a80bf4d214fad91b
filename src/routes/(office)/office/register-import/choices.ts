import { codeLists, offered, topicGroups } from '#lib/domain/code-lists.ts';
import { languages, type Locale } from '#lib/domain/languages.ts';
import { municipalities } from '#lib/domain/municipalities.ts';
import { countryName, searchCountries } from '#lib/components/visit-form/countries.ts';
import { turnedOnIn } from '#lib/domain/register-settings.ts';
import { m } from '#lib/paraglide/messages.js';
import { fieldLists, type RegisterField, type registerRunAnswer } from '#lib/protocol/register-import.ts';
import { className, dimensionName } from '#lib/statistics/words.ts';
import type * as z from 'zod/mini';

export interface Choice {
	value: string;
	label: string;
}

type Known = Pick<z.infer<typeof registerRunAnswer>, 'desks' | 'topics' | 'turnedOn'>;

const own: Partial<Record<RegisterField, () => string>> = {
	date: m.oldreg_field_date,
	time: m.oldreg_field_time,
	place: m.oldreg_field_place,
	count: m.oldreg_field_count,
	clientCode: m.oldreg_field_client,
	note: m.oldreg_field_note
};

/** What people call a field of the register. */
export function fieldLabel(field: RegisterField, locale: Locale): string {
	const list = fieldLists[field];
	if (list) return codeLists[list][locale];
	if (field === 'language' || field === 'origin' || field === 'clientMunicipality') return dimensionName(field, locale); // prettier-ignore
	return (own[field] ?? m.oldreg_field_note)();
}

const municipalityChoices = (locale: Locale): Choice[] =>
	municipalities()
		.map(({ code, fi, sv }) => ({ value: code, label: locale === 'sv' ? sv : fi }))
		.sort((a, b) => new Intl.Collator(locale).compare(a.label, b.label));

export const placeChoices = ({ desks }: Known, locale: Locale): Choice[] => [
	...desks.map(({ id, name }) => ({ value: id, label: name })),
	...municipalityChoices(locale)
];

/** What a value of a field may mean. */
export function choicesOf(field: RegisterField, known: Known, locale: Locale): Choice[] {
	const unknown = { value: 'unknown', label: className('residenceLength', 'unknown', locale) };
	const list = fieldLists[field];
	if (list === 'topic')
		return [
			...topicGroups.flatMap((group) => [
				{ value: group.id, label: group[locale] },
				...offered('topic')
					.filter(({ id }) => id.startsWith(`${group.id}.`))
					.map((code) => ({ value: code.id, label: `– ${code[locale]}` }))
			]),
			...known.topics.map((topic) => ({ value: topic.id, label: topic[locale] }))
		];
	if (list)
		return offered(list)
			.filter((code) => code.askedByDefault !== false || turnedOnIn(known, list).includes(code.id))
			.map((code) => ({ value: code.id, label: code[locale] }));
	switch (field) {
		case 'language':
			return [unknown, ...languages().map((one) => ({ value: one.code, label: one[locale] }))];
		case 'origin':
			return [unknown, ...searchCountries('', locale).map(({ code }) => ({ value: code, label: countryName(code, locale) }))]; // prettier-ignore
		case 'clientMunicipality':
			return [
				unknown,
				...['elsewhere', 'abroad'].map((value) => ({ value, label: className('clientMunicipality', value, locale) })), // prettier-ignore
				...municipalityChoices(locale)
			];
		case 'place':
			return placeChoices(known, locale);
		default:
			return [];
	}
}
