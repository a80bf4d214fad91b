import { describe, expect, it } from 'vitest';
import { isShaped } from './shape.ts';
import { deskChecks, receptionChecks } from './tour-shapes.ts';
import { deskFields, receptionFields } from './tour.ts';

const desk = { name: 'Kirjasto', municipality: '263', placeType: 'library', room: null, invented: true };
const reception = {
	desk: '0190f000-0000-7000-8000-000000000001',
	start: '2026-03-06T10:00',
	end: '2026-03-06T15:00',
	rule: null,
	except: [],
	languages: ['fi']
};

describe('the checks of desks and receptions', () => {
	it('know every field of the schemas', () => {
		expect(Object.keys(deskChecks).sort()).toEqual(Object.keys(deskFields.shape).sort());
		expect(Object.keys(receptionChecks).sort()).toEqual(Object.keys(receptionFields.shape).sort());
	});

	it('take what the schemas take, and refuse what lacks a field or has another kind of value', () => {
		expect(deskFields.safeParse(desk).success && isShaped(desk, deskChecks)).toBe(true);
		expect(receptionFields.safeParse(reception).success && isShaped(reception, receptionChecks)).toBe(true);
		for (const name of Object.keys(desk)) {
			expect(isShaped({ ...desk, [name]: { odd: 1 } }, deskChecks), name).toBe(false);
		}
		for (const name of Object.keys(reception)) {
			expect(isShaped({ ...reception, [name]: { odd: 1 } }, receptionChecks), name).toBe(false);
		}
		for (const name of ['name', 'municipality', 'placeType']) {
			const { [name as 'name']: _, ...rest } = desk;
			expect(isShaped(rest, deskChecks), name).toBe(false);
		}
		expect(isShaped(null, deskChecks)).toBe(false);
	});
});
