import { LEASE } from '#lib/sync/lease-row.ts';
import { TICK } from '#lib/sync/triggers.ts';
import { expect, readRows, type Server } from '../e2e/fixtures.ts';
import { patiently, press, seen, type Engine } from './engine.ts';

/**
 * A page that was left in the middle of a try leaves its lease behind, and where a browser has no locks the next page waits for its end, and
 * then for the next look at what is due.
 */
const delivered = { ...patiently, timeout: LEASE + TICK + patiently.timeout };

const rows = (engine: Engine, table: string) => engine.run(readRows, table);
const waiting = async (engine: Engine) => (await rows(engine, 'outbox')).length;
const visitIds = async (engine: Engine) => (await rows(engine, 'visits')).map((row) => String(row['id']));

/** Until the page can live without its server. */
async function ready(engine: Engine): Promise<void> {
	const controlled = () => engine.run(() => navigator.serviceWorker.controller?.state === 'activated');
	await expect.poll(controlled, patiently).toBe(true);
}

/** Logs a visit as people do; its id. */
async function log(engine: Engine): Promise<string> {
	const before = new Set(await visitIds(engine));
	await press(engine, 'a[href="/log"]');
	await press(engine, '#language label.chip');
	await press(engine, '#topics label.chip', 'Asuminen');
	await press(engine, 'button', 'Tallenna');
	await seen(engine, 'h2', 'Tämän päivän käynnit');
	const added = (await visitIds(engine)).filter((id) => !before.has(id));
	expect(added).toHaveLength(1);
	return String(added[0]);
}

/**
 * What a day without a network asks of a browser: a phone is opened, its server dies, visits are saved, pages open that were never
 * open before, and when the server is back everything is delivered by itself, once.
 */
export async function offlineJourney(engine: Engine, server: Server): Promise<void> {
	await engine.open(`${server.url}/robots.txt`);
	await engine.run(() => localStorage.setItem('PARAGLIDE_LOCALE', 'fi'));
	await engine.open(`${server.url}/demo?lang=fi`);
	await seen(engine, '.doors[aria-busy="false"]');
	await press(engine, 'button', 'Avaa neuvojan puhelin');
	await seen(engine, 'h2', 'Tämän päivän käynnit');
	await ready(engine);
	await press(engine, '[role="switch"]');
	await expect.poll(() => waiting(engine), patiently).toBe(0);

	await server.stop('SIGKILL');
	const first = await log(engine);
	await seen(engine, 'ul.slip > li', 'Tallessa puhelimessa');
	expect(await waiting(engine)).toBe(1);
	await engine.open(`${server.url}/visits/${first}`);
	await seen(engine, 'main', 'Asuminen');
	await engine.reload();
	await seen(engine, 'main', 'Asuminen');
	await engine.open(`${server.url}/sync`);
	await seen(engine, 'h2', 'Odottaa lähetystä (1)');
	await engine.open(`${server.url}/`);
	await seen(engine, 'ul.slip > li', 'Tallessa puhelimessa');
	const ids = [first, await log(engine)];
	expect(await waiting(engine)).toBe(2);
	expect(server.counts(ids).journal).toEqual([0, 0]);

	await server.start();
	await engine.open(`${server.url}/`);
	await expect.poll(() => waiting(engine), delivered).toBe(0);
	await seen(engine, 'ul.slip > li', 'Perillä');
	const once = [1, 1];
	expect(server.counts(ids)).toEqual({ journal: once, records: once, facts: once });
}
