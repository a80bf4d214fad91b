/** Shortest passphrase that is taken, letters. */
const SHORTEST = 12;
const WORDS = 4;

/** Syllables of a consonant and a vowel, as Finnish words have them: no letter that is hard to hear or to tell from another. */
const CONSONANTS = 'hjklmnprstv';
const VOWELS = 'aeiouy';

function pick(letters: string): string {
	// What is left over beyond whole rounds would favour the first letters.
	const limit = 256 - (256 % letters.length);
	for (;;) {
		const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
		if (byte < limit) return letters[byte % letters.length]!;
	}
}

/** Why a passphrase is not taken. `simple`: few letters, one of them again and again, or a row of the keyboard or the alphabet. */
export type PassphraseFault = 'short' | 'simple' | 'name';

const ROWS = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiopå', 'asdfghjklöä', 'zxcvbnm', '01234567890'];

/** Whether the second of two letters lies beside the first, or is the same. */
export function goesOn([one = '', other = '']: string): boolean {
	return one === other || ROWS.some((row) => row.includes(one + other) || row.includes(other + one));
}

/** Letters that go on as the row before them does are worth nothing. */
function worth(text: string): number {
	const letters = [...text];
	return letters.filter((letter, index) => index === 0 || !goesOn(letters[index - 1] + letter)).length;
}

/** @param names words that anybody around would try: the user's, the organisation's */
export function passphraseFault(passphrase: string, names: readonly string[]): PassphraseFault | undefined {
	const text = passphrase.normalize('NFKC').trim().toLowerCase();
	if (text.length < SHORTEST) return 'short';
	if (new Set(text).size < 6 || worth(text.replace(/\s/g, '')) < 8) return 'simple';
	const known = names.flatMap((name) => name.toLowerCase().split(/\s+/)).filter(({ length }) => length > 3);
	const left = known.reduce((rest, name) => rest.replaceAll(name, ''), text);
	return left.replace(/[\s\d]/g, '').length < 6 ? 'name' : undefined;
}

/** Four made-up words that can be said and remembered, of 48 random bits. */
export function newPassphrase(): string {
	const word = () => pick(CONSONANTS) + pick(VOWELS) + pick(CONSONANTS) + pick(VOWELS);
	for (;;) {
		const words = Array.from({ length: WORDS }, word).join(' ');
		// Once in some thousands four words are one letter after the other.
		if (!passphraseFault(words, [])) return words;
	}
}
