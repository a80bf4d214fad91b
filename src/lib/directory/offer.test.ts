import { describe, expect, it } from 'vitest';
import { anyDays } from '#lib/domain/full-recurrence.ts';
import type { Hours } from '#lib/domain/hours.ts';
import { offerOf } from './offer.ts';
import { sampleService } from './sample-service.ts';

/** A Thursday. */
const TODAY = '2026-11-26';

const weekly = (rule: string, opens: string, closes: string, more: Partial<Hours> = {}): Hours => ({
	rules: [{ from: '2026-01-01', rule, opens, closes }],
	exceptions: [],
	...more
});
const times = (hours: Hours | undefined) => {
	const offer = offerOf(sampleService(hours ? { hours } : {}), TODAY, anyDays);
	return { evening: offer?.evening, weekend: offer?.weekend };
};

describe('what a service offers', () => {
	it('counts what may be given to a client, and nothing else', () => {
		const offered = (fields: Parameters<typeof sampleService>[0]) =>
			offerOf(sampleService(fields), TODAY, anyDays) !== undefined;
		expect(offered({})).toBe(true);
		expect(offered({ status: 'active' })).toBe(true);
		expect(offered({ status: 'paused' })).toBe(false);
		expect(offered({ status: 'ended' })).toBe(false);
		expect(offered({ mayHandOver: false })).toBe(false);
		expect(offered({ kind: 'advice-point' })).toBe(false);
	});

	it('knows topics by their group, merged municipalities by their new code, and languages without region', () => {
		const offer = offerOf(
			sampleService({
				topics: ['work', 'work.job-search', 'money.tax'],
				municipalities: ['911'],
				serviceLanguages: ['fi-simple', 'ar', 'sw-CD']
			}),
			TODAY,
			anyDays
		);
		expect(offer).toMatchObject({ topicGroups: ['work', 'money'], municipalities: ['541'] });
		expect([...offer!.languages!]).toEqual(['fi', 'ar', 'sw']);
	});

	it('says that languages are not known, which is not the same as none', () => {
		expect(offerOf(sampleService(), TODAY, anyDays)?.languages).toBeUndefined();
	});

	it.each([
		['closes at 16', weekly('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '08:00', '16:00'), false, false],
		['closes at 16.15', weekly('FREQ=WEEKLY;BYDAY=MO', '08:00', '16:15'), false, false],
		['closes at 16.30', weekly('FREQ=WEEKLY;BYDAY=MO', '08:00', '16:30'), true, false],
		['open over night', weekly('FREQ=WEEKLY;BYDAY=FR', '22:00', '02:00'), true, false],
		['always open', weekly('FREQ=DAILY', '00:00', '24:00'), true, true],
		['on Saturdays in the evening', weekly('FREQ=WEEKLY;BYDAY=SA', '10:00', '20:00'), false, true],
		['on the last Wednesday of a month', weekly('FREQ=MONTHLY;BYDAY=-1WE', '15:00', '18:00'), true, false]
	])('%s', (_, hours, evening, weekend) => {
		expect(times(hours)).toEqual({ evening, weekend });
	});

	it('does not know evenings without hours, with telephone hours only, or within a break of five weeks', () => {
		const unknown = { evening: undefined, weekend: undefined };
		expect(times(undefined)).toEqual(unknown);
		const phone = weekly('FREQ=DAILY', '08:00', '20:00');
		phone.rules[0]!.note = { fi: { text: 'Puhelin', origin: 'written' } };
		expect(times(phone)).toEqual(unknown);
		expect(
			times(
				weekly('FREQ=WEEKLY;BYDAY=MO', '08:00', '18:00', {
					exceptions: [{ from: '2026-11-01', to: '2027-01-31', open: [] }]
				})
			)
		).toEqual(unknown);
	});

	it('takes what it could read of hours with a rule that nobody can read', () => {
		const hours = weekly('FREQ=WEEKLY;BYDAY=MO', '08:00', '18:00');
		hours.rules.push({ from: '2026-01-01', rule: 'FREQ=SECONDLY', opens: '10:00', closes: '12:00' });
		expect(times(hours)).toEqual({ evening: true, weekend: undefined });
	});

	it('a place of its own may be the one that is open in the evening', () => {
		const place = { id: '01a1fb67-0000-7000-8000-000000000002', phones: [] };
		const offer = offerOf(
			sampleService({
				hours: weekly('FREQ=WEEKLY;BYDAY=MO', '08:00', '16:00'),
				places: [{ ...place, hours: weekly('FREQ=WEEKLY;BYDAY=TU', '12:00', '18:00') }]
			}),
			TODAY,
			anyDays
		);
		expect(offer).toMatchObject({ evening: true, weekend: false });
	});
});
