import { describe, expect, it } from 'vitest';
import { emptyRecord } from '#lib/domain/record.ts';
import type { ChangeDecision, TourChange } from '#lib/domain/tour-change.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { acceptedWrites, isReportedTwice, standingOf, toDecide, waysToAccept } from './accepted-change.ts';
import { dayValues } from './moved-day.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';
const was: Reception = {
	id: '0190f000-0000-7000-8000-00000000000a',
	desk: DESK,
	start: '2026-03-06T10:00',
	end: '2026-03-06T15:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi'],
	advisers: null
};
const desk: Desk = { id: DESK, name: 'Kiuruvesi', municipality: '263', placeType: 'library' };
const day = '2026-03-13';
let made = 0;
const change = (more: Partial<TourChange> = {}): TourChange => ({
	id: `change-${(made += 1)}`,
	member: DESK,
	decisions: [],
	record: emptyRecord,
	reception: was.id,
	desk: DESK,
	date: day,
	at: '2026-03-12T06:00:00Z',
	what: 'cannot-hold',
	...more
});
const held = standingOf(change(), [was]);

describe('a reported day', () => {
	it('is held, was cancelled by a coordinator meanwhile, or is gone with its reception', () => {
		expect(held).toMatchObject({ kind: 'held', stop: { date: day } });
		const off = { ...was, [`cancelled_${day}`]: 'Koulutus' } as Reception;
		expect(standingOf(change(), [off])).toMatchObject({ kind: 'cancelled', stop: { cancelled: 'Koulutus' } });
		expect(standingOf(change(), [])).toEqual({ kind: 'gone' });
		expect(standingOf(change(), [{ ...was, except: [day] }])).toEqual({ kind: 'gone' });
		// Ended, and followed by another of its desk: that one. Of two nobody can tell.
		const ended = { ...was, rule: 'FREQ=WEEKLY;UNTIL=20260312' };
		const next = { ...was, id: 'next', start: '2026-03-13T12:00', end: '2026-03-13T16:00' };
		expect(standingOf(change(), [ended, next])).toMatchObject({ stop: { reception: { id: 'next' } } });
		expect(standingOf(change(), [ended, next, { ...next, id: 'evening' }])).toEqual({ kind: 'gone' });
	});

	it('can be answered by what is still possible, and always by saying that it is dealt with', () => {
		expect(waysToAccept({ what: 'cannot-hold' }, held, desk)).toEqual([
			'cancel',
			'substitute',
			'move',
			'nothing'
		]);
		expect(waysToAccept({ what: 'moved' }, held, desk)).toEqual(['room', 'move', 'cancel', 'nothing']);
		expect(waysToAccept({ what: 'guide' }, { kind: 'gone' }, desk)).toEqual(['guide', 'nothing']);
		expect(waysToAccept({ what: 'guide' }, held, undefined)).toEqual(['nothing']);
		expect(waysToAccept({ what: 'hours' }, { kind: 'gone' }, desk)).toEqual(['nothing']);
		expect(waysToAccept({ what: 'from a newer version' }, held, desk)).toEqual(['nothing']);
	});

	it('writes what follows from the answer', async () => {
		const writes = async (...of: Parameters<typeof acceptedWrites>) =>
			(await acceptedWrites(...of)).map(({ target, fields }) => [target.collection, target.recordId, fields]);
		expect(await writes(change(), held, { do: 'cancel', reason: 'Lumimyrsky' })).toEqual([
			['reception', was.id, { 'cancelled_2026-03-13': 'Lumimyrsky' }]
		]);
		expect(await writes(change(), held, { do: 'substitute', advisers: [DESK] })).toEqual([
			['reception', was.id, { 'held_2026-03-13': [DESK] }]
		]);
		const to = { ...dayValues(was, day), to: '14:00' };
		expect(await writes(change(), held, { do: 'move', to, reason: 'Ajat muuttuvat' })).toMatchObject([
			['reception', expect.stringMatching(/^[0-9a-f-]{36}$/), { end: '2026-03-13T14:00', rule: null }],
			['reception', was.id, { 'cancelled_2026-03-13': 'Ajat muuttuvat' }]
		]);
		expect(await writes(change(), held, { do: 'room', room: 'Ovi B' })).toEqual([
			['desk', DESK, { room: 'Ovi B' }]
		]);
		expect(await writes(change(), held, { do: 'guide', field: 'keys', words: 'Tiski' })).toEqual([
			['desk-guide', DESK, { keys: 'Tiski' }]
		]);
		expect(await writes(change(), held, { do: 'nothing' })).toEqual([]);
		// A form that was open while a colleague has cancelled the day cancels nothing twice.
		expect(await writes(change(), { kind: 'gone' }, { do: 'cancel', reason: 'x' })).toEqual([]);
	});
});

it('what two have reported of one day both wait, the nearest day and the first report first; what is answered does not', () => {
	const accepted: ChangeDecision = { state: 'accepted', words: null };
	const first = change({ at: '2026-03-12T05:00:00Z' });
	const second = change();
	const later = change({ date: '2026-03-20', at: '2026-03-01T00:00:00Z' });
	const disputed = change({
		date: '2026-03-27',
		decisions: [accepted, { state: 'declined', words: null }]
	});
	const all = [disputed, later, second, first, change({ decisions: [accepted] })];
	expect(toDecide(all).map(({ id }) => id)).toEqual([first.id, second.id, later.id, disputed.id]);
	expect(toDecide(all).map((one) => isReportedTwice(one, toDecide(all)))).toEqual([true, true, false, false]);
});
