import { describe, expect, it } from 'vitest';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { allVisits, cardVisits } from './client-cards.ts';

const card = 'ACDEFHJKMPRT';

/** As much of a visit in memory as is looked at. */
function entry(id: string, fields: Record<string, JsonValue>): VisitEntry {
	const heads = Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [name, [{ clock: '1', opId: id, value, author: 'a' }]])
	);
	return { id, at: 0, state: { heads, seen: {} } } as unknown as VisitEntry;
}

describe('what a client card opens', () => {
	it('is topics and next steps of this card alone', () => {
		const found = cardVisits(
			[
				entry('1', {
					clientCard: card,
					topics: ['housing'],
					referrals: [{ to: 'kela' }, { to: 'none' }],
					followUp: '2026-03-16'
				}),
				entry('2', { clientCard: '222222222222', topics: ['work'] }),
				entry('3', { topics: ['work'] }),
				entry('4', { clientCard: null, topics: ['work'] })
			],
			card
		);
		expect(found).toEqual([
			{ id: '1', at: 0, topics: ['housing'], bodies: ['kela'], followUp: '2026-03-16' }
		]);
	});

	it('is never a sensitive topic or place, nor one that this version cannot tell', () => {
		const found = cardVisits(
			[
				entry('1', { clientCard: card, topics: ['housing', 'of-later.topic'], referrals: [{ to: 'kela' }] }),
				entry('2', {
					clientCard: card,
					topics: ['housing'],
					referrals: [{ to: 'victim-support' }, { to: 'of-later' }]
				})
			],
			card
		);
		expect(found.map(({ topics, bodies }) => ({ topics, bodies }))).toEqual([
			{ topics: ['housing'], bodies: [] },
			{ topics: ['housing'], bodies: [] }
		]);
	});

	it('has each visit once, as it lies here, the latest first', () => {
		const visit = (id: string, at: number, topics: string[]) => ({
			id,
			at,
			topics,
			bodies: [],
			followUp: null
		});
		const all = allVisits(
			[visit('1', 2, ['housing'])],
			[visit('1', 2, []), visit('2', 3, ['work']), visit('3', 1, [])]
		);
		expect(all.map(({ id, topics }) => [id, topics])).toEqual([
			['2', ['work']],
			['1', ['housing']],
			['3', []]
		]);
	});
});
