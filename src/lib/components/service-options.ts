import { direction, language, languages, searchLanguages, type Locale } from '#lib/domain/languages.ts';
import { municipalityName, searchMunicipalities } from '#lib/domain/municipalities.ts';
import type { PickerOption } from './ServicePicker.svelte';

/** A language as something to choose: by its own name, with the adviser's word for it. */
function languageOption(code: string, locale: Locale): PickerOption {
	const found = language(code);
	const label = found?.[locale] ?? code;
	if (!found?.own) return { code, label };
	return { code, label, own: { text: found.own, lang: code, dir: direction(code) } };
}

const isLanguage = (code: string) => code !== 'other' && code !== 'unknown';

/** Languages that fit what was typed; `first` stand in front, in their own order. */
export function languageOptions(query: string, first: readonly string[], locale: Locale) {
	const fitting = new Set(searchLanguages(query).map(({ code }) => code));
	const others = (query === '' ? languages() : searchLanguages(query))
		.map(({ code }) => code)
		.filter((code) => isLanguage(code) && !first.includes(code));
	const option = (code: string) => languageOption(code, locale);
	return {
		first: first.filter((code) => fitting.has(code) || query === '').map(option),
		others: others.map(option)
	};
}

/** Municipalities that fit what was typed; those that the directory has places in come first while nothing is typed. */
export function municipalityOptions(query: string, known: readonly string[], locale: Locale) {
	const option = (code: string) => ({ code, label: municipalityName(code, locale) });
	const { compare } = new Intl.Collator(locale);
	const first = query === '' ? [...new Set(known)].map(option).sort((a, b) => compare(a.label, b.label)) : [];
	const others = searchMunicipalities(query, locale).map(({ code }) => option(code));
	return { first, others: others.filter(({ code }) => !first.some((one) => one.code === code)) };
}
