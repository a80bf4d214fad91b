import { expect, it } from 'vitest';
import { readNotice } from '#lib/domain/notice.ts';
import {
	emptyNotice,
	noticeChanges,
	noticeFieldsOf,
	noticeValues,
	noticeValuesFault,
	withWords,
	type NoticeValues
} from './notice-values.ts';

const ID = '0190f000-0000-7000-8000-000000000001';
const TODAY = '2026-03-02';
const written = (text: string) => ({ text, origin: 'written' as const });
const filled = (more: Partial<NoticeValues> = {}): NoticeValues => ({
	...emptyNotice(TODAY),
	texts: { fi: written('Kiinni') },
	...more
});
const noticeOf = (values: NoticeValues) => readNotice(ID, noticeFieldsOf(values))!;

it('begins with a week from today, and needs Finnish words, days that fit, a place where one is promised, a link that is one', () => {
	expect(emptyNotice(TODAY)).toMatchObject({ from: TODAY, until: '2026-03-08' });
	expect(noticeValuesFault(emptyNotice(TODAY))).toBe('text_fi');
	expect(noticeValuesFault(filled())).toBeUndefined();
	expect(noticeValuesFault(filled({ until: '' }))).toBe('until');
	expect(noticeValuesFault(filled({ from: '2026-02-31' }))).toBe('from');
	expect(noticeValuesFault(filled({ until: '2026-03-01' }))).toBe('until');
	expect(noticeValuesFault(filled({ until: '2026-06-02' }))).toBe('until');
	expect(noticeValuesFault(filled({ where: 'desk' }))).toBe('desk');
	expect(noticeValuesFault(filled({ where: 'municipalities' }))).toBe('municipalities');
	expect(noticeValuesFault(filled({ link: 'example.com' }))).toBe('link');
});

it('reads back what it writes', () => {
	const values = filled({
		audience: 'both',
		kind: 'urgent',
		where: 'municipalities',
		municipalities: ['925', '140'],
		link: 'https://example.com/',
		texts: {
			fi: written('Kiinni'),
			ar: { text: 'مغلق', origin: 'machine', checked: TODAY, checkedBy: 'Olli' }
		}
	});
	expect(noticeValues(noticeOf(values))).toEqual({ ...values, municipalities: ['140', '925'] });
});

it('writes only what differs, the days together, and what two wrote at once', () => {
	const was = noticeOf(filled({ texts: { fi: written('Kiinni'), ar: written('مغلق') } }));
	const values = noticeValues(was);
	expect(noticeChanges(values, was)).toEqual({});
	expect(noticeChanges({ ...values, texts: withWords(values.texts, 'sv', 'Stängt') }, was)).toEqual({
		text_sv: written('Stängt')
	});
	expect(noticeChanges({ ...values, texts: withWords(values.texts, 'ar', ' ') }, was)).toEqual({
		text_ar: null
	});
	expect(noticeChanges({ ...values, until: '2026-03-04' }, was)).toEqual({
		from: TODAY,
		until: '2026-03-04'
	});
	expect(noticeChanges(values, was, ['text_fi', 'ended'])).toEqual({ text_fi: written('Kiinni') });
	// A new one says all but languages that it has not.
	const fresh = noticeChanges({ ...values, texts: { fi: written('Kiinni'), so: written('') } }, undefined);
	expect(fresh).toMatchObject({ link: null, desk: null, text_fi: written('Kiinni') });
	expect('text_so' in fresh).toBe(false);
});

it('words that change are unchecked again, and with the Finnish ones all others are', () => {
	const checked = { text: 'مغلق', origin: 'machine' as const, checked: TODAY, checkedBy: 'Olli' };
	const texts = { fi: written('Kiinni'), ar: checked };
	expect(withWords(texts, 'ar', 'مغلق اليوم')['ar']).toEqual({ text: 'مغلق اليوم', origin: 'machine' });
	expect(withWords(texts, 'sv', 'Stängt')['ar']).toEqual(checked);
	expect(withWords(texts, 'fi', 'Auki')['ar']).toEqual({ text: 'مغلق', origin: 'machine' });
});
