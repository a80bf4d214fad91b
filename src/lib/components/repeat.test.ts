import { describe, expect, it } from 'vitest';
import type { Desk } from '#lib/domain/tour.ts';
import { readVisit } from '#lib/domain/visit.ts';
import { repeatFields } from './repeat.ts';

const now = Date.parse('2026-03-06T09:32:00Z');
const desk = (id: string): Desk => ({ id, name: id, municipality: '263', placeType: 'library' });
const HERE = '0190f000-0000-7000-8000-000000000001';
const THERE = '0190f000-0000-7000-8000-000000000002';

const last = readVisit('0190f000-0000-7000-8000-000000000009', {
	at: '2026-03-06T09:05:00Z',
	desk: HERE,
	deskMunicipality: '263',
	channel: 'appointment',
	language: 'ar',
	topics: ['permits.citizenship'],
	actions: ['form-help'],
	referrals: [{ to: 'migri', how: 'told' }],
	interpreting: 'machine',
	clientMunicipality: '140',
	duration: '15-30',
	clientStatus: 'returning',
	residenceLength: '1-3',
	origin: 'SY',
	'notes/0190f000-0000-7000-8000-00000000000a': { text: 'Kertoi perheestään', at: '2026-03-06T09:05:00Z' }
});

describe('a repeated visit', () => {
	it('copies what was done, at the present time and place', () => {
		expect(repeatFields(last, last.desk, desk(HERE), now)).toEqual({
			at: '2026-03-06T09:32:00.000Z',
			desk: HERE,
			deskMunicipality: '263',
			channel: 'appointment',
			language: 'ar',
			interpreting: 'machine',
			topics: ['permits.citizenship'],
			actions: ['form-help'],
			referrals: [{ to: 'migri', how: 'told' }]
		});
	});

	it('copies nothing that was said about that client: no note, no background, no municipality', () => {
		const names = Object.keys(repeatFields(last, last.desk, desk(HERE), now));
		expect(names.filter((name) => /notes|client|residence|origin|duration/.test(name))).toEqual([]);
	});

	it('happens where the adviser is, in the usual way of that place', () => {
		expect(repeatFields(last, last.desk, desk(THERE), now)).toMatchObject({
			desk: THERE,
			channel: 'roaming'
		});
		expect(repeatFields(last, last.desk, null, now)).toMatchObject({
			desk: null,
			deskMunicipality: null,
			channel: 'phone'
		});
	});
});
