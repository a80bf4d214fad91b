import { createHash } from 'node:crypto';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { publicPath } from '#lib/directory/take-away/public-address.ts';
import { instantOf } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { newId } from '#lib/domain/ids.ts';
import type { ServiceFields } from '#lib/domain/service.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { applyImport } from '#lib/server/directory/apply.ts';
import { Staging } from '#lib/server/directory/staging.ts';
import { GET as choose } from '../../src/routes/(public)/s/[organisation]/[service]/+server.ts';
import { GET as show } from '../../src/routes/(public)/s/[organisation]/[service]/[language]/+server.ts';
import { newOrganisation, startServer, stopServers } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const written = (text: string) => ({ text, origin: 'written' as const });
const machine = (text: string) => ({ text, origin: 'machine' as const });
const source = { title: 'Iisalmi', date: '2026-02-01' };
const weekly = {
	from: '2026-01-01',
	rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
	opens: '09:00',
	closes: '16:00'
};

const office: Partial<ServiceFields> = {
	name: { fi: written('Neuvontatupa'), ar: machine('بيت المشورة') },
	summary: { fi: written('Saat neuvoja.'), ar: machine('تحصل على المشورة.') },
	fees: { fi: written('Maksuton') },
	phones: [
		{ number: '+358171234567', source },
		{ number: '+358179999999', source: { title: '', date: '2026' } }
	],
	links: [{ url: 'https://www.iisalmi.fi/', language: 'fi' }],
	topics: ['everyday.digital-support'],
	hours: { rules: [weekly], exceptions: [] },
	source
};

