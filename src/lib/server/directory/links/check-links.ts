import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterLook, isBroken, soundLink } from '#lib/directory/broken-links.ts';
import { helsinki } from '#lib/domain/dates.ts';
import { standingServices } from '#lib/server/directory/standing-services.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { LinkAnswer } from './ask-link.ts';

/** Between two requests to one host, ms: a visitor who reads would come no more often. */
const BETWEEN = 1000;
/** Hosts that are asked at the same time. */
const HOSTS_AT_ONCE = 4;

export interface LinkRun {
	/** Pages that the directory names. */
	links: number;
	/** Those that were looked at now; the others had their look today. */
	asked: number;
	/** Of all. */
	broken: number;
}

const idOf = (url: string) => createHash('sha256').update(url).digest('hex');

/** Every page that the directory names, once. */
async function linksOf(store: Store, organisation: string): Promise<Map<string, string>> {
	const links = new Map<string, string>();
	for await (const { links: named } of standingServices(store, organisation))
		for (const { url } of named) links.set(idOf(url), url);
	return links;
}

/** Notes what came of one look. */
async function note(
	store: Store,
	organisation: string,
	{ id, url }: { id: string; url: string },
	{ fault, status }: LinkAnswer,
	day: string
): Promise<void> {
	await store.write(async (trx) => {
		const before = await trx
			.selectFrom('link_checks')
			.selectAll()
			.where('organisation_id', '=', organisation)
			.where('id', '=', id)
			.executeTakeFirst();
		const known = before
			? { failedDays: before.failed_days, since: before.failing_since, last: before.failed_last }
			: soundLink;
		const { failedDays, since, last } = afterLook(known, fault === null, day);
		const now = {
			checked_on: day,
			status,
			fault,
			failed_days: failedDays,
			failing_since: since,
			failed_last: last
		};
		await trx
			.insertInto('link_checks')
			.values({ organisation_id: organisation, id, url, ...now })
			.onConflict((conflict) => conflict.columns(['organisation_id', 'id']).doUpdateSet(now))
			.execute();
	});
}

/** Lets go of pages that the directory names no more. */
async function forget(store: Store, organisation: string, links: ReadonlyMap<string, string>): Promise<void> {
	const rows = await store.db
		.selectFrom('link_checks')
		.select('id')
		.where('organisation_id', '=', organisation)
		.execute();
	for (const { id } of rows)
		if (!links.has(id))
			await store.db
				.deleteFrom('link_checks')
				.where('organisation_id', '=', organisation)
				.where('id', '=', id)
				.execute();
}

/**
 * Looks at every page that an organisation's directory names and that had no look today: one page of a host after the other, with a pause in
 * between. Never throws for a page.
 *
 * @param ask `askLink`, or a test's own
 * @param between ms between two requests to one host
 */
export async function checkLinks(
	store: Store,
	organisation: string,
	now: () => number,
	ask: (url: string) => Promise<LinkAnswer>,
	between = BETWEEN
): Promise<LinkRun> {
	const links = await linksOf(store, organisation);
	await forget(store, organisation, links);
	const today = helsinki(now()).date;
	const rows = await store.db
		.selectFrom('link_checks')
		.select('id')
		.where('organisation_id', '=', organisation)
		.where('checked_on', '=', today)
		.execute();
	const done = new Set(rows.map(({ id }) => id));
	const due = [...links].flatMap(([id, url]) => (done.has(id) ? [] : [{ id, url }]));
	const hosts = [...Map.groupBy(due, ({ url }) => URL.parse(url)?.host ?? '').values()];
	const work = async () => {
		for (let pages = hosts.pop(); pages; pages = hosts.pop())
			for (const [at, page] of pages.entries()) {
				if (at > 0) await pause(between);
				await note(store, organisation, page, await ask(page.url), helsinki(now()).date);
			}
	};
	await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, work));
	return { links: links.size, asked: due.length, broken: (await brokenLinks(store, organisation)).length };
}

/** The pages that count as broken, and why. */
export async function brokenLinks(store: Store, organisation: string) {
	const rows = await store.db
		.selectFrom('link_checks')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('failed_days', '>', 0)
		.orderBy('url')
		.execute();
	return rows.flatMap(({ url, failed_days, failing_since, fault, status }) =>
		isBroken({ failedDays: failed_days })
			? [{ url, since: failing_since ?? '', fault: fault ?? '', status }]
			: []
	);
}
