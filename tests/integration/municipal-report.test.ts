import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Attack, publish } from '../support/disclosure.ts';
import { DEMO_DESKS } from '#lib/server/demo/organisation.ts';
import { seeded } from '#lib/server/demo/random.ts';
import { demoVisits } from '#lib/server/demo/visits.ts';
import { codeVisits } from '#lib/statistics/columns.ts';
import { count } from '#lib/statistics/count.ts';
import { factsOfValues, type VisitFacts } from '#lib/domain/visit-facts.ts';
import {
	ENOUGH,
	LEAST_FOR_TABLES,
	municipalQuestion,
	municipalTables,
	printedContacts,
	scopesOf,
	setOf,
	spansOf,
	type SpanFigures
} from '#lib/statistics/municipal-report.ts';
import type { Period } from '#lib/statistics/periods.ts';
import { over, type PrintedReport } from '#lib/statistics/printed-report.ts';
import { suppress } from '#lib/statistics/suppression/suppress.ts';
import { ALL } from '#lib/statistics/suppression/system.ts';

const SETS = Number(process.env['SETS'] ?? 25);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

type Counted = VisitFacts & { adviser: string };
const START = Date.UTC(2026, 10, 26, 10);
const demo = demoVisits(START, 'de00000000000001').map(({ fields }): Counted => ({
	...factsOfValues(fields)!,
	adviser: ''
}));
const villages = DEMO_DESKS.map((desk) => desk.municipality);
const yearOfDemo = { from: '2025-11-26', to: '2026-11-26' };

const spansIn = (visits: readonly Counted[], asked: Period): SpanFigures[] => {
	const coded = codeVisits(visits);
	return spansOf(asked).map((one) => ({ ...one, figures: count(coded, municipalQuestion(one.period)) }));
};

describe('the yearly report of the demo', () => {
	const spans = spansIn(demo, yearOfDemo);
	const scopes = scopesOf(spans, villages);

	it.each(villages)(
		'%s: shows its total, its three most common topics, and enough of both tables',
		(code) => {
			const own = demo.filter((visit) => visit.municipality === code);
			const scope = scopes.get(code)!;
			expect(scope).toEqual({ span: 'asked', period: yearOfDemo, municipalities: [code] });
			const { contacts, topics, languages } = municipalTables(spans, scope)!;
			expect([contacts, printedContacts(spans, code)]).toEqual([own.length, own.length]);
			for (const { visible } of [topics, languages]) expect(visible).toBeGreaterThanOrEqual(ENOUGH);
			// The three most common ones of its level, counted without what hides anything.
			const set = setOf(spans[0]!.figures, [code]);
			const cells = set.tables.find(({ by }) => by[0] === topics.level)!.cells;
			const three = cells
				.filter(({ classes }) => classes[0] !== '')
				.sort((a, b) => b.contacts - a.contacts)
				.slice(0, 3);
			expect(three).toHaveLength(3);
			for (const { classes, contacts: most } of three)
				expect(topics.cells).toContainEqual({ name: classes[0], contacts: most });
		}
	);

	it.each(villages)('%s: what it says of how much is visible is not more than what is', (code) => {
		const { topics, languages } = municipalTables(spans, scopes.get(code)!)!;
		const own = demo.filter((visit) => visit.municipality === code);
		const question = { ...yearOfDemo, where: {}, tables: [] };
		for (const { level, cells, visible } of [topics, languages]) {
			const shown = cells.filter(({ contacts }) => contacts !== null).map(({ name }) => name);
			const { contacts } = count(codeVisits(own), { ...question, where: { [level]: shown } });
			expect(contacts / own.length).toBeGreaterThanOrEqual(visible - 1e-9);
		}
	});
});

/** Registers of a village: few contacts, some topics far more common than others, often two in one contact. */
const registers = fc
	.record({ seed: fc.nat(), contacts: fc.integer({ min: 30, max: 400 }), skew: fc.constantFrom(0.5, 1, 2) })
	.map(({ seed, contacts, skew }) => {
		const random = seeded(seed);
		return Array.from({ length: contacts }, (): Counted => {
			const visit = demo[Math.floor(random() ** skew * demo.length)]!;
			return { ...visit, municipality: '762', date: '2026-06-01' };
		});
	});
const half = { from: '2026-01-01', to: '2026-12-31' };

