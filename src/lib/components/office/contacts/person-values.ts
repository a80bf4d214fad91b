import { emailAddress } from '#lib/domain/email-address.ts';
import { contactPersonRequest, type ContactPerson } from '#lib/protocol/contact-persons.ts';

/** What the form of a contact person holds, and what becomes of it. */
export interface PersonValues {
	name: string;
	role: string;
	email: string;
	phone: string;
	language: ContactPerson['language'];
	tells: boolean;
	note: string;
}

/** The first field that is wrong. */
export type PersonFault = 'name' | 'email' | 'phone';

export const personValues = (person: ContactPerson | undefined): PersonValues => ({
	name: person?.name ?? '',
	role: person?.role ?? '',
	email: person?.email ?? '',
	phone: person?.phone ?? '',
	language: person?.language ?? 'fi',
	tells: person?.tells ?? true,
	note: person?.note ?? ''
});

const orNull = (text: string): string | null => text.trim() || null;

/** What is sent. `person`: who stood there when the form was opened. */
export const personRequest = (
	values: PersonValues,
	municipality: string,
	person: ContactPerson | undefined
) => ({
	municipality,
	name: values.name.trim(),
	role: orNull(values.role),
	email: values.email.trim(),
	phone: orNull(values.phone),
	language: values.language,
	tells: values.tells,
	note: orNull(values.note),
	seen: person?.changedAt ?? null
});

export function personFault(values: PersonValues): PersonFault | undefined {
	const { name, email, phone } = personRequest(values, '', undefined);
	const { shape } = contactPersonRequest;
	if (!shape.name.safeParse(name).success) return 'name';
	if (!emailAddress.safeParse(email).success) return 'email';
	return shape.phone.safeParse(phone).success ? undefined : 'phone';
}
