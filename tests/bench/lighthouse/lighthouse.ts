import lighthouse from 'lighthouse';
import { createServer } from 'node:net';
import { deviceRows, demoPhone, openOffice, Server } from '../../e2e/fixtures.ts';
import { Profile } from '../support/browser.ts';
import { median, printTable } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';

/** What Lighthouse judges, and the least that each of them is to reach (of 100). */
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100 } as const;
type Category = keyof typeof LEAST;
const CATEGORIES = Object.keys(LEAST) as Category[];
/** Speed changes from run to run. */
const RUNS = 3;

/** A port that is free. */
const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});

/** The five main screens, on a phone with the demo's data, judged on Lighthouse's slow phone and line. */
export async function bench(): Promise<Record<string, number>> {
	const server = new Server(true);
	const profile = new Profile();
	try {
		await server.start();
		const port = await freePort();
		const context = await profile.open({
			viewport: { width: 390, height: 844 },
			locale: 'fi-FI',
			args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`]
		});
		const tab = context.pages()[0] ?? (await context.newPage());
		await openOffice(tab, server);
		await demoPhone(tab, server);
		const kela = (await deviceRows(tab, 'services')).find((row) => String(row['body']).includes('"Kela"'));
		const screens = {
			today: '/',
			log: '/log',
			service: `/services/${String(kela?.['id'])}`,
			client_arabic: `/show/${String(kela?.['id'])}?lang=ar`,
			report: '/office/reports'
		};
		const figures: Record<string, number> = {};
		for (const [name, path] of Object.entries(screens)) {
			const scores: Record<Category, number[]> = { performance: [], accessibility: [], 'best-practices': [] };
			for (let run = 0; run < RUNS; run += 1) {
				await quiet();
				const result = await lighthouse(`${server.url}${path}`, {
					port,
					onlyCategories: CATEGORIES,
					// What the phone knows is the demo's data; without it every screen is the way in.
					disableStorageReset: true,
					logLevel: 'error'
				});
				if (!result) throw new Error(`Lighthouse said nothing of ${path}.`);
				for (const category of CATEGORIES) {
					const { score, auditRefs } = result.lhr.categories[category]!;
					scores[category].push(Math.round((score ?? 0) * 100));
					if (run > 0 || category === 'performance') continue;
					for (const { id } of auditRefs) {
						const audit = result.lhr.audits[id]!;
						if (audit.score !== null && audit.score < 1) console.log(`${name}: ${audit.id}: ${audit.title}`);
					}
				}
			}
			for (const category of CATEGORIES)
				figures[`${name}_${category.replace('-', '_')}`] = median(scores[category]);
		}
		printTable(
			['screen', ...CATEGORIES.map((category) => `${category} (${LEAST[category]})`)],
			Object.keys(screens).map((name) => [
				name,
				...CATEGORIES.map((category) => String(figures[`${name}_${category.replace('-', '_')}`]))
			])
		);
		return figures;
	} finally {
		await profile.remove();
		await server.remove();
	}
}
