import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emailAddress } from '#lib/domain/email-address.ts';
import { oneLine, subjectLine } from './one-line.ts';

/** What hostile texts are made of. */
const hostile = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'\r',
				'\n',
				'\r\n',
				'\u0000',
				'\u0085',
				'\u2028',
				'\u2029',
				'\u202e',
				' ',
				'@',
				'<',
				'>',
				',',
				'"',
				'Bcc: x@evil.example',
				'nimi',
				'kunta.fi',
				'.',
				'\ud800'
			),
			fc.string({ unit: 'binary', maxLength: 5 })
		),
		{ maxLength: 30 }
	)
	.map((parts) => parts.join(''));

it('whatever somebody writes is one line in a mail, and a subject a short one', () => {
	fc.assert(
		fc.property(hostile, (text) => {
			const line = oneLine(text);
			expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
			expect(line.isWellFormed()).toBe(true);
			expect(subjectLine(text.repeat(10)).length).toBeLessThanOrEqual(150);
		})
	);
	expect(oneLine('Vieremä, kirjasto')).toBe('Vieremä, kirjasto');
	expect(oneLine('a\r\nBcc: b')).toBe('a Bcc: b');
});

it('an address has no second line, no second address and no name, whatever somebody writes', () => {
	fc.assert(
		fc.property(hostile, hostile, (before, after) => {
			for (const text of [before, `${before}kerttu@kunta.fi${after}`, `kerttu@kunta.fi${after}`]) {
				const { success } = emailAddress.safeParse(text);
				if (success) expect(text).toMatch(/^[\w.%+'-]+@[\w.-]+$/);
			}
		})
	);
	for (const good of ["kerttu.o'kunta+neuvonta@sub.kunta-liitto.fi", 'a@b.fi', 'Kirjaamo@Iisalmi.FI'])
		expect([good, emailAddress.safeParse(good).success]).toEqual([good, true]);
	for (const bad of [
		'',
		'a',
		'a@b',
		'a..b@c.fi',
		'.a@b.fi',
		'a@-b.fi',
		'a@b.fi ',
		'a b@c.fi',
		'a@b.fi\n',
		'a@b@c.fi',
		'-a@b.fi',
		'ä@b.fi'
	])
		expect([bad, emailAddress.safeParse(bad).success]).toEqual([bad, false]);
});
