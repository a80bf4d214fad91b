import * as z from 'zod/mini';

/** Longest address (RFC 5321 §4.5.3.1), characters. */
export const EMAIL_LENGTH = 254;

/**
 * An e-mail address as offices have it: one of ASCII, without quotes, comments or a second line. Stricter than RFC 5321, because it goes into headers
 * and onto a mail server's command line.
 */
const EMAIL =
	/^(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/;

export const emailAddress = z.string().check(z.maxLength(EMAIL_LENGTH), z.regex(EMAIL));