onEveryStore('a public page', (fresh) => {
	let server: ServerContext;
	let organisation: string;

	beforeEach(async () => {
		const started = await startServer(fresh());
		const settings = { ...started.settings, origin: 'https://reppu.example' };
		server = { ...started, settings, now: () => instantOf('2026-04-02', '10:00') };
		organisation = (await newOrganisation(server, 'adviser')).organisation;
	});
	afterAll(stopServers);

	/** Brings an entry into the directory; resolves to its id. */
	async function entry(fields: Partial<ServiceFields>): Promise<string> {
		const staging = new Staging();
		const from = { from: `source ${newId()}`, format: 'sheet', date: '2026-03-06' } as const;
		try {
			staging.add({ id: 'one', where: 'line 1', fields });
			await applyImport(server.store, organisation, staging, from, () => undefined, Date.now());
		} finally {
			staging.remove();
		}
		const row = await server.store.db
			.selectFrom('imported_entries')
			.select('record_id')
			.where('source', '=', from.from)
			.executeTakeFirstOrThrow();
		return row.record_id;
	}

	function ask(path: string, headers: Record<string, string> = {}) {
		const url = new URL(path, 'https://reppu.example');
		const [, , org = '', service = '', language = ''] = url.pathname.split('/');
		const event = {
			url,
			params: { organisation: org, service, language },
			locals: { server },
			request: new Request(url, { headers }),
			setHeaders: () => undefined
		};
		return { event };
	}

	async function open(path: string) {
		const answer = await show(ask(path).event as unknown as Parameters<typeof show>[0]);
		return { answer, html: await answer.text() };
	}

	const page = async (fields: Partial<ServiceFields>, language: string) =>
		open(publicPath(organisation, await entry(fields), language));

	const data = (html: string) =>
		JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? 'null') as Record<
			string,
			unknown
		> | null;

	it('is in the language of its address, says which others there are, and that a machine wrote it', async () => {
		const { answer, html } = await page(office, 'ar');
		expect(answer.status).toBe(200);
		expect(html).toContain('<html lang="ar" dir="rtl">');
		expect(html).toMatch(/<title>بيت المشورة<\/title>/);
		expect(html).toContain('ترجمة آلية');
		// So are the labels, in every language but those that people wrote.
		expect(html).toContain('عناوين هذه الصفحة مترجمة آليًا.');
		expect((await page(office, 'ti')).html).toContain('ተለፎን');
		expect((await page(office, 'fi')).html).not.toContain('konekäännöksiä');
		expect([...html.matchAll(/rel="alternate" hreflang="([^"]+)"/g)].map(([, tag]) => tag)).toEqual([
			'ar',
			'fi',
			'x-default'
		]);
		expect(html).toMatch(/rel="canonical" href="https:\/\/reppu\.example\/s\/[\w-]{22}\/[\w-]{22}\/ar"/);
		expect(html).toMatch(/<p[^>]*lang="fi" dir="ltr"[^>]*>Maksuton<\/p>/);
		expect(html).not.toContain('noindex');
		expect(answer.headers.get('content-language')).toBe('ar');
	});

	it('shows hours in Helsinki’s time and Latin digits, and numbers only with their source', async () => {
		const { html } = await page(office, 'fa');
		expect(html).toContain('<bdi dir="ltr">09:00–16:00</bdi>');
		expect(html).not.toMatch(/[۰-۹٠-٩]/);
		expect(html).toContain('017 123 4567');
		expect(html).not.toContain('9999999');
	});

	it('gives machines what it shows people', async () => {
		const place = {
			id: newId(),
			name: { fi: written('Iisalmen palvelupiste') },
			address: { fi: written('Riistakatu 5') },
			postalCode: '74100',
			postOffice: { fi: written('IISALMI') },
			phones: [{ number: '+358170000000', source }],
			hours: { rules: [{ ...weekly, opens: '10:00' }], exceptions: [] }
		};
		const { html } = await page({ ...office, places: [place] }, 'fi');
		const found = data(html);
		// Good Friday and Easter Monday: nobody has said their hours.
		expect(html.match(/pyhäpäivä: ajat voivat olla muut/g)).toHaveLength(4);
		expect((found?.['hoursAvailable'] as object[]).length).toBe(3);
		expect(found).toMatchObject({
			'@type': 'Service',
			name: 'Neuvontatupa',
			inLanguage: 'fi',
			availableChannel: {
				servicePhone: [{ telephone: '+358171234567' }],
				serviceLocation: [
					{
						'@type': 'Place',
						name: 'Iisalmen palvelupiste',
						address: { streetAddress: 'Riistakatu 5', postalCode: '74100', addressLocality: 'IISALMI' },
						telephone: '+358170000000',
						openingHoursSpecification: [{ opens: '10:00' }, {}, {}]
					}
				]
			},
			hoursAvailable: [
				{ opens: '09:00', closes: '16:00', validFrom: '2026-04-02' },
				{ validFrom: '2026-04-07' },
				{ validFrom: '2026-04-08' }
			]
		});
	});

	it('never shows what is critical and unchecked, in no field', async () => {
		const { html } = await page(
			{ ...office, critical: ['summary'], fees: { fi: written('Maksuton'), ar: machine('مجاني') } },
			'ar'
		);
		expect(html).not.toMatch(/تحصل على المشورة|مجاني/);
		expect(html).toContain('Saat neuvoja.');
	});

	it('has the organisation’s notices for clients that hold now, above its text, and none of one place or of advisers', async () => {
		const notice = (more: Record<string, JsonValue>) => ({
			collection: 'notice',
			id: newId(),
			part: 'organisation' as const,
			fields: { audience: 'both', kind: 'information', from: '2026-04-01', until: '2026-04-02', ...more }
		});
		const all = [
			notice({ text_fi: written('Kirje on tullut.'), text_ar: written('وصلت الرسالة.') }),
			notice({ kind: 'urgent', text_fi: written('Puhelin ei toimi.'), text_ar: machine('الهاتف لا يعمل.') }),
			notice({ text_fi: written('Vain Vieremällä.'), municipalities: ['925'] }),
			notice({ text_fi: written('Vain neuvojille.'), audience: 'advisers' }),
			notice({ text_fi: written('Eilinen.'), until: '2026-04-01' })
		];
		await server.store.db
			.transaction()
			.execute((trx) => publish(trx, organisation, all, Date.parse('2026-04-01T10:00:00Z')));
		const { html } = await page(office, 'ar');
		// Urgent first; what nobody has checked of it stands in Finnish, and says that the Arabic is missing.
		expect(html).toMatch(
			/<p[^>]*lang="fi"[^>]*>Puhelin ei toimi\.<\/p>.*<p[^>]*lang="ar" dir="rtl"[^>]*>وصلت الرسالة\.<\/p>.*<h1/s
		);
		expect(html).not.toMatch(/الهاتف لا يعمل|Vain Vieremällä|Vain neuvojille|Eilinen/);
	});

	it('of a sensitive service is neutral, unlisted and left at once', async () => {
		const { answer, html } = await page({ ...office, topics: ['rights-safety.violence'] }, 'fi');
		const head = html.slice(0, html.indexOf('</head>'));
		expect(head).toContain('<title>Neuvonta</title>');
		expect(head).not.toMatch(/Neuvontatupa|Saat neuvoja/);
		expect(head).toContain('<meta name="robots" content="noindex">');
		expect(data(html)).toBeNull();
		expect(html.indexOf('id="leave"')).toBeLessThan(html.indexOf('<h1'));
		const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? '';
		const hash = createHash('sha256').update(script).digest('base64');
		expect(answer.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`);
		expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
	});

	it('runs no script otherwise, and allows its own styles only', async () => {
		const { answer, html } = await page(office, 'fi');
		const policy = answer.headers.get('content-security-policy') ?? '';
		const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
		expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("script-src 'none'");
	});

	it('has the same name for the same content, and another one for another', async () => {
		const path = publicPath(organisation, await entry(office), 'fi');
		const name = async (at: string) => (await open(at)).answer.headers.get('etag');
		expect(await name(path)).toMatch(/^"[\w-]{22}"$/);
		expect(await name(path)).toBe(await name(path));
		expect(await name(path)).not.toBe(await name(path.replace(/fi$/, 'ar')));
	});

	it('takes texts for texts', async () => {
		const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"';
		const { html } = await page(
			{ ...office, name: { fi: written(hostile) }, fees: { fi: written(hostile) } },
			'fi'
		);
		expect(html).not.toContain('<script>alert');
		expect(html).not.toContain('<img');
		expect(data(html)?.['name']).toBe(hostile);
	});

	it('is gone where the service has ended, and missing where there is none for clients', async () => {
		const status = async (path: string) => (await open(path)).answer.status;
		const ended = await page({ ...office, status: 'ended' }, 'ar');
		expect(ended.answer.status).toBe(410);
		expect(ended.html).toContain('هذه الخدمة غير متوفرة الآن');
		expect(ended.html).not.toContain('بيت المشورة');
		expect((await page({ ...office, status: 'paused' }, 'fi')).answer.status).toBe(404);
		expect((await page({ ...office, mayHandOver: false }, 'fi')).answer.status).toBe(404);
		const id = await entry(office);
		expect(await status(publicPath(newId(), id, 'fi'))).toBe(404);
		expect(await status(publicPath(organisation, newId(), 'fi'))).toBe(404);
		expect(await status(publicPath(organisation, id, '..%2f'))).toBe(404);
		expect(await status(publicPath(organisation, id, 'xx'))).toBe(404);
		expect(await status(`/s/x/${id}/fi`)).toBe(404);
		const missing = await open(publicPath(organisation, newId(), 'so'));
		expect(missing.html).toContain('Boggan ma jiro');
	});

	it('without a language leads to the one that the browser asks for, else to English or Finnish', async () => {
		const id = await entry(office);
		const chosen = async (accepted: string) => {
			const { event } = ask(publicPath(organisation, id), { 'accept-language': accepted });
			return Promise.resolve(choose(event as unknown as Parameters<typeof choose>[0])).catch(
				(thrown: { location: string }) => thrown.location.split('/').at(-1)
			);
		};
		expect(await chosen('sv;q=0.5, ar-SY, fi;q=0.8')).toBe('ar');
		expect(await chosen('de')).toBe('fi');
		expect(await chosen('fi-FI')).toBe('fi');
	});
});
