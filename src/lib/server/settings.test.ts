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
		['PACK_REGIONS', `11,${SECRET}`],
		['LOG_LEVEL', `verbose\n${SECRET}`],
		['LOG_LEVEL', 'INFO'],
		['IMPORT_MOST_MB', `many ${SECRET}`],
		['IMPORT_MOST_MB', '0'],
		['SESSION_IDLE_HOURS', '0'],
		['SESSION_IDLE_HOURS', '721'],
		['OIDC_ISSUER', `http://${SECRET}.example.fi`],
		['OIDC_ISSUER', `https://login.microsoftonline.com/common/v2.0?${SECRET}`],
		['OIDC_CLIENT_SECRET', 'short'],
		['OIDC_CLAIM', SECRET],
		['OIDC_ORGANISATION', SECRET],
		['SMTP_URL', `https://reppu:${SECRET}@mail.example.fi`],
		['SMTP_URL', `smtp://reppu:${SECRET}@mail.example.fi/path`],
		['SMTP_URL', `smtp://reppu:${SECRET}%@mail.example.fi`],
		['SMTP_URL', SECRET],
		['MAIL_FROM', `${SECRET}\r\n`],
		['MAIL_WAIT', '-1'],
		['MAIL_DAILY', SECRET],
		['IMPORT_HOSTS', `https://${SECRET}.example.fi`],
		['IMPORT_HOSTS', 'data.example.fi, 10.0.0.1']
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

	it('reads where imports may come from and how large they are; less in the demo, whose office is everybody’s', () => {
		const { imports } = readSettings({
			IMPORT_HOSTS: 'Data.example.fi, api.example.org:8443',
			IMPORT_MOST_MB: '10'
		});
		expect(imports).toEqual({
			folder: 'data/reppu.db.imports',
			most: 10_000_000,
			hosts: ['data.example.fi', 'api.example.org:8443']
		});
		expect(readSettings({ DEMO: 'true' }).imports).toMatchObject({ most: 2_000_000, hosts: [] });
	});

	it('takes the directory of people with all that it needs or not at all, and never in the demo', () => {
		const all = {
			OIDC_ISSUER: 'https://login.example.fi/tenant/',
			OIDC_CLIENT_ID: 'reppu',
			OIDC_CLIENT_SECRET: 'long enough',
			OIDC_NAME: 'City'
		};
		expect(readSettings(all).issuer).toEqual({
			address: 'https://login.example.fi/tenant',
			clientId: 'reppu',
			clientSecret: 'long enough',
			name: 'City',
			claim: 'email',
			organisation: undefined
		});
		for (const key of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'])
			expect(() => readSettings({ ...all, [key]: '' })).toThrow(
				`The setting ${key} is wrong: OIDC_ISSUER needs it. See .env.example.`
			);
		expect(readSettings({ ...all, OIDC_ISSUER: '' }).issuer).toBeUndefined();
		expect(readSettings({ ...all, DEMO: 'true' }).issuer).toBeUndefined();
	});

	it('takes the mail server with all that it needs or not at all, and never in the demo', () => {
		const all = {
			SMTP_URL: 'smtp://reppu%40kunta.fi:p%40ss@mail.example.fi',
			MAIL_FROM: 'neuvonta@kunta.fi',
			ORIGIN: 'https://reppu.example.fi'
		};
		expect(readSettings(all).mail).toEqual({
			host: 'mail.example.fi',
			port: 587,
			tls: 'needed',
			user: 'reppu@kunta.fi',
			password: 'p@ss',
			from: 'neuvonta@kunta.fi',
			wait: 300_000,
			daily: 100
		});
		const at = (SMTP_URL: string) => readSettings({ ...all, SMTP_URL }).mail;
		expect(at('smtps://mail.example.fi')).toMatchObject({ port: 465, tls: 'implicit', user: undefined });
		expect(at('smtp://localhost:2525')).toMatchObject({ port: 2525, tls: 'offered' });
		expect(at('smtp://[::1]')).toMatchObject({ host: '::1', tls: 'offered' });
		for (const key of ['MAIL_FROM', 'ORIGIN'])
			expect(() => readSettings({ ...all, [key]: '' })).toThrow(
				`The setting ${key} is wrong: SMTP_URL needs it. See .env.example.`
			);
		expect(readSettings({ ...all, SMTP_URL: '' }).mail).toBeUndefined();
		expect(readSettings({ ...all, DEMO: 'true' }).mail).toBeUndefined();
	});

	it('is never a demo by chance', () => {
		for (const value of ['false', '0', 'no', 'off', 'disabled'])
			expect(readSettings({ DEMO: value }).demo).toBe(false);
		expect(readSettings({ DEMO: 'true' }).demo).toBe(true);
	});

	it('reads the regions of packs', () => {
		expect(readSettings({}).packRegions).toEqual([]);
		expect(readSettings({ PACK_REGIONS: '11, 17' }).packRegions).toEqual(['11', '17']);
		expect(readSettings({ PACK_REGIONS: 'all' }).packRegions).toBe('all');
	});

	it('keeps of the public address what an origin is', () => {
		expect(readSettings({ ORIGIN: 'https://reppu.example.fi/path?x' }).origin).toBe(
			'https://reppu.example.fi'
		);
	});
});
