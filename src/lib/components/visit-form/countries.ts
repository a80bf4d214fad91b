import type { Locale } from '#lib/domain/languages.ts';

/**
 * ISO 3166-1 alpha-2 codes of 2026, with Kosovo's user-assigned XK. Their names come from the browser: it knows them in the
 * three languages of the app.
 */
const CODES =
	'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF ' +
	'CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF ' +
	'GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP ' +
	'KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA ' +
	'NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH ' +
	'SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI ' +
	'VN VU WF WS XK YE YT ZA ZM ZW';

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
	return CODES.split(' ')
		.map((code) => ({ code, name: names.of(code) ?? code }))
		.map((country) => ({ ...country, at: fold(country.name).indexOf(wanted) }))
		.filter(({ at }) => at >= 0)
		.sort((a, b) => Math.min(1, a.at) - Math.min(1, b.at) || compare(a.name, b.name))
		.map(({ code, name }) => ({ code, name }));
}
