import highsLoader from 'highs';
import { expect, it } from 'vitest';
import type { VisitFacts } from '#lib/domain/visit-facts.ts';
import { addDays, dayNumber } from '#lib/domain/dates.ts';
import { seeded } from '#lib/server/demo/random.ts';
import { codeVisits } from '#lib/statistics/columns.ts';
import { count } from '#lib/statistics/count.ts';
import { makeSheets, type MunicipalSource } from '#lib/components/office/municipal/sheets.ts';
import { municipalQuestion, spansOf } from '#lib/statistics/municipal-report.ts';
import type { Period } from '#lib/statistics/periods.ts';
import { isOf, over, type PrintedReport } from '#lib/statistics/printed-report.ts';
import { publicClasses } from '#lib/statistics/public-classes.ts';
import { demoFacts } from '../support/demo-facts.ts';

const highs = await highsLoader();
const SETS = Number(process.env['SETS'] ?? 12);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

type Counted = VisitFacts & { adviser: string };
const VILLAGE = '762';
const LANGUAGES = publicClasses.publicLanguage;
const month = (first: number, months = 1): Period => {
	const at = (number: number) =>
		`${2025 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}-01`;
	return { from: at(first), to: addDays(at(first + months), -1) };
};
/** What a municipality may ask for, in whatever order: months, quarters, years, twelve months to some month's end. */
const TIMES = [month(0), month(1), month(2), month(0, 3), month(3, 3), month(6, 3), month(9, 3), month(0, 12), month(3, 12), month(5, 12), month(12), month(12, 3)]; // prettier-ignore

/** A register of two years: languages as they are in the demo, so that some are common and most are rare. */
function register(random: () => number, each: number): Counted[] {
	return Array.from({ length: 24 }, (_, at) => {
		const { from, to } = month(at);
		const days = dayNumber(to) - dayNumber(from) + 1;
		return Array.from({ length: Math.round(each * (0.5 + random())) }, (): Counted => ({
			...demoFacts[Math.floor(random() * demoFacts.length)]!,
			adviser: '',
			municipality: VILLAGE,
			date: addDays(from, Math.floor(random() * days))
		}));
	}).flat();
}

/** What the page prints of a time, after what was printed before. */
async function print(visits: readonly Counted[], asked: Period, earlier: readonly PrintedReport[]) {
	const coded = codeVisits(visits);
	const figuresOf = (period: Period) => count(coded, municipalQuestion(period));
	const source: MunicipalSource = {
		period: asked,
		spans: spansOf(asked).map((one) => ({ ...one, figures: figuresOf(one.period) })),
		basis: { desks: [], held: [] } as unknown as MunicipalSource['basis'],
		kept: earlier.map((report) => ({ report, givenAt: 1 })),
		pieces: new Map(earlier.map(({ from, to }) => [`${from} ${to}`, figuresOf({ from, to })]))
	};
	const sheets = [];
	for await (const sheet of makeSheets(source, () => Promise.resolve())) sheets.push(sheet);
	return sheets;
}

/** Somebody who has all sheets, and reckons with an exact solver: which numbers of a language are possible in a stretch of time. */
class Subtracting {
	readonly #ends: readonly string[];
	readonly #rules: string[] = [];
	readonly #bounds: string[] = [];
	readonly #names: string[] = [];

	constructor(reports: readonly PrintedReport[]) {
		const ends = reports.flatMap(({ from, to }) => [from, addDays(to, 1)]);
		this.#ends = [...new Set(ends)].sort();
		for (let at = 0; at + 1 < this.#ends.length; at += 1)
			this.#names.push(...LANGUAGES.map((_, index) => `x${at}_${index}`));
		for (const report of reports) {
			if (report.contacts === null) this.#rules.push(`${this.#sum(report, LANGUAGES)} <= 4`);
			else this.#rules.push(`${this.#sum(report, LANGUAGES)} = ${report.contacts}`);
			for (const { level, cells } of report.tables) {
				if (level !== 'publicLanguage' && level !== 'languageGroup') continue;
				for (const { name, contacts } of cells)
					if (contacts !== null)
						this.#rules.push(`${this.#sum(report, languagesIn(level, name))} = ${contacts}`);
			}
		}
		this.#bounds.push(...this.#names.map((name) => `0 <= ${name} <= 400`));
	}

	get stretches(): Period[] {
		return this.#ends.flatMap((from, at) =>
			this.#ends.slice(at + 1).map((end) => ({ from, to: addDays(end, -1) }))
		);
	}

	#sum({ from, to }: Period, languages: readonly string[]): string {
		const [first, last] = [this.#ends.indexOf(from), this.#ends.indexOf(addDays(to, 1))];
		const terms: string[] = [];
		for (let at = first; at < last; at += 1)
			terms.push(...languages.map((name) => `x${at}_${LANGUAGES.findIndex((one) => one === name)}`));
		return terms.join(' + ');
	}

