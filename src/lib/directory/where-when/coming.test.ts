import { expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { cancelledField, heldField } from '#lib/domain/tour-records.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { publicStops } from './coming.ts';

const library: Desk = {
	id: newId(),
	name: 'Vieremä, kirjasto',
	municipality: '925',
	placeType: 'library',
	room: 'takahuone',
	address: null
};
const school: Desk = {
	...library,
	id: newId(),
	name: 'Koulu',
	municipality: '140',
	closedFrom: '2026-03-10'
};
const reception = (desk: string, fields: object): Reception => ({
	id: newId(),
	desk,
	start: '2026-03-02T10:00',
	end: '2026-03-02T15:00',
	rule: 'FREQ=WEEKLY',
	except: ['2026-03-16'],
	languages: ['fi'],
	...fields
});
const [adviser, substitute] = [newId(), newId()];
const tour = {
	desks: [library, school],
	receptions: [
		reception(library.id, {
			languages: ['fi', 'ru'],
			note: 'Avain vahtimestarilta',
			advisers: [adviser],
			[cancelledField('2026-03-09')]: 'Helmi on sairaana',
			[heldField('2026-03-23')]: [substitute]
		}),
		reception(school.id, {}),
		reception(newId(), {})
	]
};

it('passes on nothing but where and when: no reason, no note, nobody’s id', () => {
	const said = JSON.stringify(publicStops(tour, { kind: 'all' }, '2026-03-01', '2026-03-31'));
	for (const secret of ['sairaana', 'Avain', adviser, substitute]) expect(said).not.toContain(secret);
	expect(said).toContain('takahuone');
});

it('has the days that the plan has: cancelled ones marked, left out ones not, none at a closed desk or one that is not there', () => {
	const days = (subject: Parameters<typeof publicStops>[1]) =>
		publicStops(tour, subject, '2026-03-01', '2026-03-31').map(
			({ date, desk, cancelled }) => `${date} ${desk.name}${cancelled ? ' cancelled' : ''}`
		);
	const atLibrary = [
		'2026-03-02 Vieremä, kirjasto',
		'2026-03-09 Vieremä, kirjasto cancelled',
		'2026-03-23 Vieremä, kirjasto',
		'2026-03-30 Vieremä, kirjasto'
	];
	expect(days({ kind: 'municipality', code: '925' })).toEqual(atLibrary);
	expect(days({ kind: 'desk', id: library.id })).toEqual(atLibrary);
	expect(days({ kind: 'language', tag: 'ru' })).toEqual(atLibrary);
	expect(days({ kind: 'desk', id: school.id })).toEqual(['2026-03-02 Koulu', '2026-03-09 Koulu']);
	expect(days({ kind: 'all' })).toHaveLength(6);
	expect(days({ kind: 'language', tag: 'ar' })).toEqual([]);
	expect(days({ kind: 'municipality', code: '091' })).toEqual([]);
});