/** Every hidden figure of a report, attacked with an exact solver that is told all tables of all levels, and how they hang together. */
it(`nobody who has all levels of a report recovers a hidden figure (SEED=${SEED}, SETS=…)`, () => {
	let looked = 0;
	for (const visits of fc.sample(registers, { seed: SEED, numRuns: SETS })) {
		// A few classes of each level, or the solver would take minutes.
		const few = visits.map((visit) => ({
			...visit,
			topics: visit.topics.filter((topic) => /^(permits|work)/.test(topic))
		}));
		const whole = setOf(count(codeVisits(few), municipalQuestion(half)), ['762']);
		const keep = {
			publicTopic: [
				'permits',
				'work',
				'permits.residence-permit',
				'permits.population-register',
				'permits.citizenship',
				''
			],
			publicGroup: ['permits', 'work', ''],
			topicArea: ['permits-decisions', 'work-study', '']
		};
		const set = {
			...whole,
			classes: { ...whole.classes, ...keep },
			tables: whole.tables.filter(({ by }) => Object.hasOwn(keep, by[0]!))
		};
		const hidden = suppress(set);
		if (hidden.has(ALL)) continue;
		const values = new Map(
			set.tables.flatMap(({ by, cells }) =>
				cells.map((cell) => [`${by[0]}=${cell.classes[0]}`, cell.contacts])
			)
		);
		const attack = new Attack(publish(set, hidden));
		for (const key of hidden) {
			const known = (values.get(key) ?? 0) < 5 ? attack.leaves(key, 0, 4) : attack.doubts(key);
			expect([key, known], JSON.stringify(set.tables)).toEqual([key, true]);
			looked += 1;
		}
	}
	// Other registers hide another number of figures; a test that looks at few of them would show nothing.
	expect(looked).toBeGreaterThan(SETS / 2);
}, 300_000);

it(`with enough contacts for tables of its own, a village sees enough of them (SEED=${SEED})`, () => {
	let looked = 0;
	for (const visits of fc.sample(registers, { seed: SEED, numRuns: SETS })) {
		const spans = spansIn(visits, half);
		const scope = scopesOf(spans, ['762']).get('762');
		expect(scope === undefined).toBe(visits.length < LEAST_FOR_TABLES);
		if (!scope) continue;
		const { topics, languages } = municipalTables(spans, scope)!;
		expect([topics.visible, languages.visible].filter((visible) => visible < ENOUGH)).toEqual([]);
		looked += 1;
	}
	expect(looked).toBeGreaterThan(SETS / 4);
}, 300_000);

describe('a sheet that is printed again', () => {
	const year = { from: '2026-01-01', to: '2026-12-31' };
	/** What stands on the sheet of a village, as the server keeps it. */
	const print = (visits: readonly Counted[], earlier: readonly PrintedReport[]): PrintedReport => {
		const spans = spansIn(visits, year);
		const scope = scopesOf(spans, ['762'], earlier).get('762');
		const tables = scope && municipalTables(spans, scope, earlier);
		const contacts = printedContacts(spans, '762', earlier);
		if (contacts === undefined) throw new Error('Nothing else was printed.');
		expect(tables?.contacts ?? contacts).toBe(contacts);
		return over(earlier[0], {
			...year,
			municipalities: ['762'],
			contacts,
			tables: tables ? [tables.topics, tables.languages] : []
		});
	};
	const figuresIn = ({ contacts, tables }: PrintedReport) =>
		new Map<string, number | null>([
			['all', contacts],
			...tables.flatMap(({ level, cells }) =>
				cells.map((cell) => [`${level} ${cell.name}`, cell.contacts] as const)
			)
		]);

	it(`shows nothing that the first one hid, and no figure that has moved by few (SEED=${SEED})`, () => {
		let looked = 0;
		for (const visits of fc.sample(registers, { seed: SEED, numRuns: SETS })) {
			for (const late of [1, 4, 5, 40]) {
				const more = Array.from({ length: late }, (_, at) => visits[(at * 7) % visits.length]!);
				const first = print(visits, []);
				const second = print([...visits, ...more], [first]);
				const [before, after] = [figuresIn(first), figuresIn(second)];
				if (late < 5) expect(after).toEqual(before);
				// What came late is told of all together as soon as it is no small figure.
				else expect(second.contacts).toBe(first.contacts! + late);
				for (const [key, contacts] of after) {
					const was = before.get(key);
					if (was === undefined || key === 'all') continue;
					if (was === null) expect([key, contacts]).toEqual([key, null]);
					else if (contacts !== null && contacts !== was)
						expect([key, Math.abs(contacts - was) >= 5]).toEqual([key, true]);
					looked += 1;
				}
			}
		}
		expect(looked).toBeGreaterThan(SETS * 20);
	});

	it('is told together with the same ones as before, though one has enough of its own by now', () => {
		const visits = (code: string, contacts: number) =>
			Array.from({ length: contacts }, (_, at): Counted => ({
				...demo[at]!,
				municipality: code,
				date: '2026-06-01'
			}));
		const codes = ['239', '595', '762'];
		const sizes = (third: number) =>
			spansIn([...visits('239', 60), ...visits('595', 50), ...visits('762', third)], year);
		const scope = scopesOf(sizes(90), codes).get('762')!;
		expect(scope.municipalities).toEqual(codes);
		const printed: PrintedReport = { ...year, municipalities: codes, contacts: 200, tables: [] };
		expect(scopesOf(sizes(120), codes).get('762')!.municipalities).toEqual(['762']);
		for (const code of codes)
			expect(scopesOf(sizes(120), codes, [printed]).get(code)!.municipalities).toEqual(codes);
	});
});

