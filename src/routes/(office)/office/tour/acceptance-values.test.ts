import { expect, it } from 'vitest';
import { emptyRecord } from '#lib/domain/record.ts';
import type { TourChange } from '#lib/domain/tour-change.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { standingOf } from './accepted-change.ts';
import { acceptanceFault, acceptanceOf, acceptanceValues } from './acceptance-values.ts';

const was: Reception = {
	id: 'r',
	desk: 'd',
	start: '2026-03-06T10:00',
	end: '2026-03-06T15:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi']
};
const today = '2026-03-10';
const change = (more: Partial<TourChange>): TourChange => ({
	id: 'c',
	member: 'm',
	decisions: [],
	record: emptyRecord,
	reception: 'r',
	desk: 'd',
	date: '2026-03-13',
	at: '2026-03-12T06:00:00Z',
	what: 'hours',
	...more
});
const held = standingOf(change({}), [was]);

it('begins with what was reported, and says nothing of why somebody is prevented', () => {
	const hours = acceptanceValues(change({ from: '10:00', to: '14:00' }), held, ['move', 'nothing']);
	expect(hours).toMatchObject({
		do: 'move',
		to: { desk: 'd', date: '2026-03-13', from: '10:00', to: '14:00' }
	});
	expect(acceptanceValues(change({ what: 'moved', place: 'Aula' }), held, ['room'])).toMatchObject({
		room: 'Aula'
	});
	const guide = change({ what: 'guide', guide: 'wifi', right: 'vieras / 123' });
	expect(acceptanceValues(guide, held, ['guide'])).toMatchObject({ field: 'wifi', guide: 'vieras / 123' });
	const [elsewhere, prevented] = (['elsewhere', 'prevented'] as const).map(
		(why) =>
			acceptanceValues(change({ what: 'cannot-hold', why, text: 'Sairastuin' }), held, ['cancel']).reason
	);
	expect(elsewhere).toBe(prevented);
	expect(prevented).not.toContain('Sairastuin');
});

it('is saved once it says what is to be done, and only that', () => {
	const values = acceptanceValues(change({}), held, ['move']);
	const fault = (more: object) => acceptanceFault({ ...values, ...more }, held, today);
	expect(fault({})).toBe('same');
	expect(fault({ to: { ...values.to, to: '14:00' } })).toBeUndefined();
	expect(fault({ to: { ...values.to, to: '14:00' }, reason: ' ' })).toBe('reason');
	expect(fault({ do: 'cancel', reason: '' })).toBe('reason');
	expect(fault({ do: 'substitute' })).toBe('advisers');
	expect(fault({ do: 'room' })).toBe('room');
	expect(fault({ do: 'guide' })).toBe('guide');
	expect(fault({ do: 'nothing', reason: '' })).toBeUndefined();
	expect(acceptanceOf({ ...values, do: 'room', room: ' Ovi B ' })).toEqual({ do: 'room', room: 'Ovi B' });
	expect(acceptanceOf({ ...values, do: 'substitute', advisers: ['a'] })).toEqual({
		do: 'substitute',
		advisers: ['a']
	});
	expect(acceptanceOf({ ...values, do: 'nothing' })).toEqual({ do: 'nothing' });
});
