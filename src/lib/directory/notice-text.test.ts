import { expect, it } from 'vitest';
import type { Notice, NoticeKind } from '#lib/domain/notice.ts';
import { instantOf } from '#lib/domain/dates.ts';
import { adviserNotice, clientNotice } from './notice-text.ts';
import { publicNotices } from './public-notices.ts';

const written = (text: string) => ({ text, origin: 'written' as const });
const machine = (text: string) => ({ text, origin: 'machine' as const });

const notice = (kind: NoticeKind, texts: Notice['texts']): Notice => ({
	id: '0190f000-0000-7000-8000-000000000009',
	audience: 'both',
	kind,
	from: '2026-03-02',
	until: '2026-03-06',
	texts: { fi: written('Kiinni'), ...texts }
});
const said = (one: Notice, language: string) => {
	const { shown, withheld } = clientNotice(one, language);
	return [shown?.text, withheld];
};

it('an urgent notice is critical: other languages than Finnish, Swedish and English wait for somebody who checks them', () => {
	const urgent = notice('urgent', {
		sv: written('Stängt'),
		en: machine('Closed'),
		ar: written('مغلق'),
		ru: { ...machine('Закрыто'), checked: '2026-03-01' }
	});
	expect(said(urgent, 'sv')).toEqual(['Stängt', false]);
	expect(said(urgent, 'en')).toEqual(['Kiinni', true]);
	expect(said(urgent, 'ar')).toEqual(['Kiinni', true]);
	expect(said(urgent, 'ru')).toEqual(['Закрыто', false]);
	expect(said(urgent, 'so')).toEqual(['Kiinni', false]);
	expect(said(notice('urgent', { fi: machine('Kiinni') }), 'fi')).toEqual([undefined, true]);
});

it('of another, what a person wrote may be shown in every language, and a machine’s words once they were checked', () => {
	const information = notice('information', { ar: written('مغلق'), so: machine('Xiran') });
	expect(said(information, 'ar')).toEqual(['مغلق', false]);
	expect(said(information, 'so')).toEqual(['Kiinni', true]);
});

it('advisers read the words of their app’s language, else the Finnish ones, each with its own language', () => {
	const one = notice('information', { sv: written('Stängt'), ar: written('مغلق') });
	expect(adviserNotice(one, 'sv')).toMatchObject({ text: 'Stängt', language: 'sv', fallback: false });
	expect(adviserNotice(one, 'en')).toMatchObject({ text: 'Kiinni', language: 'fi', fallback: true });
});

it('public pages have what holds, with the direction of its words', () => {
	const one = { ...notice('information', { ar: written('مغلق') }), link: 'https://example.com/' };
	const now = instantOf('2026-03-04', '12:00');
	expect(publicNotices([one], { language: 'ar', now })).toEqual([
		{
			id: one.id,
			kind: 'information',
			words: expect.objectContaining({ text: 'مغلق', dir: 'rtl' }) as unknown,
			link: 'https://example.com/',
			until: '2026-03-06'
		}
	]);
	expect(publicNotices([one], { language: 'ar', now: instantOf('2026-03-07', '00:00') })).toEqual([]);
	// Nothing that may be shown: rather no notice than an empty one.
	expect(publicNotices([notice('urgent', { fi: machine('Kiinni') })], { language: 'fi', now })).toEqual([]);
});
