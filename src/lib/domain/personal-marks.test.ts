import { describe, expect, it } from 'vitest';
import heldOut from './fixtures/held-out-texts.json' with { type: 'json' };
import { namelessTexts, nameTexts, personalTexts, plainTexts } from './fixtures/personal-texts.ts';
import { nameMarks } from './name-words.ts';
import { isIdentityCode, leaveOut, looksPersonal, personalMarks } from './personal-marks.ts';

/** How often what was marked leads to a person, and how much of what leads to one was marked. */
function measure(found: number, right: number, wanted: number) {
	return { precision: right / found, recall: right / wanted };
}

describe('what leads to a person', () => {
	it.each(personalTexts)('is marked: $text', ({ text, marks }) => {
		expect(personalMarks(text).map((mark) => [mark.kind, mark.text])).toEqual(marks);
	});

	it('is told from what looks alike: precision and recall', () => {
		const wanted = personalTexts.reduce((sum, { marks }) => sum + marks.length, 0);
		let [found, right] = [0, 0];
		const mistakes: string[] = [];
		for (const { text, marks } of personalTexts) {
			const got = personalMarks(text);
			found += got.length;
			right += got.filter((mark) =>
				marks.some(([kind, part]) => kind === mark.kind && part === mark.text)
			).length;
		}
		for (const text of plainTexts)
			for (const mark of personalMarks(text)) {
				found += 1;
				mistakes.push(`${mark.text} (${mark.kind}): ${text}`);
			}
		const { precision, recall } = measure(found, right, wanted);
		console.log(
			`Marks of ${personalTexts.length} texts and ${plainTexts.length} look-alikes: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}. Taken for one: ${mistakes.join('; ')}`
		);
		expect(precision).toBeGreaterThanOrEqual(0.95);
		expect(recall).toBeGreaterThanOrEqual(0.97);
	});

	// Written by somebody who had not seen the patterns, and not used to better them: text, then kind and mark in turns. Found is what overlaps.
	it('is found in texts that nothing was tuned on: precision and recall', () => {
		let [wanted, found, right, met] = [0, 0, 0, 0];
		for (const [text = '', ...parts] of heldOut) {
			const places = parts.flatMap((part, at) => {
				const from = text.indexOf(part);
				return at % 2 === 0 ? [] : [{ from, to: from + part.length }];
			});
			const got = personalMarks(text);
			const meets = (a: { from: number; to: number }, b: { from: number; to: number }) =>
				a.from < b.to && b.from < a.to;
			wanted += places.length;
			found += got.length;
			right += got.filter((mark) => places.some((place) => meets(mark, place))).length;
			met += places.filter((place) => got.some((mark) => meets(mark, place))).length;
		}
		const { precision, recall } = { ...measure(found, right, wanted), recall: met / wanted };
		console.log(
			`Held-out: ${heldOut.length} texts, ${wanted} marks: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`
		);
		expect(precision).toBeGreaterThanOrEqual(0.95);
		expect(recall).toBeGreaterThanOrEqual(0.95);
	});

	it('names, where somebody asked for them: precision and recall', () => {
		const wanted = nameTexts.reduce((sum, { names }) => sum + names.length, 0);
		let [found, right] = [0, 0];
		for (const { text, names } of nameTexts) {
			const got = nameMarks(text);
			found += got.length;
			right += got.filter((mark) => names.includes(mark.text)).length;
		}
		for (const text of namelessTexts) found += nameMarks(text).length;
		const { precision, recall } = measure(found, right, wanted);
		console.log(`Name-like words: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`);
		expect(precision).toBeGreaterThanOrEqual(0.8);
		expect(recall).toBeGreaterThanOrEqual(0.8);
	});
});

describe('an identity code', () => {
	it.each(['131052-308T', '131052+308t', '010203A1230', '010203F1230', '010203Y1230'])('%s', (code) => {
		expect(isIdentityCode(code)).toBe(true);
	});
	it.each(['131052-308S', '320152-3084', '131352-308T', '131052G308T'])('not %s', (code) => {
		expect(isIdentityCode(code)).toBe(false);
	});
});

describe('what is left out', () => {
	it('leaves the rest as it was', () => {
		const text = 'Hetu 131052-308T, puh 040 123 4567 iltaisin';
		expect(leaveOut(text, personalMarks(text))).toBe('Hetu …, puh … iltaisin');
	});
});

describe('a text that looks as if it named a person', () => {
	it.each(['asiakas 131052-308T soitti', '010203A1230', 'kirjoita matti.m@example.org'])('%s', (text) => {
		expect(looksPersonal(text)).toBe(true);
	});
	it.each([
		'uusi numero 040 123 4567',
		'avoinna 10.00-15.00',
		'laki 306/2019',
		'+358 295 020 600',
		'ks. kela.fi'
	])('not %s', (text) => {
		expect(looksPersonal(text)).toBe(false);
	});
});
