/**
 * Languages of clients, of services and of the app. A table of our own, because browsers differ in what `Intl.DisplayNames`
 * knows (`ckb`, `sms` and `fse` have no usable Finnish name there). Names: CLDR 48 with our corrections for `ckb` and `ps`;
 * own names of `ber` and `sms`, the sign languages and the special entries are ours.
 */

/** The languages of the app itself. */
export type Locale = 'fi' | 'sv' | 'en';

export type Language = {
	/** BCP 47 tag, or `other` or `unknown`. Stored in records: never rename one. */
	readonly code: string;
	/** The name in the language itself; empty for `other` and `unknown`. */
	readonly own: string;
	readonly fi: string;
	readonly sv: string;
	readonly en: string;
	/** ISO 15924; `Zxxx` for sign languages (not written), `Zzzz` where there is no saying. */
	readonly script: string;
	readonly dir: 'ltr' | 'rtl';
};

/** Languages that all content is made in (design.md §9): the twelve of Perustietoa Suomesta, and Ukrainian. */
export const baseLanguages = [
	'fi',
	'sv',
	'en',
	'ru',
	'et',
	'fr',
	'es',
	'ar',
	'so',
	'fa',
	'th',
	'zh',
	'uk'
] as const;

/** Languages that come as additional packs (design.md §9). */
export const packLanguages = ['tr', 'ckb', 'ku', 'vi', 'sq', 'prs', 'ps', 'ti', 'am'] as const;

/** Answers to "which language" that are not one; for records only. */
export const specialLanguages = ['other', 'unknown'] as const;

/**
 * One language per line: code, own name, names fi/sv/en, script, and further words that people type for it: other names,
 * other codes, common misspellings, countries.
 */
const languageTable = `
fi|suomi|suomi|finska|Finnish|Latn|finska finnish selkosuomi
sv|svenska|ruotsi|svenska|Swedish|Latn|finlandssvenska ruåtsi
en|English|englanti|engelska|English|Latn|enlanti enkelska inglish
ru|русский|venäjä|ryska|Russian|Cyrl|rusia russkij russki venalainen
et|eesti|viro|estniska|Estonian|Latn|estonia
fr|français|ranska|franska|French|Latn|ranskalainen
es|español|espanja|spanska|Spanish|Latn|castellano kastilia latino
ar|العربية|arabia|arabiska|Arabic|Arab|araabia irak syyria
so|Soomaali|somali|somaliska|Somali|Latn|somaali
fa|فارسی|persia|persiska|Persian|Arab|farsi parsi iran pes
th|ไทย|thai|thailändska|Thai|Thai|thaimaa tai phasa
zh|中文|kiina|kinesiska|Chinese|Hans|mandariini mandarin putonghua zhongwen
uk|українська|ukraina|ukrainska|Ukrainian|Cyrl|ukrajinska ukraiina ua
ku|kurdî (kurmancî)|kurdi|kurdiska|Kurdish|Latn|kurmandzi kurmanji kurmanci kurmansi pohjoiskurdi kmr
ckb|کوردیی ناوەندی|sorani (keskuskurdi)|sorani (centralkurdiska)|Sorani (Central Kurdish)|Arab|kurdi sorani soranikurdi
tr|Türkçe|turkki|turkiska|Turkish|Latn|turki
vi|Tiếng Việt|vietnam|vietnamesiska|Vietnamese|Latn|vietnami
sq|shqip|albania|albanska|Albanian|Latn|kosovo albaani
prs|دری|dari|dari|Dari|Arab|afganistan afgaani afgani afghan dari farsi
ps|پښتو|paštu|pashto|Pashto|Arab|pashto pasto pushtu paschto afganistan afgaani afgani afghan
de|Deutsch|saksa|tyska|German|Latn|
it|italiano|italia|italienska|Italian|Latn|
bg|български|bulgaria|bulgariska|Bulgarian|Cyrl|
lo|ລາວ|lao|laotiska|Lao|Laoo|laos
sn|chiShona|šona|shona|Shona|Latn|zimbabwe
az|azərbaycan|azeri|azerbajdzjanska|Azerbaijani|Latn|azerbaidzan azerbaijan aseri
ka|ქართული|georgia|georgiska|Georgian|Geor|gruusia kartuli
ber|ⵜⴰⵎⴰⵣⵉⵖⵜ|berberi|berber|Berber|Tfng|tamazight amazigh tarifit kabyle kabyyli marokko
sw-CD|Kiswahili (Kongo - Kinshasa)|kongonswahili|Kongo-swahili|Congo Swahili|Latn|swc kongonsuahili
se|davvisámegiella|pohjoissaame|nordsamiska|Northern Sami|Latn|saame sapmi
smn|anarâškielâ|inarinsaame|enaresamiska|Inari Sami|Latn|saame
sms|sääʹmǩiõll|koltansaame|skoltsamiska|Skolt Sami|Latn|saame kolttasaame
ti|ትግርኛ|tigrinja|tigrinja|Tigrinya|Ethi|tigrinya tigrigna tigrina tigrinia eritrea
am|አማርኛ|amhara|amhariska|Amharic|Ethi|amharinja etiopia
ur|اردو|urdu|urdu|Urdu|Arab|pakistan
hi|हिन्दी|hindi|hindi|Hindi|Deva|intia
bn|বাংলা|bengali|bengali|Bangla|Beng|bangladesh
ne|नेपाली|nepali|nepalesiska|Nepali|Deva|
ta|தமிழ்|tamili|tamil|Tamil|Taml|sri-lanka
my|မြန်မာ|burma|burmesiska|Burmese|Mymr|myanmar
ro|română|romania|rumänska|Romanian|Latn|moldova moldavia
pl|polski|puola|polska|Polish|Latn|
lv|latviešu|latvia|lettiska|Latvian|Latn|latti
lt|lietuvių|liettua|litauiska|Lithuanian|Latn|
hu|magyar|unkari|ungerska|Hungarian|Latn|
pt|português|portugali|portugisiska|Portuguese|Latn|brasilia
bs|bosanski|bosnia|bosniska|Bosnian|Latn|serbokroatia
hr|hrvatski|kroatia|kroatiska|Croatian|Latn|serbokroatia
sr|српски|serbia|serbiska|Serbian|Cyrl|srpski serbokroatia
tl|Filipino|filipino|filippinska|Filipino|Latn|tagalog pilipino filippiinit fil
rw|Ikinyarwanda|ruanda|kinjarwanda|Kinyarwanda|Latn|kinjaruanda
ln|lingála|lingala|lingala|Lingala|Latn|kongo
ug|ئۇيغۇرچە|uiguuri|uiguriska|Uyghur|Arab|uighur uiguri
sw|Kiswahili|swahili|swahili|Swahili|Latn|suahili
fse|suomalainen viittomakieli|suomalainen viittomakieli|finskt teckenspråk|Finnish Sign Language|Zxxx|viittomakieli
fss|finlandssvenskt teckenspråk|suomenruotsalainen viittomakieli|finlandssvenskt teckenspråk|Finland-Swedish Sign Language|Zxxx|viittomakieli
other||muu kieli|annat språk|other language|Zzzz|und
`;

