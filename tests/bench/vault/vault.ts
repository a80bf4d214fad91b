import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { fixtureVisits } from '../support/fixture.ts';
import { median, printTable, quantile, round } from '../support/numbers.ts';
import { pageHost } from '../support/page-host.ts';
import { quiet } from '../support/quiet.ts';
import type { Kind } from '../support/phone.ts';
import type { VaultPage } from './page.ts';

const ROUNDS = 10;
const TURN = 20;
const VISITS = 5000;
const TRIES = 5;
const SLOWDOWN = 4;

declare const page: VaultPage;

/** What the vault costs: a save with and without it, unlocking on a slow phone, and a visit that goes out while it is locked. */
export async function bench(): Promise<Record<string, number>> {
	const script = await bundle('vault/page.ts');
	const { url, host } = await pageHost();
	const profile = new Profile();
	try {
		const context = await profile.open();
		const tab = context.pages()[0] ?? (await context.newPage());
		tab.on('pageerror', (error) => console.error(error));
		await tab.goto(url);
		await tab.addScriptTag({ content: script });
		const save = (kind: Kind, seed: number): Promise<number[]> =>
			tab.evaluate(([name, visits]) => page.save(name, visits), [kind, fixtureVisits(TURN, seed)] as const);
		for (const kind of ['plain', 'vault'] as const) await save(kind, 0);
		const times: Record<Kind, number[]> = { plain: [], vault: [] };
		for (let turn = 0; turn < ROUNDS; turn += 1) {
			await quiet();
			for (const kind of turn % 2 ? (['vault', 'plain'] as const) : (['plain', 'vault'] as const))
				times[kind].push(...(await save(kind, 1 + 2 * turn + Number(kind === 'vault'))));
		}
		const bytes = await tab.evaluate(() => page.sealedBytes());
		await tab.evaluate((visits) => page.fill(visits), fixtureVisits(VISITS, 99));
		const cdp = await context.newCDPSession(tab);
		const measure = async (rate: number) => {
			await cdp.send('Emulation.setCPUThrottlingRate', { rate });
			const derived: Awaited<ReturnType<VaultPage['derive']>>[] = [];
			const opened: Awaited<ReturnType<VaultPage['unlock']>>[] = [];
			for (let attempt = 0; attempt < TRIES; attempt += 1) {
				await quiet();
				derived.push(await tab.evaluate(() => page.derive()));
				opened.push(await tab.evaluate(() => page.unlock()));
			}
			return {
				ready: Math.max(...derived.map(({ ready }) => ready)),
				passphrase: median(derived.map(({ key }) => key)) + median(opened.map(({ keys }) => keys)),
				passkey: median(opened.map(({ keys }) => keys)),
				first: median(opened.map(({ first }) => first)),
				visits: median(opened.map(({ visits }) => visits)),
				count: opened[0]!.count
			};
		};
		const usual = await measure(1);
		const slow = await measure(SLOWDOWN);
		return report(times, bytes, usual, slow);
	} finally {
		await profile.remove();
		host.close();
	}
}

interface Unlocking {
	ready: number;
	passphrase: number;
	passkey: number;
	first: number;
	visits: number;
	count: number;
}

function report(
	times: Readonly<Record<Kind, number[]>>,
	{ alone, together }: { alone: number; together: number },
	usual: Unlocking,
	slow: Unlocking
): Record<string, number> {
	console.log(`Save of one visit, ms; ${times.plain.length} of each kind, in turns of ${TURN}`);
	printTable(
		['', 'p50', 'p95'],
		(['plain', 'vault'] as const).map((kind) => [
			kind === 'plain' ? 'without a vault' : 'encrypted, and sealed to the server',
			median(times[kind]).toFixed(2),
			quantile(times[kind], 0.95).toFixed(2)
		])
	);
	console.log(`\nUnlocking, ms, median of ${TRIES}; ${slow.count} visits`);
	printTable(
		[
			'',
			'made ready beforehand',
			'by passphrase',
			'by a passkey’s secret',
			'newest readable after',
			'all readable after'
		],
		[
			['this processor', usual],
			[`${SLOWDOWN} times slower`, slow]
		].map(([name, one]) => [
			name as string,
			...(['ready', 'passphrase', 'passkey', 'first', 'visits'] as const).map((key) =>
				(one as Unlocking)[key].toFixed(0)
			)
		])
	);
	console.log(
		`\nA sealed visit: ${alone.toFixed(0)} bytes alone in its request, ${together.toFixed(0)} among others.`
	);
	return {
		unlock_passphrase_ms: round(slow.passphrase),
		unlock_passkey_ms: round(slow.passkey),
		unlock_first_ms: round(slow.first),
		unlock_5000_ms: round(slow.visits),
		save_ratio_plain: round(median(times.vault) / median(times.plain)),
		sealed_bytes_per_visit: round(alone)
	};
}
