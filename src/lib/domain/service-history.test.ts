import { describe, expect, it } from 'vitest';
import { nextClock } from './clock.ts';
import type { JsonValue } from './json.ts';
import { baseOf, emptyRecord, join, opState, type Op, type RecordState } from './record.ts';
import { differingFields, SERVER_AUTHOR, withBefore } from './service-record.ts';
import { canUndo, changesOf } from './service-history.ts';

const written = (text: string) => ({ text, origin: 'written' as const });

let count = 0;
function write(state: RecordState, fields: Record<string, JsonValue>, author: string, now: number) {
	const base = baseOf(state, Object.keys(fields));
	const clock = nextClock(now, '00000000000000aa', Object.values(base).flat());
	count += 1;
	const op: Op = { opId: `op${count}`, collection: 'service', recordId: 'x', fields, clock, base, schema: 1 };
	return { op, state: join(state, opState(op, author)) };
}
const edit = (state: RecordState, fields: Record<string, JsonValue>, author: string, now: number) =>
	write(state, withBefore(fields, state), author, now);

const imported = write(
	emptyRecord,
	{ name: { fi: written('Kela') }, summary: { sv: written('Stöd.') }, links: [] },
	SERVER_AUTHOR,
	1000
).state;

describe('what people have changed', () => {
	const first = edit(
		imported,
		{ summary_sv: written('Råd.'), links: [{ url: 'https://kela.fi', language: 'fi' }] },
		'kaisa',
		2000
	);
	const second = edit(first.state, { summary_sv: written('Goda råd.') }, 'olli', 3000);

	it('says from what to what, also where an import wrote the first value', () => {
		expect(changesOf(imported, [], 'kaisa')).toEqual([]);
		expect(changesOf(second.state, [], 'kaisa')).toMatchObject([
			{
				field: 'summary_sv',
				author: 'olli',
				at: 3000,
				before: written('Råd.'),
				value: written('Goda råd.'),
				stands: true
			},
			{ field: 'links', author: 'kaisa', at: 2000, before: [], stands: true }
		]);
	});

	it('goes further back with the ops that this device has kept, each once', () => {
		const changes = changesOf(second.state, [first.op], 'kaisa');
		expect(changes.map(({ field, author, stands }) => [field, author, stands])).toEqual([
			['summary_sv', 'olli', true],
			['links', 'kaisa', true],
			['summary_sv', 'kaisa', false]
		]);
		expect(changes.at(-1)).toMatchObject({ before: written('Stöd.'), value: written('Råd.') });
		expect(changes.map(canUndo)).toEqual([true, true, false]);
	});

	it('is taken back by a new change, which can be taken back as well', () => {
		const [change] = changesOf(second.state, [], 'kaisa');
		const undone = edit(second.state, { [change!.field]: change!.before! }, 'kaisa', 4000);
		expect(changesOf(undone.state, [], 'kaisa')[0]).toMatchObject({
			author: 'kaisa',
			before: written('Goda råd.'),
			value: written('Råd.')
		});
		expect(canUndo(changesOf(undone.state, [], 'kaisa')[0]!)).toBe(true);
	});

	it('counts as a difference by itself only, not by what stood before', () => {
		const other = edit(first.state, { links: [{ url: 'https://fpa.fi', language: 'sv' }] }, 'olli', 3000);
		const later = edit(
			edit(first.state, { links: [] }, 'kaisa', 3500).state,
			{ links: [{ url: 'https://fpa.fi', language: 'sv' }] },
			'kaisa',
			3600
		);
		expect(differingFields(join(other.state, later.state))).toEqual([]);
		expect(differingFields(join(other.state, edit(first.state, { links: [] }, 'kaisa', 3500).state))).toEqual(
			['links']
		);
	});

	it('is told from what a pack brought, which names no authors', () => {
		const packed = Object.fromEntries(
			Object.entries(second.state.heads).map(([field, heads]) => [
				field,
				heads.map(({ clock, value }) => ({ clock, value, opId: '', author: '' }))
			])
		);
		expect(changesOf({ heads: packed, seen: {} }, [], 'kaisa')).toMatchObject([
			{ field: 'summary_sv', author: '', before: written('Råd.') },
			{ field: 'links', author: '', before: [] }
		]);
	});

	it('has no before where the entry was made with it, and then it is not taken back', () => {
		const made = edit(emptyRecord, { name_fi: written('Uusi') }, 'kaisa', 1000);
		expect(changesOf(made.state, [], 'kaisa')).toMatchObject([{ field: 'name_fi', before: undefined }]);
		expect(changesOf(made.state, [], 'kaisa').some(canUndo)).toBe(false);
	});
});
