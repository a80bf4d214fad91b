import { describe, expect, it } from 'vitest';
import { errorCodes } from '#lib/protocol/errors.ts';
import { errorText } from './error-text.ts';

describe('errors in words', () => {
	it.each(['fi', 'sv', 'en'] as const)(
		'every code has its own words in %s, without code or number',
		(locale) => {
			const general = errorText('a_code_of_the_future', locale);
			for (const code of errorCodes) {
				const text = errorText(code, locale);
				expect(text, code).not.toBe(general);
				expect(text, code).not.toMatch(/[_{}]|\d{3}|virhee|pakollinen|synkron|sync/i);
			}
			expect(general).toMatch(/\S/);
			expect(errorText('toString', locale)).toBe(general);
		}
	);
});
