import { describe, expect, it } from 'vitest';
import { checkOf, inOrder, type Around } from './to-check.ts';
import { sampleService } from './sample-service.ts';

const now = Date.parse('2026-09-01T09:00:00Z');
const nothing: Around = {
	reported: false,
	differs: false,
	overtaken: false,
	broken: false,
	used: 0,
	shown: 0
};
const text = { text: 'Kela', origin: 'written' as const };
const on = (date: string, id = date) =>
	sampleService({ id, name: { fi: text, sv: text }, verified: { on: date, by: 'Kaisa' } });

describe('reasons to look at an entry', () => {
	it('are none for one that was checked half a year ago, to the day', () => {
		expect(checkOf(on('2026-03-02'), nothing, now)).toMatchObject({ reasons: [], age: 183 });
		expect(checkOf(on('2026-03-01'), nothing, now).reasons).toEqual(['stale']);
	});

	it('are told for one that nobody checked, in one language only', () => {
		expect(checkOf(sampleService(), nothing, now).reasons).toEqual(['unverified', 'untranslated']);
	});
});

describe('the order', () => {
	const ids = (list: Parameters<typeof inOrder>[0]) => inOrder(list).map(({ service }) => service.id);

	it('is reports, differences, the source, links, then age', () => {
		const list = [
			checkOf(on('2026-08-01', 'fresh'), nothing, now),
			checkOf(on('2020-01-01', 'old'), nothing, now),
			checkOf(on('2026-08-01', 'broken'), { ...nothing, broken: true }, now),
			checkOf(on('2026-08-01', 'overtaken'), { ...nothing, overtaken: true }, now),
			checkOf(on('2026-08-01', 'differs'), { ...nothing, differs: true }, now),
			checkOf(on('2026-08-01', 'reported'), { ...nothing, reported: true }, now)
		];
		expect(ids(list)).toEqual(['reported', 'differs', 'overtaken', 'broken', 'old', 'fresh']);
	});

	it('moves up what clients are sent to', () => {
		const older = checkOf(on('2026-02-01', 'older'), nothing, now);
		const used = checkOf(on('2026-03-01', 'used'), { ...nothing, used: 9 }, now);
		expect(ids([older, used])).toEqual(['used', 'older']);
	});

	it('moves up what is shown unchecked, and leaves out what has ended', () => {
		const older = checkOf(on('2026-02-01', 'older'), nothing, now);
		const used = checkOf(on('2026-03-01', 'used'), { ...nothing, shown: 9 }, now);
		const ended = { ...on('2020-01-01', 'ended'), status: 'ended' as const };
		expect(ids([older, used, checkOf(ended, nothing, now)])).toEqual(['used', 'older']);
		expect(ids([checkOf(ended, { ...nothing, reported: true }, now)])).toEqual(['ended']);
	});
});
