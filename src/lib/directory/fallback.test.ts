import { describe, expect, it } from 'vitest';
import { isUncheckedMachine, lookup, nearestLanguages, shownText } from '#lib/directory/fallback.ts';
import type { Text } from '#lib/domain/language-texts.ts';

const written = (text: string): Text => ({ text, origin: 'written' });
const machine = (text: string, checked?: string): Text => ({ text, origin: 'machine', checked });

describe('lookup', () => {
	it.each([
		['sv-FI', ['fi', 'sv'], 'sv'],
		['SV-fi', ['fi', 'sv'], 'sv'],
		['zh-Hans-CN', ['zh', 'zh-Hant'], 'zh'],
		['zh', ['zh-Hant'], undefined],
		['fi', ['fi-simple', 'sv'], 'fi-simple'],
		['fi', ['fi-simple', 'fi'], 'fi'],
		['en-x-plain', ['en'], 'en'],
		['e', ['en'], undefined],
		['fil', ['fi'], undefined],
		['', ['fi'], undefined]
	])('answers %s from %j with %s', (wanted, available, found) => {
		expect(lookup(available, wanted)).toBe(found);
	});
});

describe('shownText', () => {
	const name = { fi: written('Kela'), sv: written('FPA'), ar: machine('كيلا') };

	it('shows the language asked for, with its direction', () => {
		expect(shownText(name, 'ar')).toEqual({
			text: 'كيلا',
			language: 'ar',
			dir: 'rtl',
			fallback: false,
			machine: true,
			checked: undefined
		});
		expect(shownText(name, 'sv-FI')).toMatchObject({ text: 'FPA', language: 'sv', fallback: false });
	});

	it('falls back to Finnish, then English, then any, and says so', () => {
		expect(shownText(name, 'so')).toMatchObject({ text: 'Kela', language: 'fi', dir: 'ltr', fallback: true });
		const english = { ru: machine('Кела'), en: written('Kela') };
		expect(shownText(english, 'so')).toMatchObject({ language: 'en', fallback: true });
		const other = { ru: machine('Кела'), ar: machine('كيلا') };
		expect(shownText(other, 'so')).toMatchObject({ language: 'ar', dir: 'rtl', fallback: true });
	});

	it('tries the adviser’s language before Finnish', () => {
		expect(shownText(name, 'so', undefined, ['sv'])).toMatchObject({ text: 'FPA', fallback: true });
	});

	it('takes a blank text for none, and shows nothing where there is none', () => {
		expect(shownText({ ar: machine('  '), fi: written('Kela') }, 'ar')).toMatchObject({ language: 'fi' });
		expect(shownText({}, 'fi')).toBeUndefined();
		expect(shownText(undefined, 'fi')).toBeUndefined();
	});

	it('shows no text that is not allowed, whatever the fall-back', () => {
		expect(shownText(name, 'ar', (tag) => tag !== 'ar')).toMatchObject({ language: 'fi', fallback: true });
		expect(shownText(name, 'ar', () => false)).toBeUndefined();
	});

	it('marks a machine translation until a person has checked it', () => {
		const [plain, checked] = [machine('Кела'), machine('Кела', '2026-01-02')].map((ru) =>
			shownText({ ru }, 'ru')
		);
		expect(plain && isUncheckedMachine(plain)).toBe(true);
		expect(checked && isUncheckedMachine(checked)).toBe(false);
		expect(checked).toMatchObject({ machine: true, checked: '2026-01-02' });
	});
});

describe('nearestLanguages', () => {
	it('offers languages of the card that the reader may read, nearest first, without the one that is missing', () => {
		expect(nearestLanguages(['fi', 'sv', 'en', 'fa', 'ar'], 'prs')).toEqual(['fa', 'en', 'ar', 'fi', 'sv']);
		expect(nearestLanguages(['fi', 'ru'], 'uk')).toEqual(['ru', 'fi']);
		expect(nearestLanguages(['fi'], 'fi')).toEqual([]);
	});
});