describe('what a report is of', () => {
	const visits = (code: string, date: string, contacts: number): Counted[] =>
		Array.from({ length: contacts }, (_, at) => ({ ...demo[at % demo.length]!, municipality: code, date }));
	const asked = { from: '2026-09-01', to: '2026-09-30' };
	const scopesFor = (all: readonly Counted[], codes: string[]) => scopesOf(spansIn(all, asked), codes);

	it('is the month, three months or twelve, by how many contacts there were', () => {
		const scopes = scopesFor(
			[
				...visits('140', '2026-09-10', 100),
				...visits('263', '2026-09-10', 60),
				...visits('263', '2026-07-01', 40),
				...visits('402', '2026-09-10', 60),
				...visits('402', '2025-10-01', 40)
			],
			['140', '263', '402']
		);
		expect([...scopes.values()].map((scope) => [scope?.span, scope?.period.from])).toEqual([
			['asked', '2026-09-01'],
			['quarter', '2026-07-01'],
			['year', '2025-10-01']
		]);
	});

	it('is of the small ones together, and of nobody where there is only one', () => {
		const large = visits('140', '2026-09-10', 100);
		const small = [...visits('239', '2026-09-10', 20), ...visits('595', '2026-01-10', 99)];
		const scopes = scopesFor([...large, ...small], ['140', '239', '595']);
		expect(scopes.get('239')).toEqual(scopes.get('595'));
		expect(scopes.get('239')).toMatchObject({ span: 'year', municipalities: ['239', '595'] });
		expect(municipalTables(spansIn([...large, ...small], asked), scopes.get('239')!)?.contacts).toBe(119);
		expect(
			scopesFor([...large, ...visits('239', '2026-09-10', 20)], ['140', '239']).get('239')
		).toBeUndefined();
	});

	it('never counts together whose own number is hidden: the others’ numbers would tell it', () => {
		const year = { from: '2026-01-01', to: '2026-12-31' };
		const codes = ['140', '239', '595', '762', '925'];
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 9, max: 130 })), {
					minLength: codes.length,
					maxLength: codes.length
				}),
				fc.constantFrom(year, { from: '2026-12-01', to: '2026-12-31' }),
				(contacts, period) => {
					const all = codes.flatMap((code, at) => visits(code, '2026-12-10', contacts[at] ?? 0));
					const spans = spansIn(all, period);
					const scopes = scopesOf(spans, codes);
					const ofYear = [spans.at(-1)!];
					for (const scope of scopes.values()) {
						if (!scope || scope.municipalities.length < 2) continue;
						const printed = scope.municipalities.map((code) => printedContacts(ofYear, code));
						expect(printed).not.toContain(null);
						const { contacts: together } = municipalTables(spans, scope)!;
						// Where nothing of so few may be shown, not even the sum is.
						if (together !== null) expect(together).toBe(printed.reduce((sum, one) => sum! + one!, 0));
					}
					codes.forEach((code, at) => {
						if (contacts[at]! < 5) expect(scopes.get(code)).toBeUndefined();
					});
				}
			),
			{ numRuns: 30 }
		);
	});

	it('hangs on numbers of contacts that are printed, and on no figure that is hidden', () => {
		// The same contacts with other topics and languages: every table is another, and what it is of is the same.
		const all = [
			...visits('140', '2026-09-10', 120),
			...visits('239', '2026-03-10', 30),
			...visits('595', '2026-09-01', 70)
		];
		const codes = ['140', '239', '595'];
		const topics = fc.array(fc.constantFrom('work', 'housing', 'permits', 'health.dental-care'), {
			maxLength: 3
		});
		fc.assert(
			fc.property(
				fc.array(fc.record({ topics, language: fc.constantFrom('ar', 'xx', '', 'fi') }), { minLength: 1 }),
				(drawn) => {
					const others = all.map((visit, at) => ({ ...visit, ...drawn[at % drawn.length]! }));
					expect(scopesFor(others, codes)).toEqual(scopesFor(all, codes));
				}
			),
			{ numRuns: 20 }
		);
	});
});
