import { randomFillSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_CARD, newClientCard, readClientCard, showClientCard } from './client-card.ts';

const ALPHABET = '23456789ACDEFHJKMPRTWXY';
const card = fc
	.infiniteStream(fc.nat(255))
	.map((bytes) => newClientCard((into) => into.map(() => bytes.next().value as number)));
const place = fc.nat(11);

describe('the code of a client card', () => {
	it('is read as it was made, however people write it', () => {
		fc.assert(
			fc.property(card, (code) => {
				expect(code).toMatch(CLIENT_CARD);
				expect(readClientCard(code)).toBe(code);
				expect(readClientCard(` ${showClientCard(code).toLowerCase()}-`)).toBe(code);
				const mistaken = code
					.replaceAll('8', 'B')
					.replaceAll('5', 's')
					.replaceAll('2', 'Z')
					.replaceAll('M', 'n');
				expect(readClientCard(mistaken)).toBe(code);
			})
		);
	});

	it('shows any one wrong letter', () => {
		fc.assert(
			fc.property(card, place, fc.constantFrom(...ALPHABET), (code, at, letter) => {
				fc.pre(code[at] !== letter);
				expect(readClientCard(code.slice(0, at) + letter + code.slice(at + 1))).toBeUndefined();
			})
		);
	});

	it('shows any two letters that were swapped', () => {
		fc.assert(
			fc.property(card, place, place, (code, a, b) => {
				fc.pre(code[a] !== code[b]);
				const letters = [...code];
				[letters[a], letters[b]] = [code[b]!, code[a]!];
				expect(readClientCard(letters.join(''))).toBeUndefined();
			})
		);
	});

	it('is no code where a letter is missing, too many, or of no alphabet', () => {
		const code = newClientCard((bytes) => randomFillSync(bytes));
		for (const wrong of [code.slice(1), `${code}2`, `O${code.slice(1)}`, '', '------------'])
			expect(readClientCard(wrong)).toBeUndefined();
	});

	it('has every letter about as often as the others', () => {
		const counts = new Map<string, number>();
		for (let times = 0; times < 4000; times += 1)
			for (const letter of newClientCard((bytes) => randomFillSync(bytes)))
				counts.set(letter, (counts.get(letter) ?? 0) + 1);
		// 2 087 each on average; six times the spread to either side.
		for (const letter of ALPHABET) expect(counts.get(letter)).toSatisfy((n: number) => n > 1800 && n < 2400);
	});
});
