import type { Locale } from '#lib/domain/languages.ts';

/**
 * Names of languages in fi, sv and en by code; see `domain/languages.ts` for where they come from and for all else that is
 * known of a language. Apart from it, because the first screen shows names and needs nothing more.
 */
// prettier-ignore
const table = `
fi|suomi|finska|Finnish
sv|ruotsi|svenska|Swedish
en|englanti|engelska|English
ru|venäjä|ryska|Russian
et|viro|estniska|Estonian
fr|ranska|franska|French
es|espanja|spanska|Spanish
ar|arabia|arabiska|Arabic
so|somali|somaliska|Somali
fa|persia|persiska|Persian
th|thai|thailändska|Thai
zh|kiina|kinesiska|Chinese
uk|ukraina|ukrainska|Ukrainian
ku|kurdi|kurdiska|Kurdish
ckb|sorani (keskuskurdi)|sorani (centralkurdiska)|Sorani (Central Kurdish)
tr|turkki|turkiska|Turkish
vi|vietnam|vietnamesiska|Vietnamese
sq|albania|albanska|Albanian
prs|dari|dari|Dari
ps|paštu|pashto|Pashto
de|saksa|tyska|German
it|italia|italienska|Italian
bg|bulgaria|bulgariska|Bulgarian
lo|lao|laotiska|Lao
sn|šona|shona|Shona
az|azeri|azerbajdzjanska|Azerbaijani
ka|georgia|georgiska|Georgian
ber|berberi|berber|Berber
sw-CD|kongonswahili|Kongo-swahili|Congo Swahili
se|pohjoissaame|nordsamiska|Northern Sami
smn|inarinsaame|enaresamiska|Inari Sami
sms|koltansaame|skoltsamiska|Skolt Sami
ti|tigrinja|tigrinja|Tigrinya
am|amhara|amhariska|Amharic
ur|urdu|urdu|Urdu
hi|hindi|hindi|Hindi
bn|bengali|bengali|Bangla
ne|nepali|nepalesiska|Nepali
ta|tamili|tamil|Tamil
my|burma|burmesiska|Burmese
ro|romania|rumänska|Romanian
pl|puola|polska|Polish
lv|latvia|lettiska|Latvian
lt|liettua|litauiska|Lithuanian
hu|unkari|ungerska|Hungarian
pt|portugali|portugisiska|Portuguese
bs|bosnia|bosniska|Bosnian
hr|kroatia|kroatiska|Croatian
sr|serbia|serbiska|Serbian
tl|filipino|filippinska|Filipino
rw|ruanda|kinjarwanda|Kinyarwanda
ln|lingala|lingala|Lingala
ug|uiguuri|uiguriska|Uyghur
sw|swahili|swahili|Swahili
fse|suomalainen viittomakieli|finskt teckenspråk|Finnish Sign Language
fss|suomenruotsalainen viittomakieli|finlandssvenskt teckenspråk|Finland-Swedish Sign Language
other|muu kieli|annat språk|other language
unknown|kieli ei tiedossa|språk okänt|language not known
fi-simple|selkosuomi|lättläst finska|Easy Finnish
`;

/** Codes that others use for a language of the table. */
const synonyms = new Map([
	['und', 'other'],
	['kmr', 'ku'],
	['swc', 'sw-CD'],
	['pes', 'fa'],
	['fa-AF', 'prs'],
	['fil', 'tl'],
	['zh-Hans', 'zh']
]);

/** The code under which the table has a language. */
export function usualCode(code: string): string {
	return synonyms.get(code) ?? code;
}

const names = new Map(
	table
		.trim()
		.split('\n')
		.map((line) => {
			const [code = '', fi = '', sv = '', en = ''] = line.split('|');
			return [code, { fi, sv, en }];
		})
);

/** The names of a language of the table; empty for a code that it has not. */
export function languageNames(code: string): Readonly<Record<Locale, string>> {
	return names.get(code) ?? { fi: '', sv: '', en: '' };
}

/** The name to show; the code itself where the table has none, so that values of newer phones stay readable. */
export function languageName(code: string, locale: Locale): string {
	return names.get(usualCode(code))?.[locale] ?? code;
}
