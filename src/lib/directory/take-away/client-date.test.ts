import { expect, it } from 'vitest';
import { baseLanguages, packLanguages } from '#lib/domain/languages.ts';
import { clientDate } from './client-date.ts';

const at = '2026-03-06T08:05:00Z';

it.each([
	['fi', 'perjantai 6.3.'],
	['sv', 'fredag 6.3'],
	['en', 'Friday 6 Mar'],
	['ru', 'пятница, 6 марта'],
	['ar', 'الجمعة، 6 مارس'],
	['fa', 'جمعه 6 مارس'],
	['prs', 'جمعه 6 مارچ'],
	['ckb', 'ھەینی، 6ی ئازار'],
	['so', 'Jimco, Maarso 6'],
	['th', 'วันศุกร์ที่ 6 มีนาคม'],
	['zh', '3月6日星期五']
])('a date in %s is %s', (language, date) => {
	expect(clientDate(at, language)).toBe(date);
});

it('has Latin digits and no other calendar in any language', () => {
	for (const language of [...baseLanguages, ...packLanguages]) {
		expect(clientDate(at, language), language).toMatch(/(?<!\d)6(?!\d)/);
		expect(clientDate(at, language), language).not.toMatch(/[٠-٩۰-۹๐-๙]/);
	}
});
