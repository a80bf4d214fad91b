import { languageNames, usualCode } from './codes/language-names.ts';

export { languageName } from './codes/language-names.ts';

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
 * One language per line: code, own name, script, and further words that people type for it: other names, other codes, common
 * misspellings, countries. The names in fi, sv and en are in `codes/language-names.ts`.
 */
const languageTable = `
fi|suomi|Latn|finska finnish selkosuomi
sv|svenska|Latn|finlandssvenska ruåtsi
en|English|Latn|enlanti enkelska inglish
ru|русский|Cyrl|rusia russkij russki venalainen
et|eesti|Latn|estonia
fr|français|Latn|ranskalainen
es|español|Latn|castellano kastilia latino
ar|العربية|Arab|araabia irak syyria
so|Soomaali|Latn|somaali
fa|فارسی|Arab|farsi parsi iran pes
th|ไทย|Thai|thaimaa tai phasa
zh|中文|Hans|mandariini mandarin putonghua zhongwen
uk|українська|Cyrl|ukrajinska ukraiina ua
ku|kurdî (kurmancî)|Latn|kurmandzi kurmanji kurmanci kurmansi pohjoiskurdi kmr
ckb|کوردیی ناوەندی|Arab|kurdi sorani soranikurdi
tr|Türkçe|Latn|turki
vi|Tiếng Việt|Latn|vietnami
sq|shqip|Latn|kosovo albaani
prs|دری|Arab|afganistan afgaani afgani afghan dari farsi
ps|پښتو|Arab|pashto pasto pushtu paschto afganistan afgaani afgani afghan
de|Deutsch|Latn|
it|italiano|Latn|
bg|български|Cyrl|
lo|ລາວ|Laoo|laos
sn|chiShona|Latn|zimbabwe
az|azərbaycan|Latn|azerbaidzan azerbaijan aseri
ka|ქართული|Geor|gruusia kartuli
ber|ⵜⴰⵎⴰⵣⵉⵖⵜ|Tfng|tamazight amazigh tarifit kabyle kabyyli marokko
sw-CD|Kiswahili (Kongo - Kinshasa)|Latn|swc kongonsuahili
se|davvisámegiella|Latn|saame sapmi
smn|anarâškielâ|Latn|saame
sms|sääʹmǩiõll|Latn|saame kolttasaame
ti|ትግርኛ|Ethi|tigrinya tigrigna tigrina tigrinia eritrea
am|አማርኛ|Ethi|amharinja etiopia
ur|اردو|Arab|pakistan
hi|हिन्दी|Deva|intia
bn|বাংলা|Beng|bangladesh
ne|नेपाली|Deva|
ta|தமிழ்|Taml|sri-lanka
my|မြန်မာ|Mymr|myanmar
ro|română|Latn|moldova moldavia
pl|polski|Latn|
lv|latviešu|Latn|latti
lt|lietuvių|Latn|
hu|magyar|Latn|
pt|português|Latn|brasilia
bs|bosanski|Latn|serbokroatia
hr|hrvatski|Latn|serbokroatia
sr|српски|Cyrl|srpski serbokroatia
tl|Filipino|Latn|tagalog pilipino filippiinit fil
rw|Ikinyarwanda|Latn|kinjaruanda
ln|lingála|Latn|kongo
ug|ئۇيغۇرچە|Arab|uighur uiguri
sw|Kiswahili|Latn|suahili
fse|suomalainen viittomakieli|Zxxx|viittomakieli
fss|finlandssvenskt teckenspråk|Zxxx|viittomakieli
other||Zzzz|und
`;

/** Names that a record or an entry may carry, but no picker lists. */
const unlistedTable = `
unknown||Zzzz|
fi-simple|selkosuomi|Latn|
`;

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
			const [code = '', own = '', script = '', words = ''] = line.split('|');
			return { language: { code, own, ...languageNames(code), script, dir: direction(code) }, words };
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
	return byCode.get(usualCode(code));
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

/** A language as its speakers call it, or its code (BCP 47) where that is not known. */
export const ownLanguageName = (code: string): string => language(code)?.own || code;

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
