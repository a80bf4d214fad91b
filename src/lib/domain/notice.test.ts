import { describe, expect, it } from 'vitest';
import { nextClock } from './clock.ts';
import type { JsonValue } from './json.ts';
import { noticeFault, noticeOf, readNotice } from './notice.ts';
import { join, opState, type RecordState } from './record.ts';

const ID = '0190f000-0000-7000-8000-000000000001';
const fi = { text: 'Toimisto on kiinni.', origin: 'written' };
const whole = {
	audience: 'both',
	kind: 'urgent',
	from: '2026-03-02',
	until: '2026-03-06',
	text_fi: fi
} as const;

describe('a notice', () => {
	it('has Finnish words, days, and what it is', () => {
		expect(noticeFault(whole)).toBeUndefined();
		expect(readNotice(ID, whole)).toMatchObject({ id: ID, texts: { fi } });
		for (const name of Object.keys(whole))
			expect(readNotice(ID, { ...whole, [name]: undefined }), name).toBeUndefined();
	});

	it('says which field is wrong', () => {
		const bad: [object, string][] = [
			[{ audience: 'everybody' }, 'audience'],
			[{ kind: 'joke' }, 'kind'],
			[{ municipalities: [] }, 'municipalities'],
			[{ municipalities: ['Iisalmi'] }, 'municipalities'],
			[{ desk: 'library' }, 'desk'],
			[{ link: 'http://example.com' }, 'link'],
			[{ link: 'javascript:alert(1)' }, 'link'],
			[{ from: '2026-02-30', until: '2026-03-02' }, 'from'],
			[{ until: '2026-03-02' }, 'from'],
			[{ from: '2026-03-02' }, 'until'],
			[{ from: '2026-03-02', until: '2026-03-01' }, 'until'],
			[{ from: '2026-03-02', until: '2026-06-02' }, 'until'],
			[{ ended: 'now' }, 'ended'],
			[{ text_fi: null }, 'text_fi'],
			[{ text_fi: { text: ' ', origin: 'written' } }, 'text_fi'],
			[{ text_ar: { text: 'x'.repeat(601), origin: 'written' } }, 'text_ar'],
			[{ text_ar: { text: 'x', origin: 'guessed' } }, 'text_ar']
		];
		for (const [fields, field] of bad) expect(noticeFault({ ...fields }), field).toBe(field);
		expect(noticeFault({ from: '2026-03-02', until: '2026-06-01' })).toBeUndefined();
		expect(noticeFault({ text_ar: null })).toBeUndefined();
		expect(noticeFault({ colour: { of: 'a later version' } })).toBeUndefined();
	});

	it('leaves out languages that were taken away, and those in a form unknown here', () => {
		const texts = readNotice(ID, { ...whole, text_sv: null, text_ar: { of: 'a later version' } })?.texts;
		expect(Object.keys(texts ?? {})).toEqual(['fi']);
	});

	it('a check of other Finnish words is none: not of those that somebody changed meanwhile', () => {
		const write = (fields: Record<string, JsonValue>, at: number): RecordState => {
			const clock = nextClock(at, `${at}`.padStart(16, '0'), []);
			const op = { opId: `op ${at}`, collection: 'notice', recordId: ID, fields, clock, base: {}, schema: 1 };
			return opState(op, 'Aino');
		};
		const checked = { text: 'مغلق', origin: 'machine', checked: '2026-03-01', checkedBy: 'Olli' };
		const arabic = (...states: RecordState[]) => noticeOf(ID, states.reduce(join))?.texts['ar'];
		const first = write({ ...whole }, 1000);
		const inArabic = write({ text_ar: checked }, 2000);
		expect(arabic(first, inArabic)).toEqual(checked);
		const later = write({ text_fi: { text: 'Auki.', origin: 'written' } }, 3000);
		expect(arabic(first, inArabic, later)).toEqual({ text: 'مغلق', origin: 'machine' });
		// Both in one form, by somebody who saw both.
		const both = write({ text_fi: { text: 'Auki.', origin: 'written' }, text_ar: checked }, 4000);
		expect(arabic(first, both)).toEqual(checked);
	});
});
