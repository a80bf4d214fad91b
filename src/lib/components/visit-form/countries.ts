import { countryCodes } from '#lib/domain/codes/countries.ts';
import type { Locale } from '#lib/domain/languages.ts';

/** Names of countries come from the browser: it knows them in the three languages of the app. */
const fold = (text: string) =>
	text
		.trim()
		.toLowerCase()
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '');

/** The name of a country; the code where the browser does not know it. */
export function countryName(code: string, locale: Locale): string {
	try {
		return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
	} catch {
		// Not the form of a code: a newer version wrote it.
		return code;
	}
}

/** Countries whose name begins with the query, then those that contain it; all of them for an empty one. */
export function searchCountries(query: string, locale: Locale): { code: string; name: string }[] {
	const names = new Intl.DisplayNames(locale, { type: 'region' });
	const { compare } = new Intl.Collator(locale);
	const wanted = fold(query);
	return countryCodes
		.map((code) => ({ code, name: names.of(code) ?? code }))
		.map((country) => ({ ...country, at: fold(country.name).indexOf(wanted) }))
		.filter(({ at }) => at >= 0)
		.sort((a, b) => Math.min(1, a.at) - Math.min(1, b.at) || compare(a.name, b.name))
		.map(({ code, name }) => ({ code, name }));
}
