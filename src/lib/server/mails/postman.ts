import { createTransport } from 'nodemailer';
import type { MailCode } from '#lib/protocol/contact-persons.ts';
import type { MailSettings } from '#lib/server/settings.ts';
import { oneLine, subjectLine } from './one-line.ts';

/** A mail as it goes to the mail server. */
interface Letter {
	/** The same in every try, so that mail programs show one that came twice once. */
	id: string;
	to: string;
	/** Name that it comes from. */
	fromName: string;
	language: string;
	subject: string;
	text: string;
	calendar: string | null;
	madeAt: number;
}

/** What became of a try. `final`: another one would be answered in the same way. */
export type Handed = { sent: true } | { sent: false; code: MailCode; answer: string | null; final: boolean };

/** Hands one mail to the mail server. Never throws: what is wrong is an answer. */
export type Postman = (letter: Letter) => Promise<Handed>;

/** How long the mail server may take for a connection, its greeting, and between two lines, ms. */
const PATIENCE = {
	connectionTimeout: 20_000,
	greetingTimeout: 20_000,
	socketTimeout: 40_000,
	dnsTimeout: 20_000
};
/** How long all of it may take: less than nobody else tries meanwhile (outbox.ts), ms. */
const ALTOGETHER = 90_000;
/** Letters kept of what the mail server says. */
const ANSWER_LENGTH = 300;

/** What the library throws. */
interface Refusal {
	message?: string;
	code?: unknown;
	command?: unknown;
	response?: unknown;
	responseCode?: unknown;
}

/** What a failure of the library means. */
export function readRefusal(error: Refusal): Exclude<Handed, { sent: true }> {
	const { code, command, response, responseCode } = error;
	const status = typeof responseCode === 'number' ? responseCode : 0;
	const answer = typeof response === 'string' ? oneLine(response).slice(0, ANSWER_LENGTH) : null;
	// What it says of the mail is for who wrote it; what it says of signing in is the operator's.
	const because = (why: MailCode, final = false) =>
		({ sent: false, code: why, answer: why === 'refused' || why === 'busy' ? answer : null, final }) as const;
	if (code === 'EAUTH' || code === 'ENOAUTH') return because('sign_in');
	if (code === 'ETLS' || (typeof code === 'string' && /CERT|SIGNATURE|ISSUER|SSL|ALTNAME/.test(code)))
		return because('tls');
	if (status >= 500 && command === 'MAIL FROM') return because('sender');
	// Of this mail and nobody else's: the address, or what it says.
	if (status >= 500 && (command === 'RCPT TO' || command === 'DATA')) return because('refused', true);
	if (status >= 400) return because('busy');
	return because('unreachable');
}

/** By the mail server of the settings, one connection for each mail: there are few. */
export function postmanOf({ host, port, tls, user, password, from }: MailSettings): Postman {
	const transport = createTransport({
		host,
		port,
		secure: tls === 'implicit',
		requireTLS: tls === 'needed',
		...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
		...PATIENCE,
		// Nothing that it writes of what goes over the line, and no file or address that a text could name.
		logger: false,
		debug: false,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	const domain = from.slice(from.indexOf('@') + 1);
	return async (letter) => {
		const { promise: late, reject } = Promise.withResolvers<never>();
		const timer = setTimeout(() => reject(new Error('too slow')), ALTOGETHER);
		try {
			await Promise.race([
				late,
				transport.sendMail({
					messageId: `<${letter.id}@${domain}>`,
					date: new Date(letter.madeAt),
					from: { name: oneLine(letter.fromName), address: from },
					to: { name: '', address: letter.to },
					subject: subjectLine(letter.subject),
					text: letter.text,
					headers: {
						// Nobody's holiday answers it.
						'Auto-Submitted': 'auto-generated',
						'X-Auto-Response-Suppress': 'All',
						'Content-Language': letter.language
					},
					...(letter.calendar === null
						? {}
						: {
								attachments: [
									{
										filename: 'neuvonta.ics',
										content: letter.calendar,
										contentType: 'text/calendar; charset=utf-8'
									}
								]
							})
				})
			]);
			return { sent: true };
		} catch (error) {
			return readRefusal(error instanceof Error ? error : {});
		} finally {
			clearTimeout(timer);
		}
	};
}
