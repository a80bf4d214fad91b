import { finnishStem } from '#lib/directory/finnish.ts';
import { fold } from '#lib/directory/fold.ts';

/**
 * Words people say for the words authorities write, and forms that no rule of endings reaches (`töitä` → `työ`). Small on
 * purpose: a line earns its place by being said at a desk.
 */
const table = `
hetu sotu henkkari: henkilötunnus
töitä töihin töissä töistä töiden duuni työpaikka: työ työnhaku
tuen tuet tuesta: tuki
te työkkäri työvoimatoimisto: työllisyyspalvelut
lakimies asianajaja juristi: oikeusapu
potkut irtisanominen lomautus irtisanottu: työsuhde työsopimus
palkanmaksu palkkalaskelma liksa: palkka
osoitteenmuutos muutto: muuttoilmoitus
maistraatti väestörekisteri: väestötietovirasto
verottaja verotoimisto: verohallinto
palokunta ambulanssi hätä: hätänumero
lääkäri terveyskeskus arvauskeskus: terveysasema päivystys
hammaslääkäri: hammashoito
päiväkoti tarha eskari: varhaiskasvatus
ammattikoulu amis: ammatillinen koulutus
raskaana odottava vauva: raskaus neuvola
lyödä lyö hakkaa pahoinpitely: väkivalta
ulosotto luottotiedot perintä: velka
pankkitunnukset nettipankki: verkkopankkitunnukset
kämppä: asunto asuminen
ero avioero: avioliitto
tulkki: tulkkaus
rasisti: rasismi syrjintä
inssi ajokoe: ajokortti
sossu: toimeentulotuki
`;

/** What is said (folded, and as a stem) and the words it stands for. */
const said = table
	.trim()
	.split('\n')
	.flatMap((line) => {
		const [heads = '', meant = ''] = line.split(': ');
		return heads.split(' ').map((head) => {
			const word = fold(head);
			return { word, stem: finnishStem(word), meant: meant.split(' ') };
		});
	});

/** A stem shorter than this belongs to too many words: `het` to `hetu` and to `heti`. */
const MIN_STEM = 5;
/** Of a short word, so many letters more are taken for an ending: `hetu` + `sta`. */
const LONGEST_ENDING = 3;

/** The words that a folded word stands for as well; empty for most words. */
export function synonymsOf(word: string): readonly string[] {
	const stem = finnishStem(word);
	const found = said.find((entry) => {
		if (entry.word === word) return true;
		if (entry.stem.length >= MIN_STEM) return entry.stem === stem;
		return (
			entry.word.length > 3 &&
			word.startsWith(entry.word) &&
			word.length <= entry.word.length + LONGEST_ENDING
		);
	});
	return found?.meant ?? [];
}
