import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pillOf, type Pill, type PillFacts } from './pill.ts';

const count = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 }));
const facts: fc.Arbitrary<PillFacts> = fc.record({
	counts: fc.record({
		waiting: count,
		attention: count,
		deliveredAt: fc.option(fc.nat(), { nil: undefined })
	}),
	contact: fc.option(
		fc.record({
			at: fc.nat(),
			result: fc.constantFrom(
				'ok',
				'offline',
				'blocked',
				'server',
				'too_large',
				'sign_in',
				'revoked',
				'outdated',
				'refused'
			),
			failures: fc.nat()
		}),
		{ nil: undefined }
	),
	lease: fc.option(
		fc.record({ owner: fc.string(), until: fc.nat(), total: fc.nat(3), done: fc.nat(3), since: fc.nat() }),
		{ nil: undefined }
	),
	browserOnline: fc.boolean(),
	revoked: fc.boolean(),
	signInNeeded: fc.boolean()
});

/** The table of ux.md §6.0: the first line that holds. */
const table: [Pill['kind'], (facts: PillFacts) => boolean][] = [
	['attention', ({ counts }) => counts.attention > 0],
	['outdated', ({ contact }) => contact?.result === 'outdated'],
	['revoked', ({ contact, revoked }) => revoked || contact?.result === 'revoked'],
	['sign-in', ({ counts, signInNeeded }) => signInNeeded && counts.waiting > 0],
	[
		'sending',
		({ counts, lease, browserOnline }) => counts.waiting > 0 && browserOnline && (lease?.total ?? 0) > 0
	],
	['waiting', (all) => all.counts.waiting > 0 && !away(all)],
	['offline-waiting', (all) => all.counts.waiting > 0],
	['offline', (all) => away(all)],
	['delivered', () => true]
];

const away = ({ browserOnline, contact }: PillFacts) =>
	!browserOnline || contact?.result === 'offline' || contact?.result === 'blocked';

it('follows the table, the worst first, and counts what the rows say', () => {
	fc.assert(
		fc.property(facts, (all) => {
			const pill = pillOf(all);
			expect(pill.kind).toBe(table.find(([, holds]) => holds(all))?.[0]);
			const { waiting, attention } = all.counts;
			if (pill.kind === 'delivered') expect(waiting + attention).toBe(0);
			if (pill.kind === 'attention') expect(pill.count).toBe(attention);
			else if ('count' in pill) expect(pill.count).toBe(waiting);
		}),
		{ numRuns: 2000 }
	);
});
