import { describe, expect, it } from 'vitest';
import { BadSetting, readSettings } from './settings.ts';

const SECRET = 'hunter2';

describe('settings', () => {
	it.each([
		['DATABASE_URL', `mysql://reppu:${SECRET}@db/reppu`],
		['DATABASE_URL', `mongodb://${SECRET}`],
		['DEMO', `perhaps ${SECRET}`],
		['ORGANISATION_NAME', `${SECRET} `.repeat(20)],
		['ORGANISATION_NAME', '   '],
		['ORIGIN', `reppu.example.fi/${SECRET}`],
		['ORIGIN', `ftp://${SECRET}.example.fi`],
		['ORIGIN', `https://`],
		['REPPU_ADDRESS', SECRET],
		['LOG_LEVEL', `verbose\n${SECRET}`],
		['LOG_LEVEL', 'INFO']
	])('%s = %j stops with one readable line that names the key and never the value', (key, value) => {
		let message = '';
		try {
			readSettings({ [key]: value });
		} catch (error) {
			expect(error).toBeInstanceOf(BadSetting);
			message = (error as Error).message;
		}
		expect(message).toMatch(new RegExp(`^The setting ${key} is wrong: .+\\. See \\.env\\.example\\.$`));
		expect(message).not.toContain('\n');
		expect(message).not.toContain(SECRET);
		expect(message.length).toBeLessThan(200);
	});

	it('takes an empty value for an absent one', () => {
		const defaults = readSettings({});
		expect(
			readSettings({ DATABASE_URL: '', DEMO: '', ORIGIN: '', LOG_LEVEL: '', ORGANISATION_NAME: '' })
		).toEqual(defaults);
		expect(defaults).toMatchObject({ demo: false, databaseUrl: 'data/reppu.db', logLevel: 'info' });
	});

	it('is never a demo by chance', () => {
		for (const value of ['false', '0', 'no', 'off', 'disabled'])
			expect(readSettings({ DEMO: value }).demo).toBe(false);
		expect(readSettings({ DEMO: 'true' }).demo).toBe(true);
	});

	it('keeps of the public address what an origin is', () => {
		expect(readSettings({ ORIGIN: 'https://reppu.example.fi/path?x' }).origin).toBe(
			'https://reppu.example.fi'
		);
	});
});
