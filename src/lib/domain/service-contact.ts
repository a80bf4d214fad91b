import * as z from 'zod/mini';
import { instant } from './field-fault.ts';

/** A line of the contact log of an entry: who was asked, when, and what came of it. In the part of the coordinator who asked. */

/** The collection name on the wire. */
export const SERVICE_CONTACT = 'service-contact';

/** Version of the fields of a contact. */
export const CONTACT_SCHEMA = 1;

/** Longest name of a place or office, and longest outcome, characters. */
export const WHO_LENGTH = 120;
export const OUTCOME_LENGTH = 400;

export const contactFields = {
	service: z.uuid(),
	at: instant,
	/** Whom one spoke to: an office or a desk, not a person. */
	who: z.string().check(z.minLength(1), z.maxLength(WHO_LENGTH)),
	outcome: z.string().check(z.minLength(1), z.maxLength(OUTCOME_LENGTH)),
	removed: z.boolean()
} as const;

export const serviceContact = z.object({
	service: contactFields.service,
	at: contactFields.at,
	who: contactFields.who,
	outcome: contactFields.outcome
});

export type ServiceContact = z.infer<typeof serviceContact>;