/** Names that a record or an entry may carry, but no picker lists. */
const unlistedTable = `
unknown||kieli ei tiedossa|språk okänt|language not known|Zzzz|
fi-simple|selkosuomi|selkosuomi|lättläst finska|Easy Finnish|Latn|
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

/** Scripts written from right to left. */
const rtlScripts = new Set('adlm arab aran armi hebr mand nkoo rohg samr syrc thaa'.split(' '));

/** Languages whose usual script is one of those, and those where it depends on the country (CLDR likely subtags). */
const rtlLanguages = new Set(
	(
		'ar fa ckb ps ur he yi prs dv sd ug iw ji ks azb bal bgn bqi glk haz khw lah luz lrc mzn pnb sdh skr pes pbt pbu ' +
		'arc syr aii nqo rhg arz apc ary arq aeb acm afb ars ayl apd ajp shu ' +
		'ku-iq ku-ir uz-af az-ir az-iq pa-pk kk-cn ky-cn'
	).split(' ')
);

/**
 * The writing direction of any BCP 47 tag. A script in the tag decides, then language and country, then the language;
 * what comes after a singleton (`-u-`, `-x-`) is no script.
 */
export function direction(tag: string): 'ltr' | 'rtl' {
	const [subtags = ''] = tag
		.toLowerCase()
		.replaceAll('_', '-')
		.split(/(?:^|-)[a-z0-9](?:-|$)/);
	const [language = '', ...rest] = subtags.split('-');
	const script = rest.find((subtag) => /^[a-z]{4}$/.test(subtag));
	const rtl = script
		? rtlScripts.has(script)
		: rtlLanguages.has(language) || rest.some((subtag) => rtlLanguages.has(`${language}-${subtag}`));
	return rtl ? 'rtl' : 'ltr';
}

type Entry = { language: Language; words: string };

function parse(table: string): Entry[] {
	return table
		.trim()
		.split('\n')
		.map((line) => {
			const [code = '', own = '', fi = '', sv = '', en = '', script = '', words = ''] = line.split('|');
			return { language: { code, own, fi, sv, en, script, dir: direction(code) }, words };
		});
}

const listed = parse(languageTable);
const byCode = new Map([...listed, ...parse(unlistedTable)].map(({ language }) => [language.code, language]));

/** The 56 languages of the table, and `other` as the last one. `unknown` is not listed: ask `language('unknown')`. */
export function languages(): Language[] {
	return listed.map(({ language }) => language);
}

/** A language by its code or a synonym of it (`kmr`, `und`); undefined where the table has none. */
export function language(code: string): Language | undefined {
	return byCode.get(synonyms.get(code) ?? code);
}

/** The name to show; the code itself where the table has none, so that values of newer phones stay readable. */
export function languageName(code: string, locale: Locale): string {
	return language(code)?.[locale] ?? code;
}

/** Case, diacritics and the two forms of Arabic yeh and kaf do not matter. */
const fold = (text: string) =>
	text
		.trim()
		.toLowerCase()
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.replace(/\u06cc/g, '\u064a')
		.replace(/\u06a9/g, '\u0643');

/** How well words match: 0 the code itself, 1 a name begins so, 2 another word does, 3 within (from three letters on). */
function rank({ language: { code, own, fi, sv, en }, words }: Entry, wanted: string): number {
	if (code.toLowerCase() === wanted) return 0;
	const names = [own, fi, sv, en].map(fold);
	if (names.some((name) => name.startsWith(wanted))) return 1;
	const all = `${names.join(' ')} ${words}`;
	if (` ${all}`.includes(` ${wanted}`)) return 2;
	return wanted.length > 2 && all.includes(wanted) ? 3 : -1;
}

/**
 * Languages by own name, Finnish, Swedish or English name, ISO code, other names and common misspellings, best match
 * first, then in the order of the table. An empty query finds all.
 */
export function searchLanguages(query: string): Language[] {
	const wanted = fold(query);
	return listed
		.map((entry) => ({ language: entry.language, rank: rank(entry, wanted) }))
		.filter((hit) => hit.rank >= 0)
		.sort((a, b) => a.rank - b.rank)
		.map((hit) => hit.language);
}