	range(period: Period, language: string): [number, number] {
		return (['Minimize', 'Maximize'] as const).map((goal) => {
			const { Status, ObjectiveValue } = highs.solve(
				[
					goal,
					`obj: ${this.#sum(period, [language])}`,
					'Subject To',
					...this.#rules.map((rule, index) => `r${index}: ${rule}`),
					'Bounds',
					...this.#bounds,
					'General',
					this.#names.join(' '),
					'End'
				].join('\n'),
				{ output_flag: false }
			);
			expect(Status).toBe('Optimal');
			return Math.round(ObjectiveValue);
		}) as [number, number];
	}
}

/** The languages that a class is of. */
const languagesIn = (level: 'publicLanguage' | 'languageGroup', name: string): readonly string[] =>
	level === 'publicLanguage'
		? [name]
		: LANGUAGES.filter(
				(language) =>
					count(
						codeVisits([
							{ ...demoFacts[0]!, adviser: '', language, municipality: VILLAGE, date: '2025-01-01' }
						]),
						{
							...month(0),
							where: { languageGroup: [name] },
							tables: []
						}
					).contacts === 1
			);

/** How many small numbers of a language, in a stretch of time between two sheets’ ends, are known closer than by five. */
function recovered(
	visits: readonly Counted[],
	reports: readonly PrintedReport[]
): { found: number; looked: number } {
	const reader = new Subtracting(reports);
	let [found, looked] = [0, 0];
	for (const stretch of reader.stretches)
		for (const language of ['ar', 'so', 'fa', 'th', 'et']) {
			const real = visits.filter(
				(visit) => visit.date >= stretch.from && visit.date <= stretch.to && visit.language === language
			).length;
			if (real >= 5) continue;
			looked += 1;
			const [least, most] = reader.range(stretch, language);
			expect(real).toBeGreaterThanOrEqual(least);
			expect(real).toBeLessThanOrEqual(most);
			if (most - least < 4) found += 1;
		}
	return { found, looked };
}

/** Prints these times one after the other; `careless`: each as if nothing else had been printed. */
async function printAll(visits: readonly Counted[], times: readonly Period[], careless = false) {
	let kept: PrintedReport[] = [];
	let [told, tables] = [0, 0];
	for (const time of times) {
		const [sheet] = await print(visits, time, careless ? [] : kept);
		for (const report of sheet?.said ?? []) {
			const before = kept.find(isOf(report, report.municipalities));
			kept = [...kept.filter((one) => one !== before), over(before, report)];
		}
		told += sheet?.contacts === undefined ? 0 : 1;
		tables += sheet?.tables ? 1 : 0;
	}
	return { kept, told, tables };
}

it(`whoever has every sheet of overlapping times recovers no small number from them (SEED=${SEED}, SETS=…)`, async () => {
	const random = seeded(SEED);
	let [looked, told, tables] = [0, 0, 0];
	for (let set = 0; set < SETS; set += 1) {
		const visits = register(random, [4, 12, 40, 120][set % 4]!);
		const times = TIMES.map((time) => ({ time, by: random() }))
			.sort((a, b) => a.by - b.by)
			.slice(0, 5)
			.map(({ time }) => time);
		const printed = await printAll(visits, times);
		const attack = recovered(visits, printed.kept);
		expect([set, attack.found]).toEqual([set, 0]);
		looked += attack.looked;
		told += printed.told;
		tables += printed.tables;
	}
	expect(looked).toBeGreaterThan(SETS * 5);
	// And nothing is hidden for its own sake.
	expect(told).toBeGreaterThan(SETS * 3);
	expect(tables).toBeGreaterThan(SETS * 2);
}, 600_000);

it('a year after its quarters is their sum and the rest, and gives the last quarter away only where it is printed carelessly', async () => {
	const quarters = [0, 3, 6, 9].map((first) => month(first, 3));
	const visits = quarters.flatMap(({ from }, quarter) =>
		Object.entries({
			ar: 60,
			fi: 50,
			ru: 40,
			so: quarter === 3 ? 2 : 20,
			fa: quarter === 3 ? 30 : 12
		}).flatMap(([language, contacts]) =>
			Array.from({ length: contacts }, (_, at): Counted => ({
				...demoFacts[at]!,
				adviser: '',
				municipality: VILLAGE,
				language,
				date: addDays(from, at)
			}))
		)
	);
	const year = month(0, 12);
	for (const times of [
		[...quarters, year],
		[...quarters.slice(0, 3), year],
		[...quarters.slice(0, 3), year, quarters[3]!],
		[year, ...quarters]
	]) {
		const careless = recovered(visits, (await printAll(visits, times, true)).kept);
		const careful = recovered(visits, (await printAll(visits, times)).kept);
		// The reader is no fool: without the rule it finds the two contacts in Somali.
		expect([careless.found > 0, careful.found]).toEqual([true, 0]);
	}
	// The sum still says what its parts say.
	const { kept } = await printAll(visits, [...quarters, year]);
	const report = kept.find(isOf(year, [VILLAGE]))!;
	const languages = report.tables.find(({ level }) => level === 'publicLanguage')!.cells;
	expect(report.contacts).toBe(visits.length);
	expect(languages.find(({ name }) => name === 'ar')?.contacts).toBe(240);
	expect(languages.find(({ name }) => name === 'so')?.contacts).toBeNull();
}, 300_000);
