import { describe, expect, it } from 'vitest';
import { e164, webAddress } from './ptv-contacts.ts';

describe('telephone numbers', () => {
	it.each([
		['+358', '447943552', '+358447943552'],
		['+358', '044 794 3552', '+358447943552'],
		['+358', '(09) 310-1000', '+35893101000'],
		['00358', '9 310 1000', '+35893101000'],
		['', '0295 020 714', '+358295020714'],
		['', '0800 1 2345', '+35880012345'],
		['', '+358 40 1234567', '+358401234567'],
		['+358', '+358401234567', '+358401234567'],
		['', '00 46 8 123 456', '+468123456'],
		['+372', '6123456', '+3726123456'],
		['', '112', '112'],
		['+358', '116117', '116117'],
		['', '116 123', '116123']
	])('%s %s is %s', (prefix, number, expected) => {
		expect(e164(prefix, number)).toBe(expected);
	});

	it.each([
		['+358', ''],
		['', '401234567'],
		['+358', '401'],
		['+358', 'soita meille'],
		['+358', '09 310 1000 / 09 310 2000 tai 09 310 3000'],
		['+358', '401234567, 501234567'],
		['kotimaa', '0401234567'],
		['+358', '4012345678901234'],
		['', '+0401234567']
	])('%s %s is no number', (prefix, number) => {
		expect(e164(prefix, number)).toBeUndefined();
	});
});

describe('web addresses', () => {
	it.each([
		['https://www.kunta.fi', 'https://www.kunta.fi/'],
		[' HTTPS://Kunta.FI/Äiti?a="b" ', 'https://kunta.fi/%C3%84iti?a=%22b%22'],
		['https://pääkaupunki.fi/', 'https://xn--pkaupunki-v2aa.fi/']
	])('%s is safe', (value, href) => {
		expect(webAddress(value)).toMatchObject({ scheme: 'https', href });
	});

	it.each([
		'javascript:alert(1)',
		'java\nscript:alert(1)',
		'data:text/html,x',
		'//kunta.fi',
		'https://',
		'https://a b.fi',
		'https://u:p@a.fi',
		'https://localhost/',
		'ftp://a.fi',
		'mailto:a@b.fi',
		''
	])('%j is not', (value) => {
		expect(webAddress(value)).toBeUndefined();
	});
});
