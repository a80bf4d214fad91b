import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { languages } from '#lib/domain/languages.ts';
import {
	calendarPath,
	publicPath,
	readShortId,
	readTourSubject,
	shortId,
	tourPath
} from './public-address.ts';

const id = '01a1fb67-1800-7d3a-ac41-998959d7901c';

it('ids come back from their short form', () => {
	const back = fc.check(
		fc.property(fc.uuid(), (uuid) => readShortId(shortId(uuid)) === uuid && shortId(uuid).length === 22)
	);
	expect(back.counterexample).toBeNull();
});

it.each([
	'',
	'x',
	`${shortId(id)}A`,
	shortId(id).slice(1),
	`${shortId(id).slice(0, 21)}/`,
	`${shortId(id).slice(0, 21)}B`
])('%s is none', (short) => {
	expect(readShortId(short)).toBeUndefined();
});

it('the address names organisation, service and language', () => {
	expect(publicPath(id, id, 'ar')).toBe('/s/AaH7ZxgAfTqsQZmJWdeQHA/AaH7ZxgAfTqsQZmJWdeQHA/ar');
	expect(publicPath(id, id)).toBe('/s/AaH7ZxgAfTqsQZmJWdeQHA/AaH7ZxgAfTqsQZmJWdeQHA');
});

it('the address of the tour names organisation, subject and language, and the subject comes back from it', () => {
	expect(tourPath(id, { kind: 'all' })).toBe('/w/AaH7ZxgAfTqsQZmJWdeQHA/all');
	expect(tourPath(id, { kind: 'municipality', code: '925' }, 'ar')).toBe('/w/AaH7ZxgAfTqsQZmJWdeQHA/925/ar');
	expect(calendarPath(id, { kind: 'language', tag: 'so' }, 'fi')).toBe(
		'/w/AaH7ZxgAfTqsQZmJWdeQHA/in-so/fi/calendar.ics'
	);
	const subjects = [
		{ kind: 'all' } as const,
		{ kind: 'municipality', code: '005' } as const,
		...languages().map(({ code: tag }) => ({ kind: 'language', tag }) as const)
	];
	for (const subject of subjects)
		expect(readTourSubject(tourPath(id, subject).split('/').at(-1)!)).toEqual(subject);
	// Whatever an id looks like, it is a desk.
	fc.assert(
		fc.property(fc.uuid(), (uuid) => {
			expect(readTourSubject(shortId(uuid))).toEqual({ kind: 'desk', id: uuid });
		})
	);
	for (const part of ['', '92', '9255', 'in-', 'in-xx', 'in-../..', 'ALL', 'in-unknown', '٩٢٥'])
		expect(readTourSubject(part)).toBeUndefined();
});
