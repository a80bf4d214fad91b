import { describe, expect, it } from 'vitest';
import { fold, words } from '#lib/directory/fold.ts';

describe('fold', () => {
	it.each([
		['Työllisyys', 'tyollisyys'],
		['ÅLAND', 'aland'],
		['ещё', 'еще'],
		['ЙОД', 'иод'],
		['أُسْرَة', 'اسره'],
		['کیلا', 'كيلا'],
		['مـصـلحة', 'مصلحه'],
		['l’école', 'lecole'],
		['Straße', 'strasse'],
		['ﻼ', 'لا']
	])('%s becomes %s', (written, folded) => {
		expect(fold(written)).toBe(folded);
	});
});

describe('words', () => {
	it('knows where each word stands in the text', () => {
		const text = 'Suomi.fi – äiti-ja lastenneuvola';
		expect(words(text).map(({ from, to }) => text.slice(from, to))).toEqual([
			'Suomi',
			'fi',
			'äiti',
			'ja',
			'lastenneuvola'
		]);
	});

	it('takes scripts without spaces in pairs of characters', () => {
		expect(words('紧急电话112')).toEqual([
			{ from: 0, to: 4, terms: ['紧急', '急电', '电话'], whole: true },
			{ from: 4, to: 7, terms: ['112'], whole: false }
		]);
	});

	it('survives what is no text', () => {
		expect(words('')).toEqual([]);
		expect(words(' –  … \u0301 \ud800')).toEqual([]);
	});
});
