import { expect, it } from 'vitest';
import { deskFault } from '#lib/domain/tour-faults.ts';
import { deskFieldsOf, guideFieldsOf, deskValues, deskValuesFault, emptyDesk } from './desk-values.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';

it('the form of a desk needs a name and a municipality, a day that exists, and reads what it has written', () => {
	expect(deskValuesFault(emptyDesk)).toBe('name');
	const values = { ...emptyDesk, name: ' Kirjasto ', municipality: '925', room: '2. krs' };
	expect(deskValuesFault({ ...values, municipality: '' })).toBe('municipality');
	expect(deskValuesFault(values)).toBeUndefined();
	const fields = deskFieldsOf(values);
	expect(fields).toMatchObject({ name: 'Kirjasto', room: '2. krs', address: null, closedFrom: null });
	expect(deskFieldsOf(deskValues({ ...fields, id: DESK }))).toEqual(fields);
	const guide = {
		opener: 'Aula',
		openerPhone: '+358 40 123',
		keys: null,
		wifi: null,
		materials: ['Tulostin', 'Esitteet']
	};
	const filled = deskValues({ ...fields, id: DESK }, guide);
	expect(guideFieldsOf({ ...filled, materials: ' Tulostin\n\nEsitteet ' })).toEqual(guide);
	expect(deskValuesFault({ ...filled, openerPhone: 'soita' })).toBe('openerPhone');
	expect(deskValuesFault({ ...filled, materials: 'x\n'.repeat(31) })).toBe('materials');
	expect(deskValuesFault(filled)).toBeUndefined();
	expect(deskFault(fields)).toBeUndefined();
	expect(deskValuesFault({ ...emptyDesk, name: 'A', municipality: '925', closedFrom: '20261-01-01' })).toBe(
		'closedFrom'
	);
});
