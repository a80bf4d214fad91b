/**
 * Stems for Finnish words, made for finding and not for linguistics: any two forms of a word should have one in common, whatever
 * it looks like, and two words none. An ending is rarely known for sure without a dictionary, so a word has several stems; the
 * likeliest comes first. Words arrive folded: `a` stands for `ä` as well.
 */

const longestFirst = (endings: string) => endings.split(' ').sort((a, b) => b.length - a.length);

const cases = longestFirst(
	'n t a ta tta na ssa sta lla lta lle ksi ssaan staan llaan ltaan lleen kseen ttaan naan itaan taan ' +
		'ina issa ista illa ilta ille iksi itta inaan issaan istaan illaan iltaan illeen ikseen ittaan ine ineen ' +
		'aan een iin oon uun yyn seen isiin siin ihin han hen hin hon hun hyn ' +
		'ten den tten iden itten jen ien in ja ia ita jaan iaan jensa iensa densa tensa'
);
const verbal = longestFirst(
	'n t mme tte vat va i isi isin isit nut neet tu ttu ty tty tiin ttiin taan daan da la ra ' +
		'minen misen mista miseen misessa misesta misella ma massa masta malla maan matta ttava essa'
);
/** Endings that are tried, the longest first: `-ssa`, `-a`; the word may also have none. */
const CASES = 3;
const VERBAL = 1;

/** Letters that are left of what a word was derived from. */
const DERIVED = 3;

const clitic = /(?:kin|kaan|ko|han)$/;
const possessive = /(?<=[aeiouy])(?:ni|si|nsa|mme|nne)$/;
const vowel = /[aeiouy]/;
const lastVowels = /(?<![aeiouy])[aeiouy]+$/;

/** The word, and what it is without what may stand behind a case; the barest first. */
function layers(word: string): string[] {
	const found = [word];
	for (const ending of [clitic, possessive])
		for (const layer of [...found]) {
			const rest = layer.replace(ending, '');
			if (rest !== layer && rest.length >= 4) found.push(rest);
		}
	return found.reverse();
}

/** Both grades of the last consonants become one: `kortt`/`kort`, `lup`/`luv`, `asioint`/`asioinn`; `hakemuks`/`hakemus`. */
function evenGrade(stem: string): string {
	return stem
		.replace(/ks$/, 's')
		.replace(/nn$/, 'nt')
		.replace(/mm$/, 'mp')
		.replace(/ng$/, 'nk')
		.replace(/ll$/, 'lt')
		.replace(/rr$/, 'rt')
		.replace(/([a-z])\1$/, '$1')
		.replace(/d$/, 't')
		.replace(/v$/, 'p')
		.replace(/g$/, 'k')
		.replace(/ieh$/, 'ies');
}

/** What a word without its ending may be a form of. */
function* stemsOf(bare: string): Generator<string> {
	const word = bare
		// `-nen`/`-se-`, `-us`/`-ukse-`/`-ude-`, `-mpi`/`-mma-`, `-ton`/`-ttoma-`.
		.replace(/nen$/, 's')
		.replace(/([uy])(?:ks[ei]?|[dt]e|t|s)$/, '$1s')
		.replace(/(ai|mi)s[ei]?$/, '$1s')
		.replace(/(?<=..)(?:mp[ai]|mm[ai])$/, '')
		.replace(/t?tom[ai]?$/, 'ton');
	const start = word.replace(lastVowels, '');
	const even = evenGrade(start);
	yield even;
	// `puhelin`/`puhelime-`, `asukas`/`asukkaa-`, `vuosi`/`vuode-`.
	if (start.length > 4 && /i(?:n|m[ei]?)$/.test(word)) yield start.slice(0, -2);
	if (start.length > 4 && start.endsWith('as')) yield evenGrade(start.slice(0, -2));
	if (/[aeiouy]t$/.test(even) && /[dte]$/.test(word)) yield `${even.slice(0, -1)}s`;
	// A `k` that the weak grade has lost: `tuki`/`tue-`, `kyky`/`kyvy-`, `velka`/`vela-`.
	const lost = /^(.*?)([aeiouy])(?!\2)[aeou]$|^(.*?)(u)[ui]$/.exec(word);
	if (lost) yield `${(lost[1] ?? lost[3] ?? '').replace(lastVowels, '')}${lost[2] ?? lost[4]}k`;
	if (/[uy]v[uy]$/.test(word)) yield `${start.slice(0, -1)}k`;
	if (/[lr][aeiouy]$/.test(word)) yield `${start}k`;
	// What is made of a verb: `hakemus`, `hakija`, `neuvonta` beside `hakea`, `neuvoa`.
	const root = start.replace(/(?:m?[uy]s|i?j|n[tn])$/, '').replace(lastVowels, '');
	if (root.length >= DERIVED && start !== root) yield evenGrade(root);
}

/** The stems of a folded Finnish word, the likeliest first, so many at most. */
export function finnishStems(folded: string, most = Infinity): string[] {
	if (folded.length <= 3 || /\d/.test(folded)) return [folded];
	const stems = new Set<string>();
	for (const word of layers(folded)) {
		const fitting = (endings: readonly string[], most: number) =>
			endings.filter((end) => word.endsWith(end) && vowel.test(word.slice(1, -end.length))).slice(0, most);
		for (const end of [...fitting(cases, CASES), '', ...fitting(verbal, VERBAL)])
			for (const stem of stemsOf(word.slice(0, word.length - end.length))) {
				if (stem.length > 1) stems.add(stem);
				if (stems.size >= most) return [...stems];
			}
	}
	return [...stems];
}
