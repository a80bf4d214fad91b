import { expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { plannedBetween } from '#lib/domain/stops.ts';
import { tourChangeFault } from '#lib/domain/tour-change.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { changeFault, changeValues, ownWords, reportOf, type ChangeValues } from './change-values.ts';

const ID = '0190f000-0000-7000-8000-000000000001';
const reception: Reception = {
	id: ID,
	desk: ID,
	start: '2026-03-06T10:00',
	end: '2026-03-06T15:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi']
};
const [stop] = plannedBetween([reception], '2026-03-13', '2026-03-13');
const filled = (more: Partial<ChangeValues>) => ({ ...changeValues(stop!), ...more });
const now = Date.parse('2026-03-12T06:10:00.000Z');

it('says what is missing of each kind, and lets nothing else keep it back', () => {
	const faults = (more: Partial<ChangeValues>) => changeFault(filled(more), stop!);
	expect(faults({})).toBe('what');
	expect(faults({ what: 'cannot-hold' })).toBe('why');
	expect(faults({ what: 'cannot-hold', why: 'journey' })).toBeUndefined();
	// The planned hours are no change, and an empty one is none.
	expect(faults({ what: 'hours' })).toBe('hours');
	expect(faults({ what: 'hours', to: '' })).toBe('hours');
	expect(faults({ what: 'hours', to: '10:00' })).toBe('hours');
	expect(faults({ what: 'hours', to: '14:00' })).toBeUndefined();
	expect(faults({ what: 'moved', place: ' ' })).toBe('place');
	expect(faults({ what: 'guide' })).toBe('guide');
	expect(faults({ what: 'guide', guide: 'keys' })).toBe('right');
	expect(faults({ what: 'guide', guide: 'keys', right: 'Tiskiltä' })).toBeUndefined();
	expect(faults({ what: 'door-closed' })).toBeUndefined();
});

it('reports what belongs to what was chosen, and the server takes it', () => {
	const values = filled({ why: 'journey', to: '14:00', place: 'Aula', right: ' Tiskiltä ', text: ' ' });
	const kinds = ['cannot-hold', 'hours', 'moved', 'door-closed', 'guide'] as const;
	const reports = kinds.map((what) => reportOf({ ...values, what, guide: 'keys' }, stop!, now));
	const same = { reception: ID, desk: ID, date: '2026-03-13', at: '2026-03-12T06:10:00.000Z', text: null };
	expect(reports).toEqual([
		{ ...same, what: 'cannot-hold', why: 'journey' },
		{ ...same, what: 'hours', from: '10:00', to: '14:00' },
		{ ...same, what: 'moved', place: 'Aula' },
		{ ...same, what: 'door-closed' },
		{ ...same, what: 'guide', guide: 'keys', right: 'Tiskiltä' }
	]);
	for (const report of reports)
		expect(tourChangeFault(JSON.parse(JSON.stringify(report)) as Record<string, JsonValue>)).toBeUndefined();
	expect(ownWords({ ...values, what: 'hours', text: 'Avain' })).toBe('Avain');
	expect(ownWords({ ...values, what: 'guide' })).toContain('Tiskiltä');
});
