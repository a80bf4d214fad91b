import process from 'node:process';
import { choiceQuestion } from '../../../src/lib/components/office/reports/report-choice.ts';
import { addDays, helsinki } from '../../../src/lib/domain/dates.ts';
import type { Question } from '../../../src/lib/statistics/question.ts';
import type { Period } from '../../../src/lib/statistics/periods.ts';
import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { fixtureVisits } from '../support/fixture.ts';
import { median, printTable } from '../support/numbers.ts';
import { pageHost } from '../support/page-host.ts';
import type { Kind } from '../support/phone.ts';
import { quiet } from '../support/quiet.ts';
import type { OwnFiguresPage } from './page.ts';

const VISITS = Number(process.env['PHONE_VISITS'] ?? 5000);
const TRIES = 5;
const SLOWDOWN = 4;
const YEAR = 365;

declare const page: OwnFiguresPage;

/** As the page of own figures asks it. */
const question = (period: Period) =>
	choiceQuestion({ kind: 'own', period, rows: 'topicGroup', columns: undefined, where: {} });

/**
 * Own figures of a year and of the year before, on a phone with so many visits and a vault, as every phone but the demo's has one, the processor four times
 * slower. Each try is a fresh page: the first time that somebody looks takes every visit apart.
 */
export async function ownFiguresTime(): Promise<{ years: number; month: number }> {
	const now = Date.now();
	const today = helsinki(now).date;
	// Half of them lie in the year before.
	const visits = fixtureVisits(VISITS, 7, now).map((visit, index) => {
		const at = now - Math.floor((2 * YEAR - 1) * 86_400_000 * (1 - (index + 1) / VISITS));
		return { ...visit, now: at, fields: { ...visit.fields, at: new Date(at).toISOString() } };
	});
	const years = [
		question({ from: addDays(today, 1 - YEAR), to: today }),
		question({ from: addDays(today, 1 - 2 * YEAR), to: addDays(today, -YEAR) })
	] as const;
	/** What the page asks when it opens. */
	const month = [
		question({ from: addDays(today, -29), to: today }),
		question({ from: addDays(today, -59), to: addDays(today, -30) })
	] as const;
	const script = await bundle('stats/page.ts');
	const { url, host } = await pageHost();
	const profile = new Profile();
	try {
		const context = await profile.open();
		const fresh = async () => {
			const tab = await context.newPage();
			tab.on('pageerror', (error) => console.error(error));
			await tab.goto(url);
			await tab.addScriptTag({ content: script });
			return tab;
		};
		const filling = await fresh();
		for (const kind of ['vault', 'plain'] as const)
			await filling.evaluate(([name, all]) => page.fill(name, all), [kind, visits] as const);
		await filling.close();
		const measure = async (
			kind: Kind,
			rate: number,
			[asked, earlier] = years as readonly [Question, Question]
		) => {
			const tries: Awaited<ReturnType<OwnFiguresPage['figures']>>[] = [];
			for (let attempt = 0; attempt < TRIES; attempt += 1) {
				const tab = await fresh();
				const cdp = await context.newCDPSession(tab);
				await cdp.send('Emulation.setCPUThrottlingRate', { rate });
				await quiet();
				tries.push(
					await tab.evaluate(([name, one, other]) => page.figures(name, one, other), [
						kind,
						asked,
						earlier
					] as const)
				);
				await tab.close();
			}
			const [{ contacts, before }] = tries as [(typeof tries)[number]];
			if (asked === years[0] && contacts + before !== VISITS)
				throw new Error(`${contacts} and ${before} of ${VISITS} were counted.`);
			return {
				first: median(tries.map(({ first }) => first)),
				again: median(tries.map(({ again }) => again))
			};
		};
		const usual = await measure('vault', 1);
		const slow = await measure('vault', SLOWDOWN);
		const plain = await measure('plain', SLOWDOWN);
		const opened = await measure('vault', SLOWDOWN, month);
		console.log(`\nOwn figures, ${VISITS} visits of two years in memory, ms, median of ${TRIES}`);
		printTable(
			['', 'first time', 'again'],
			Object.entries({
				'this processor': usual,
				[`${SLOWDOWN} times slower`]: slow,
				'the same without a vault': plain,
				[`a month and the one before, ${SLOWDOWN} times slower`]: opened
			}).map(([name, { first, again }]) => [name, first.toFixed(1), again.toFixed(1)])
		);
		return { years: slow.first, month: opened.first };
	} finally {
		await profile.remove();
		host.close();
	}
}
