import { describe, expect, it } from 'vitest';
import { contactPersonRequest, type ContactPerson } from '#lib/protocol/contact-persons.ts';
import { personFault, personRequest, personValues } from './person-values.ts';

const kerttu: ContactPerson = {
	municipality: '925',
	name: 'Kerttu Kunta',
	role: null,
	email: 'kerttu.kunta@vierema.example',
	phone: '040 123 4567',
	language: 'sv',
	tells: false,
	note: 'Aamupäivisin',
	changedAt: 7
};

describe('the form of a contact person', () => {
	it('sends what stood there, with what it was opened on', () => {
		const { changedAt, ...person } = kerttu;
		const request = personRequest(personValues(kerttu), '925', kerttu);
		expect(request).toEqual({ ...person, seen: changedAt });
		expect(contactPersonRequest.safeParse(request).success).toBe(true);
	});

	it('of nobody is in Finnish, with mails; blanks are nothing', () => {
		const values = { ...personValues(undefined), name: ' Arvo ', email: ' arvo@kunta.example ', note: ' ' };
		const request = personRequest(values, '925', undefined);
		expect(request).toMatchObject({ name: 'Arvo', email: 'arvo@kunta.example', note: null, seen: null });
		expect([request.language, request.tells]).toEqual(['fi', true]);
		expect(contactPersonRequest.safeParse(request).success).toBe(true);
	});

	it('names the first field that is wrong', () => {
		const fault = (fields: object) => personFault({ ...personValues(kerttu), ...fields });
		expect(fault({})).toBeUndefined();
		expect(fault({ name: '  ', email: 'x' })).toBe('name');
		expect(fault({ email: 'kerttu' })).toBe('email');
		expect(fault({ phone: 'ei ole' })).toBe('phone');
		expect(fault({ phone: ' ' })).toBeUndefined();
	});
});
