/**
 * Invented notes in what looks like Finnish. Real notes may not be in a repository, and text of a few repeated words would
 * flatter every compressor: stems, endings and how often each comes are set so that the notes of a batch compress about
 * threefold, as Finnish documents of this field do (2.4 to 3.4).
 */
const STEMS =
	'asiakas hakemus päätös lomake oleskelulupa perhe kotikunta lapsi koulu työpaikka kurssi kirje aika tulkki asunto vuokra ' +
	'etuus tuki lasku maksu todistus passi henkilötunnus verokortti pankki tili puhelin sähköposti neuvoja kunta kirjasto ' +
	'lääkäri neuvola päivähoito yritys sopimus tutkinto kääntäjä vastaanotto viranomainen liite määräaika valitus palvelu ' +
	'muutto rekisteri ilmoitus poliisi äiti isä puoliso sisar talo matka bussi kortti kieli testi ohjaaja työnantaja palkka ' +
	'eläke kela migri vero toimisto numero osoite nimi maa vuosi viikko päivä kuukausi huomenna tiistai kysymys vastaus apu ' +
	'ongelma vamma hoito lääke resepti terveysasema hammas sairaala kuulo silmä raha velka vakuutus auto ajokortti liikenne';
const ENDINGS = 'n a ssa sta an lla lta lle ksi t en ita issa ista ille kin nsa ssaan stä ä';
const VERBS =
	'kysyi tarvitsee soitti täytti haki sai odottaa tuli lähetti maksoi muutti aloitti vei toi ymmärsi pyysi varasi allekirjoitti ' +
	'selitettiin autettiin ohjattiin soitettiin tarkistettiin sovittiin annettiin tulostettiin käännettiin luettiin lähetettiin';
const SMALL =
	'ja mutta koska että myös vielä nyt ei on oli kanssa ennen jälkeen uusi vanha oma toinen sitten heti joka kun jos noin sekä';

const stems = STEMS.split(' ');
const endings = ENDINGS.split(' ');
const verbs = VERBS.split(' ');
const small = SMALL.split(' ');

/** How unevenly words come: 1 would be all alike. */
const SKEW = 1.2;
/** Share of nouns that are compounds, and of words that came nowhere before: long and new words are what Finnish is made of. */
const COMPOUNDS = 0.25;
const NEW_WORDS = 0.3;

const pick = (words: readonly string[], random: () => number) =>
	words[Math.floor(random() ** SKEW * words.length)]!;

/** A word by its syllables, as a name would be. */
function newWord(random: () => number): string {
	const letter = (letters: string) => letters.charAt(Math.floor(random() * letters.length));
	let word = '';
	for (let syllables = 2 + Math.floor(random() * 2); syllables > 0; syllables -= 1)
		word += letter('kstlmnrphvj') + letter('aeiouyäö') + (random() < 0.4 ? letter('nslri') : '');
	return word;
}

function noun(random: () => number): string {
	if (random() < NEW_WORDS) return newWord(random) + pick(endings, random);
	const compound = random() < COMPOUNDS ? pick(stems, random) : '';
	return compound + pick(stems, random) + (random() < 0.75 ? pick(endings, random) : '');
}

function sentence(random: () => number): string {
	const words: string[] = [];
	for (let length = 4 + Math.floor(random() * 8); words.length < length;) {
		const kind = random();
		if (kind < 0.55) words.push(noun(random));
		else if (kind < 0.75) words.push(pick(verbs, random));
		else words.push(pick(small, random));
	}
	const first = words[0]!;
	words[0] = first.charAt(0).toUpperCase() + first.slice(1);
	return `${words.join(' ')}. `;
}

/** A note of exactly `size` bytes in UTF-8. */
export function noteText(size: number, random: () => number): string {
	let text = '';
	while (Buffer.byteLength(text) < size + 2) text += sentence(random);
	while (Buffer.byteLength(text) > size) text = text.slice(0, -1);
	return text + '.'.repeat(size - Buffer.byteLength(text));
}
