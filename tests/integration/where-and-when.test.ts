import { gzipSync } from 'node:zlib';
import ICAL from 'ical.js';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { pageLanguages, pagePhrase } from '#lib/directory/take-away/page-phrases.ts';
import { calendarPath, tourPath, type TourSubject } from '#lib/directory/take-away/public-address.ts';
import { instantOf } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { direction } from '#lib/domain/languages.ts';
import { cancelledField } from '#lib/domain/tour-records.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { GET as choose } from '../../src/routes/(public)/w/[organisation]/[place]/+server.ts';
import { GET as show } from '../../src/routes/(public)/w/[organisation]/[place]/[language]/+server.ts';
import { GET as subscribe } from '../../src/routes/(public)/w/[organisation]/[place]/[language]/calendar.ics/+server.ts';
import { newOrganisation, startServer, stopServers } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const ORIGIN = 'https://reppu.example';
/** A Monday, before the doors open. */
const MONDAY = '2026-03-02';

onEveryStore('where and when', (fresh) => {
	let server: ServerContext;
	let organisation: string;
	let at: number;

	beforeEach(async () => {
		at = instantOf(MONDAY, '08:00');
		const started = await startServer(fresh());
		const settings = { ...started.settings, origin: ORIGIN };
		server = { ...started, settings, now: () => at };
		organisation = (await newOrganisation(server, 'adviser')).organisation;
	});
	afterAll(stopServers);

	async function write(collection: string, id: string, fields: Record<string, JsonValue>, later = 0) {
		await server.store.write((trx) =>
			publish(trx, organisation, [{ collection, id, part: 'organisation', fields }], at + later)
		);
		return id;
	}

	const desk = (fields: Record<string, JsonValue> = {}) =>
		write('desk', newId(), {
			name: 'Vieremä, kirjasto',
			municipality: '925',
			placeType: 'library',
			room: 'takahuone',
			address: 'Myllyjärventie 1',
			...fields
		});
	const reception = (of: string, fields: Record<string, JsonValue> = {}) =>
		write('reception', newId(), {
			desk: of,
			start: '2026-02-02T10:00',
			end: '2026-02-02T15:00',
			rule: 'FREQ=WEEKLY',
			except: [],
			languages: ['fi', 'ar'],
			note: 'Avain tiskiltä',
			...fields
		});

	type Handler = (event: never) => Response | Promise<Response>;

	async function ask(handler: Handler, path: string, accepted = '') {
		const url = new URL(path, ORIGIN);
		const [, , org = '', place = '', language = ''] = url.pathname.split('/');
		const event = {
			url,
			params: { organisation: org, place, language },
			locals: { server },
			request: new Request(url, { headers: { 'accept-language': accepted } }),
			setHeaders: () => undefined
		};
		const answer = await handler(event as never);
		return { answer, status: answer.status, text: await answer.text() };
	}

	const page = (subject: TourSubject, language = 'fi') =>
		ask(show as Handler, tourPath(organisation, subject, language));
	const feed = (subject: TourSubject, language = 'fi') =>
		ask(subscribe as Handler, calendarPath(organisation, subject, language));
	const town = { kind: 'municipality', code: '925' } as const;

	const graph = (html: string) =>
		(
			JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}') as {
				'@graph': Record<string, unknown>[];
			}
		)['@graph'];
	const events = (text: string) =>
		new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent').map((event) => ({
			day: String(event.getFirstPropertyValue('dtstart')).slice(0, 10),
			status: event.getFirstPropertyValue('status')
		}));

	it('is there by municipality, desk and language, in every content language, each text in its own', async () => {
		const library = await desk();
		await reception(library);
		for (const language of pageLanguages) {
			const { answer, text } = await page(town, language);
			expect([language, answer.status]).toEqual([language, 200]);
			expect(text).toContain(`<html lang="${language}" dir="${direction(language)}">`);
			expect(text).toContain(pagePhrase('comingDays', language).text);
			expect(answer.headers.get('content-language')).toBe(language);
			// Gregorian, Latin digits, times from left to right.
			expect(text).not.toMatch(/[۰-۹٠-٩]/);
			expect(text).toMatch(/<bdi dir="ltr"[^>]*>10[:.]00–15[:.]00<\/bdi>/);
			expect(text.includes(pagePhrase('labels', language).text)).toBe(!['fi', 'sv', 'en'].includes(language));
		}
		for (const subject of [
			{ kind: 'desk', id: library },
			{ kind: 'language', tag: 'ar' },
			{ kind: 'all' }
		] as const) {
			const { status, text } = await page(subject);
			expect(status).toBe(200);
			expect(text).toContain('maanantai 2.3.');
			expect(text).toContain('Myllyjärventie 1');
			expect(events((await feed(subject)).text)).toHaveLength(28);
		}
		const { text } = await page(town, 'ar');
		expect([...text.matchAll(/rel="alternate" hreflang="([^"]+)"/g)].map(([, tag]) => tag)).toEqual([
			...pageLanguages,
			'x-default'
		]);
		expect(text).toContain(`rel="canonical" href="${ORIGIN}${tourPath(organisation, town, 'ar')}"`);
	});

	it('shows a cancelled day at once, on page and calendar, and never why', async () => {
		const library = await desk();
		const weekly = await reception(library);
		const names = async () => {
			const [{ answer: html }, { answer: ics }] = [await page(town), await feed(town)];
			expect(html.headers.get('cache-control')).toBe('public, no-cache');
			expect(ics.headers.get('cache-control')).toBe('public, no-cache');
			return [html.headers.get('etag'), ics.headers.get('etag')];
		};
		const before = await names();
		expect(await names()).toEqual(before);
		await write('reception', weekly, { [cancelledField('2026-03-09')]: 'Helmi on sairaana' }, 60_000);
		const after = await names();
		expect(after[0]).not.toBe(before[0]);
		expect(after[1]).not.toBe(before[1]);

		const [{ text: html }, { text: ics }] = [await page(town, 'ar'), await feed(town, 'ar')];
		expect(html).toMatch(/<s[^>]*><bdi lang="ar">الاثنين، 9 مارس<\/bdi>/);
		expect(html).toContain('أُلغي');
		expect(html.match(/<s[ >]/g)).toHaveLength(1);
		expect(html + ics).not.toMatch(/sairaana|Avain/);
		expect(
			graph(html).filter(({ eventStatus }) => String(eventStatus).endsWith('EventCancelled'))
		).toMatchObject([{ startDate: '2026-03-09T10:00:00+02:00' }]);
		expect(events(ics).filter(({ status }) => status === 'CANCELLED')).toEqual([
			{ day: '2026-03-09', status: 'CANCELLED' }
		]);
		// And held after all.
		await write('reception', weekly, { [cancelledField('2026-03-09')]: null }, 120_000);
		expect((await page(town, 'ar')).text).not.toContain('أُلغي');
	});

	it('has what is still to come of five weeks, without days that are left out', async () => {
		const library = await desk();
		await reception(library, { except: ['2026-03-16'] });
		const days = async () =>
			graph((await page(town)).text)
				.map(({ startDate }) => startDate && String(startDate).slice(0, 10))
				.filter(Boolean);
		expect(await days()).toEqual(['2026-03-02', '2026-03-09', '2026-03-23', '2026-03-30']);
		at = instantOf(MONDAY, '15:01');
		expect(await days()).toEqual(['2026-03-09', '2026-03-23', '2026-03-30']);
		// What is over stays in the calendar for a week.
		expect(events((await feed(town)).text)[0]?.day).toBe('2026-02-23');
		const empty = await desk({ name: 'Sonkajärvi', municipality: '762' });
		expect((await page({ kind: 'desk', id: empty })).text).toContain(
			'Tulevia neuvontapäiviä ei ole tiedossa.'
		);
	});

	it('gives half a year of a rule that never ends, however long ago it began', async () => {
		const library = await desk();
		await reception(library, { start: '0001-01-01T10:00', end: '0001-01-01T15:00', rule: 'FREQ=DAILY' });
		const one = { kind: 'desk', id: library } as const;
		const days = events((await feed(one)).text).map(({ day }) => day);
		expect(days).toHaveLength(new Set(days).size);
		expect(days.length).toBeGreaterThan(180);
		expect(days.length).toBeLessThan(200);
		expect([(await page(one)).status, days[0]! < MONDAY]).toEqual([200, true]);
	});

	it('says that a desk is gone, in the words of the address, and calendars let go of it', async () => {
		const library = await desk();
		await reception(library);
		const one = { kind: 'desk', id: library } as const;
		const answers = async (subject: TourSubject) => [
			(await page(subject)).status,
			(await feed(subject)).status
		];
		// The last day is over today; the day before it was still open.
		await write('desk', library, { closedFrom: '2026-03-03' });
		expect(await answers(one)).toEqual([200, 200]);
		expect(events((await feed(one)).text)).toHaveLength(2);
		await write('desk', library, { closedFrom: MONDAY });
		for (const subject of [one, town, { kind: 'language', tag: 'ar' } as const])
			expect(await answers(subject)).toEqual([410, 410]);
		const gone = await feed(one, 'ar');
		expect(gone.text).toContain('لم تعد نقطة الاستشارة هذه موجودة');
		expect(gone.text).not.toContain('BEGIN:VCALENDAR');
		expect(gone.answer.headers.get('cache-control')).toContain('no-cache');
		const html = await page(one, 'ar');
		expect(html.text).toContain('<html lang="ar" dir="rtl">');
		expect(html.text).toContain('noindex');
		expect(html.text).not.toContain('Vieremä');
		// Taken away altogether.
		const other = await desk({ municipality: '140' });
		await write('desk', other, { removed: true });
		expect(await answers({ kind: 'desk', id: other })).toEqual([410, 410]);
	});

	it('is missing where there is nothing of the kind', async () => {
		const library = await desk();
		await reception(library);
		const status = async (path: string) => [
			(await ask(show as Handler, path)).status,
			(await ask(subscribe as Handler, `${path}/calendar.ics`)).status
		];
		const paths = [
			tourPath(newId(), town, 'fi'),
			tourPath(organisation, { kind: 'municipality', code: '091' }, 'fi'),
			tourPath(organisation, { kind: 'desk', id: newId() }, 'fi'),
			tourPath(organisation, { kind: 'language', tag: 'so' }, 'fi'),
			tourPath(organisation, town, 'xx'),
			tourPath(organisation, town, '..%2f'),
			'/w/x/925/fi'
		];
		for (const path of paths) expect([path, await status(path)]).toEqual([path, [404, 404]]);
		const other = (await newOrganisation(server, 'adviser')).organisation;
		expect((await page(town)).status).toBe(200);
		expect(await status(tourPath(other, { kind: 'desk', id: library }, 'fi'))).toEqual([404, 404]);
	});

	it('takes texts for texts, and marks what is made up', async () => {
		const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(1)>\r\nEND:VEVENT';
		const library = await desk({ name: hostile, room: hostile, address: hostile, invented: true });
		await reception(library);
		const { text, answer } = await page({ kind: 'desk', id: library });
		expect(text).not.toContain('<script>alert');
		expect(text).not.toContain('<img');
		expect(text).toContain('Keksitty neuvontapiste');
		expect(text).not.toContain('tel:');
		expect(JSON.stringify(graph(text))).toContain('</script><script>alert(1)');
		const policy = answer.headers.get('content-security-policy') ?? '';
		expect(policy).toContain("script-src 'none'");
		expect(answer.headers.get('set-cookie')).toBeNull();
		const ics = (await feed({ kind: 'desk', id: library })).text;
		expect(events(ics)).toHaveLength(28);
		expect(ics.split('\r\n').filter((line) => line === 'END:VEVENT')).toHaveLength(28);
	});

	it('of forty desks stays within 30 KB on the wire', async () => {
		for (let index = 0; index < 40; index += 1) {
			const one = await desk({ name: `Neuvontapiste ${index}, kirjasto`, municipality: '140' });
			await reception(one, { languages: ['fi', 'sv', 'en', 'ru', 'ar', 'so'] });
		}
		const { text } = await page({ kind: 'all' }, 'ti');
		expect(gzipSync(text).length).toBeLessThan(30_000);
		expect(text).toContain(pagePhrase('moreDays', 'ti').text);
	});

	it('without a language leads to the one that the browser asks for, else to English', async () => {
		const chosen = (accepted: string) =>
			ask(choose as Handler, tourPath(organisation, town), accepted).catch((thrown: { location: string }) =>
				thrown.location.split('/').at(-1)
			);
		expect(await chosen('sv;q=0.5, ar-SY, fi;q=0.8')).toBe('ar');
		expect(await chosen('de')).toBe('en');
		expect(await chosen('')).toBe('en');
	});
});
