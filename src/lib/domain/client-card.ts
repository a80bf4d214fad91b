import type { FillRandom } from './ids.ts';

/**
 * The code of a client card (Finnish: asiakaskortti): it links the visits of one person, and names nobody. It is made on the device from random
 * bytes: eleven letters are 49 bits, so that among a hundred thousand cards of an organisation two meet once in 200 000 times. The twelfth finds
 * what is misread.
 */

/** Letters and digits that are told apart by eye and by ear; their number is prime, and the check needs that. */
const ALPHABET = '23456789ACDEFHJKMPRTWXY';
const LENGTH = 12;
/** What people write for one of the alphabet. Anything else that is not in it is no such code. */
const LOOKALIKES: Readonly<Record<string, string>> = { B: '8', G: '6', N: 'M', S: '5', V: 'Y', Z: '2' };

/** Form of a code as it is stored. */
export const CLIENT_CARD = /^[2-9ACDEFHJKMPRTWXY]{12}$/;

/**
 * Each place weighs otherwise, so any one wrong letter and any two that were swapped, wherever they stand, change the sum: neither a weight nor
 * the difference of two is a multiple of a prime that is larger than both.
 */
const sum = (letters: string): number =>
	[...letters].reduce((total, letter, place) => total + (place + 1) * ALPHABET.indexOf(letter), 0) %
	ALPHABET.length;

/** The letter that brings the sum to nothing at the last place. */
function checkLetter(letters: string): string {
	const before = sum(letters);
	const found = [...ALPHABET].find((_, value) => (before + LENGTH * value) % ALPHABET.length === 0);
	// Of a prime number of values one always does.
	return found ?? '';
}

/** A new code. */
export function newClientCard(random: FillRandom): string {
	// Bytes that would make some letters likelier than others are left out.
	const fair = 256 - (256 % ALPHABET.length);
	let letters = '';
	while (letters.length < LENGTH - 1)
		for (const byte of random(new Uint8Array(LENGTH)))
			if (byte < fair && letters.length < LENGTH - 1) letters += ALPHABET[byte % ALPHABET.length];
	return letters + checkLetter(letters);
}

/** Reads a code as people write it: spaces, hyphens, small letters, look-alikes. Undefined: something in it is wrong. */
export function readClientCard(typed: string): string | undefined {
	const code = [...typed.toUpperCase().replace(/[\s-]/g, '')]
		.map((letter) => LOOKALIKES[letter] ?? letter)
		.join('');
	return CLIENT_CARD.test(code) && sum(code) === 0 ? code : undefined;
}

/** A code as people read it: three groups of four. */
export const showClientCard = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ');
