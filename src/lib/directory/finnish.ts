/**
 * A stem for Finnish words, made for finding and not for linguistics: all forms of a word should come out alike, whatever
 * they come out as. Snowball's Finnish stemmer does not do that for the words of this field (`oleskelulupa` and
 * `oleskelulupaa` differ, `väkivalta` loses its end). Words arrive folded: `a` stands for `ä` as well.
 */

/** What must be left of a word. */
const MIN = 3;

const clitics = /(?:kin|kaan|nsa|mme|nne)$/;

/** `-us/-uden/-utta/-uksen`, the ending of half the words that authorities use. `-usta` only where it is no `-u` + `sta`. */
const us =
	/([uy])(?:tta|[dt](?:en|een|ena|ella|elta|elle|essa|esta|eksi)|ks(?:e|i)(?:n|na|en|in|a|lla|lta|lle|ssa|sta|ksi)|ksi(?:a|en|in)|kset|(?<=(?:nn|[mteao])[uy])sta)$/;

/** `-minen/-misen/-mista` and `-lainen/-laisen/-laista`. */
const nen =
	/(mi|[lnt]ai)(?:nen|s(?:en|ta|een|ena|ella|elta|elle|essa|esta|eksi|et|ia|ien|ten|iin|illa|ille|issa|ista))$/;

/** `valta`, `vallan`: its own `-lta` is no case. */
const power = /val(?:ta|lan|taa|lasta|lassa|taan|tojen|lat)$/;

/** Case endings of singular and plural, possessive `-ni`, plural `-t`. */
const endings = (
	'issa ista illa ilta ille iksi itta iden isiin eihin ' +
	'ssa sta lla lta lle ksi tta ten den ien jen ina ' +
	'seen een aan oon uun iin yyn hin hun hon han ' +
	'ita ja ta na en an in on un yn ni n t'
)
	.split(' ')
	.sort((a, b) => b.length - a.length);

const vowel = /[aeiouy]/;

/** `-ta` after a vowel or `n` is the end of the word itself (`neuvonta`), `-ja` after a consonant too. */
const fits = (stem: string, ending: string) =>
	stem.length >= MIN &&
	vowel.test(stem) &&
	(ending !== 'ta' || /(?:s|[aeiouy]{2})$/.test(stem)) &&
	(ending !== 'ja' || /[aeiouy]$/.test(stem));

function withoutEnding(word: string): string {
	const ending = endings.find((end) => word.endsWith(end) && fits(word.slice(0, -end.length), end));
	return ending === undefined ? word : word.slice(0, -ending.length);
}

/** Both grades of a stem's last consonants become one: `kortt-`/`kort-`, `lup-`/`luv-`, `asioint-`/`asioinn-`. */
function evenGrade(stem: string): string {
	return stem
		.replace(/nn$/, 'nt')
		.replace(/mm$/, 'mp')
		.replace(/ng$/, 'nk')
		.replace(/ll$/, 'lt')
		.replace(/rr$/, 'rt')
		.replace(/([a-z])\1$/, '$1')
		.replace(/d$/, 't')
		.replace(/v$/, 'p')
		.replace(/g$/, 'k');
}

/** The stem of a folded Finnish word. */
export function finnishStem(folded: string): string {
	if (folded.length <= MIN || /\d/.test(folded)) return folded;
	const bare = folded.length > 7 ? folded.replace(clitics, '') : folded;
	const word = bare.replace(power, 'valt').replace(nen, '$1s').replace(/nen$/, 's').replace(us, '$1s');
	let stem = /(?:[uy]s|mis|ais|valt)$/.test(word) ? word : withoutEnding(word);
	if (stem.length > 5) stem = stem.replace(/([^uyi])as$/, '$1').replace(/im[ei]?$/, '');
	while (stem.length > MIN && vowel.test(stem.at(-1) ?? '')) stem = stem.slice(0, -1);
	return evenGrade(stem.replace(/ks$/, 's'));
}
