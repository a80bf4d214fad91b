import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { devices, type BrowserContext } from '@playwright/test';
import { publicPath } from '../../../src/lib/directory/take-away/public-address.ts';
import { Profile } from '../support/browser.ts';
import { median, printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { reppuServer } from '../support/servers.ts';
import { SlowLine, type Line } from '../support/slow-line.ts';

const RUNS = 7;
const SLOWDOWN = 4;
/** Slow 3G as browsers' tools have it. */
const SLOW_3G: Line = { rate: 400_000, roundTrip: 400 };
const PHONE = { ...devices['Pixel 5'], locale: 'ar', timezoneId: 'Europe/Helsinki' };
/** The entry with the most languages and links. */
const NAME = 'InfoFinland';

/** A scanned code on a cheap phone and a slow line: nothing is cached, the connection is new. */
export async function bench(): Promise<Record<string, number>> {
	const [server, line] = [reppuServer(), new SlowLine()];
	try {
		const port = await server.start();
		const origin = await line.to(port);
		const path = pathOf(join(server.folder, 'reppu.db'));
		const runs: Run[] = [];
		for (let run = 0; run < RUNS; run += 1) {
			await quiet();
			runs.push(await firstVisit(line, `${origin}${path}`));
		}
		const readable = median(runs.map((run) => run.readable));
		const kb = Math.max(...runs.map((run) => run.bytes)) / 1000;
		printTable(
			['', 'median', 'slowest'],
			[
				[
					'readable, ms',
					String(round(readable)),
					String(round(Math.max(...runs.map((run) => run.readable))))
				],
				['on the wire, KB', String(round(median(runs.map((run) => run.bytes)) / 1000)), String(round(kb))]
			]
		);
		return { readable_ms: round(readable), kb: round(kb) };
	} finally {
		line.close();
		await server.remove();
	}
}

/** The demo's own page of a service, in Arabic. */
function pathOf(database: string): string {
	const db = new DatabaseSync(database, { readOnly: true });
	try {
		const row = db
			.prepare(
				"select r.organisation_id, r.id from records r left join journal_bodies b on b.organisation_id = r.organisation_id and r.state like '@' || b.op_id || ' %' where r.collection = 'service' and (r.state like ? or b.body like ?)"
			)
			.get(`%"text":"${NAME}"%`, `%"text":"${NAME}"%`) as { organisation_id: string; id: string } | undefined;
		if (!row) throw new Error(`The demo has no ${NAME}.`);
		return publicPath(row.organisation_id, row.id, 'ar');
	} finally {
		db.close();
	}
}

interface Run {
	/** From the start of the navigation until the text is painted, ms. */
	readable: number;
	/** Everything on the line, both directions, headers included. */
	bytes: number;
}

/** On a phone that has never been here. */
async function firstVisit(line: SlowLine, url: string): Promise<Run> {
	const profile = new Profile();
	try {
		return await visit(await profile.open(PHONE), line, url);
	} finally {
		await profile.remove();
	}
}

async function visit(context: BrowserContext, line: SlowLine, url: string): Promise<Run> {
	const page = context.pages()[0] ?? (await context.newPage());
	const session = await context.newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
	line.become(SLOW_3G);
	const before = line.bytes;
	await page.goto(url, { waitUntil: 'load' });
	await page.getByRole('heading', { level: 1 }).waitFor();
	// What is asked for beside the page, a picture or a manifest, would come within this time, ms.
	await page.waitForTimeout(2000);
	const readable = await page.evaluate(
		() =>
			new Promise<number>((resolve) =>
				new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
					type: 'largest-contentful-paint',
					buffered: true
				})
			)
	);
	return { readable, bytes: line.bytes - before };
}
