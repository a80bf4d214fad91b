import * as z from 'zod/mini';
import { emailAddress } from '#lib/domain/email-address.ts';

/**
 * Messages about contact persons (Finnish: yhteyshenkilö): whom an organisation knows in each municipality that it serves, and the mails to them. Not to be
 * taken for contacts (yhteydenotto), which are what visits are.
 */

/** Longest name and role, and longest note, characters. */
export const PERSON_NAME_LENGTH = 80;
export const PERSON_NOTE_LENGTH = 300;

/** Official municipality code. */
const municipality = z.string().check(z.regex(/^\d{3}$/));
/** One line without control characters. */
const line = (most: number) =>
	z.string().check(z.trim(), z.minLength(1), z.maxLength(most), z.regex(/^[^\p{Cc}\u2028\u2029]*$/u));
const name = line(PERSON_NAME_LENGTH);

const person = {
	municipality,
	name,
	/** Role or title in the municipality. */
	role: z.nullable(name),
	email: emailAddress,
	/** As people write it. */
	phone: z.nullable(z.string().check(z.regex(/^\+?\d[\d -]{2,24}$/))),
	/** Of the mails. */
	language: z.enum(['fi', 'sv', 'en']),
	/** They are told of reception days that are cancelled, or held after all. */
	tells: z.boolean(),
	note: z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(PERSON_NOTE_LENGTH)))
} as const;

/** `PUT /api/v1/contact-persons` */
export const contactPersonRequest = z.strictObject({
	...person,
	/** `changedAt` of what was on the screen; null: nobody stood there. */
	seen: z.nullable(z.int())
});

/** `POST /api/v1/contact-persons/trial`: a mail that only says that mails arrive. */
export const trialRequest = z.strictObject({ municipality });

/** `?municipality=` */
export const municipalityCode = municipality;

/** Why a mail has not gone out. */
export type MailCode =
	| 'unreachable' // nobody answered at the mail server, or the line broke
	| 'tls' // its certificate is not trusted, or it speaks no TLS
	| 'sign_in' // it did not accept our user or password
	| 'sender' // it does not take mails from our address
	| 'busy' // it said that it may take it later
	| 'refused' // it said that it will not take it: mostly an address that there is not
	| 'too_late'; // it was tried for three days, or its days have passed

export const contactPersonsAnswer = z.object({
	/** By municipality. */
	persons: z.array(z.object({ ...person, changedAt: z.int() })),
	/** Where the organisation has desks. */
	towns: z.array(municipality),
	/** How mails go; null: this server sends none. */
	mail: z.nullable(z.object({ from: z.string(), daily: z.int() })),
	/** Changes that are gathered into a mail, for as long as they may be taken back. */
	coming: z.array(
		z.object({
			municipality,
			/** When it goes at the latest, ms since 1970. */
			at: z.int(),
			days: z.array(z.object({ date: z.string(), desk: z.string(), cancelled: z.boolean() }))
		})
	),
	/** The newest first. */
	mails: z.array(
		z.object({
			id: z.uuid(),
			municipality,
			/** `days`: of cancelled days; `trial`. */
			kind: z.string(),
			state: z.enum(['waiting', 'sent', 'failed']),
			subject: z.string(),
			madeAt: z.int(),
			/** Sent when, or tried again when; null: no more. */
			at: z.nullable(z.int()),
			/** Why it has not gone out. */
			code: z.nullable(z.string()),
			/** What the mail server said. */
			answer: z.nullable(z.string())
		})
	)
});
export type ContactPersonsAnswer = z.infer<typeof contactPersonsAnswer>;
export type ContactPerson = ContactPersonsAnswer['persons'][number];
export type Mail = ContactPersonsAnswer['mails'][number];
