import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { postmanOf, readRefusal } from '#lib/server/mails/postman.ts';
import { readMail, SmtpServer } from '../support/smtp-server.ts';

const FROM = 'neuvonta@reppu.example';

describe('the postman', () => {
	const smtp = new SmtpServer();
	beforeAll(() => smtp.start());
	afterAll(() => smtp.stop());
	const postman = (fields: object = {}) =>
		postmanOf({
			host: '127.0.0.1',
			port: smtp.port,
			tls: 'offered',
			user: undefined,
			password: undefined,
			from: FROM,
			wait: 0,
			daily: 1,
			...fields
		});
	const letter = {
		id: newId(),
		to: 'kerttu@kunta.example',
		fromName: 'Ylä-Savon neuvonta',
		language: 'fi',
		subject: 'Neuvonta peruttu: Vieremä, kirjasto, perjantai 6.3.2026',
		text: 'Hei\n\nÄÖÅ äöå €\n.\n..piste\nFrom: rivi\n',
		calendar: null,
		madeAt: Date.UTC(2026, 2, 2)
	};

	it('carries every letter, and lines that look like ends or headers; words in headers are encoded', async () => {
		smtp.mails.length = 0;
		expect(await postman()(letter)).toEqual({ sent: true });
		const [received] = smtp.mails;
		expect(received!.raw).toMatch(/^[\t\r\n\x20-\x7e]*$/);
		expect(/^Subject: =\?UTF-8\?/m.test(received!.raw)).toBe(true);
		const { headers, text } = readMail(received!);
		expect(headers.get('subject')).toBe(letter.subject);
		expect(headers.get('from')).toBe(`Ylä-Savon neuvonta <${FROM}>`);
		expect(headers.get('message-id')).toBe(`<${letter.id}@reppu.example>`);
		expect(headers.get('date')).toBe('Mon, 02 Mar 2026 00:00:00 +0000');
		expect(headers.get('content-language')).toBe('fi');
		expect(text.replaceAll('\r\n', '\n').trimEnd()).toBe(letter.text.trimEnd());
	});

	it('whatever the names say, a mail goes to the one address and has the headers that it should have', async () => {
		const names = fc.array(
			fc.constantFrom(
				'\r\n',
				'\n',
				'\r',
				'Bcc: x@evil.example',
				': ',
				' ',
				'"',
				'<x@evil.example>',
				',',
				';',
				'ä',
				'=?UTF-8?Q?=0D=0ABcc:_x?='
			),
			{ maxLength: 8 }
		);
		await fc.assert(
			fc.asyncProperty(names, names, async (subject, name) => {
				smtp.mails.length = 0;
				const hostile = {
					...letter,
					subject: `x${subject.join('')}`,
					fromName: `x${name.join('')}`
				};
				expect(await postman()(hostile)).toEqual({ sent: true });
				expect(smtp.mails.map(({ to }) => to)).toEqual([[letter.to]]);
				const { headers } = readMail(smtp.mails[0]!);
				expect([...headers.keys()].sort()).toEqual(
					[
						'auto-submitted',
						'content-language',
						'content-transfer-encoding',
						'content-type',
						'date',
						'from',
						'message-id',
						'mime-version',
						'subject',
						'to',
						'x-auto-response-suppress'
					].sort()
				);
				expect(headers.get('from')).toContain(`<${FROM}>`);
			}),
			{ numRuns: 40 }
		);
	});

	it('never sends without TLS to another machine, and says why', async () => {
		smtp.mails.length = 0;
		expect(await postman({ tls: 'needed' })(letter)).toMatchObject({
			sent: false,
			code: 'tls',
			final: false
		});
		expect(smtp.mails).toEqual([]);
	});

	it('tells faults of ours and of the mail server from those of the address', async () => {
		const answers = async (verb: string, line: string, fields: object = {}) => {
			smtp.manner = (command) => (command.startsWith(verb) ? line : undefined);
			const handed = await postman(fields)(letter);
			smtp.manner = () => undefined;
			return handed.sent ? 'sent' : [handed.code, handed.final];
		};
		expect(await answers('RCPT', '550 5.1.1 unknown')).toEqual(['refused', true]);
		expect(await answers('RCPT', '450 4.2.0 greylisted')).toEqual(['busy', false]);
		expect(await answers('MAIL', '553 5.7.1 not you')).toEqual(['sender', false]);
		expect(await answers('.', '554 5.7.1 spam')).toEqual(['refused', true]);
		expect(await answers('.', '451 4.3.0 later')).toEqual(['busy', false]);
		expect(await answers('EHLO', '421 4.3.2 closing')).toEqual(['busy', false]);
		smtp.manner = (command) =>
			command.startsWith('EHLO')
				? '250-mail.example\r\n250 AUTH PLAIN'
				: command.startsWith('AUTH')
					? '535 5.7.8 wrong'
					: undefined;
		const handed = await postman({ user: 'reppu', password: 'hunter2' })(letter);
		expect(handed).toEqual({ sent: false, code: 'sign_in', answer: null, final: false });
		smtp.manner = () => undefined;
		expect(await postman({ port: 1 })(letter)).toMatchObject({ sent: false, code: 'unreachable' });
		expect(readRefusal({})).toEqual({ sent: false, code: 'unreachable', answer: null, final: false });
	});
});
