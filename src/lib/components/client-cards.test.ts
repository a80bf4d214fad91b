import { describe, expect, it } from 'vitest';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { readSettings, topicField, usualSettings } from '#lib/domain/register-settings.ts';
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
			card,
			usualSettings
		);
		expect(found.visits).toEqual([
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
			card,
			usualSettings
		);
		expect(found.visits.map(({ topics, bodies }) => ({ topics, bodies }))).toEqual([
			{ topics: ['housing'], bodies: [] },
			{ topics: ['housing'], bodies: [] }
		]);
	});

	it('is an own topic, and where the client was sent with it, only where it is said not to be sensitive', () => {
		const own = 'housing.own-4k2m';
		const visits = [entry('1', { clientCard: card, topics: [own], referrals: [{ to: 'kela' }] })];
		const seen = (onCards: string[]) =>
			cardVisits(visits, card, readSettings({ [topicField(own)]: { fi: 'Mökki' }, onCards })).visits;
		expect(seen([own])).toMatchObject([{ topics: [own], bodies: ['kela'] }]);
		expect(seen([])).toMatchObject([{ topics: [], bodies: [] }]);
	});

	it('is the consent that was given last, or that none was written down', () => {
		const consent = (on: string) => ({ language: 'ar', text: 'fi-0123456789ab', on, how: 'read' });
		const visit = (id: string, cardConsent?: JsonValue) =>
			entry(id, { clientCard: card, ...(cardConsent === undefined ? {} : { cardConsent }) });
		const visits = [visit('1'), visit('2', consent('2026-03-01')), visit('3', consent('2026-11-01'))];
		expect(cardVisits(visits, card, usualSettings).consent).toEqual(consent('2026-11-01'));
		expect(cardVisits([visit('1'), visit('2', null)], card, usualSettings).consent).toBeNull();
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
