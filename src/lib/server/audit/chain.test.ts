import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chain, ChainCheck, sealOf, type AuditRow, type Segment } from './chain.ts';

const key = Buffer.from('a key for tests, and of no other use');
const MONTH = 30 * 86_400_000;

/** Rows as they are noted: at most a month and a half from one to the next. */
const noted = fc
	.array(fc.record({ wait: fc.nat(1.5 * MONTH), event: fc.constantFrom('read', 'erase', 'export') }), {
		minLength: 3,
		maxLength: 40
	})
	.map((steps) => {
		let at = Date.UTC(2026, 0, 1);
		return steps.map(({ wait, event }, index) => ({
			organisation_id: 'o',
			id: `id ${index}`,
			at: (at += wait),
			membership_id: 'm',
			device_id: null,
			event,
			subject_id: index % 2 ? 's' : null,
			kind: 'visit',
			ids: '[]',
			segment: null,
			number: null,
			hash: null
		})) as AuditRow[];
	});

/** Chains rows as the job does, some at a time. */
function chained(rows: readonly AuditRow[], atOnce: number): { rows: AuditRow[]; segments: Segment[] } {
	const placed: AuditRow[] = [];
	const segments = new Map<string, Segment>();
	for (let first = 0; first < rows.length; first += atOnce) {
		const grown = chain(key, [...segments.values()].at(-1), rows.slice(first, first + atOnce));
		placed.push(...grown.rows);
		for (const one of grown.segments) segments.set(one.segment, one);
	}
	return { rows: placed, segments: [...segments.values()] };
}

function faultsOf(rows: readonly AuditRow[], segments: readonly Segment[], by = key) {
	const check = new ChainCheck(by, segments);
	// As they are read: by number, in pages.
	const ordered = rows.toSorted((a, b) => Number(a.number) - Number(b.number));
	for (let first = 0; first < ordered.length; first += 7) check.add(ordered.slice(first, first + 7));
	return check.end().faults;
}

const whole = fc.tuple(noted, fc.integer({ min: 1, max: 9 })).map(([rows, atOnce]) => chained(rows, atOnce));
const somewhere = fc.nat(1000);

describe('the chain of the audit trail', () => {
	it('is whole as it was made, whatever was chained at once, and to nobody else’s key', () => {
		fc.assert(
			fc.property(whole, ({ rows, segments }) => {
				expect(faultsOf(rows, segments)).toEqual([]);
				expect(faultsOf(rows, segments, Buffer.from('another key')).length).toBeGreaterThan(0);
			})
		);
	});

	it('shows every row that was changed, in any column', () => {
		const columns = [
			'id',
			'at',
			'membership_id',
			'device_id',
			'event',
			'subject_id',
			'kind',
			'ids',
			'segment',
			'hash'
		] as const;
		fc.assert(
			fc.property(whole, somewhere, fc.constantFrom(...columns), ({ rows, segments }, where, column) => {
				const index = where % rows.length;
				const altered = rows.with(index, { ...rows[index]!, [column]: column === 'at' ? 1 : 'altered' });
				expect(faultsOf(altered, segments)).toContainEqual(
					expect.objectContaining({ number: rows[index]!.number, fault: 'changed' })
				);
			})
		);
	});

	it('shows every row that was taken away, also the last one', () => {
		fc.assert(
			fc.property(whole, somewhere, ({ rows, segments }, where) => {
				const index = where % rows.length;
				expect(faultsOf(rows.toSpliced(index, 1), segments)).toContainEqual(
					expect.objectContaining({ number: rows[index]!.number, fault: 'missing' })
				);
			})
		);
	});

	it('shows rows that have changed places, and ones that were put in', () => {
		fc.assert(
			fc.property(whole, somewhere, somewhere, ({ rows, segments }, one, other) => {
				const [a, b] = [one % rows.length, other % rows.length];
				fc.pre(a !== b);
				const { number, segment } = rows[a]!;
				const swapped = rows
					.with(a, { ...rows[a]!, number: rows[b]!.number, segment: rows[b]!.segment })
					.with(b, { ...rows[b]!, number, segment });
				expect(faultsOf(swapped, segments).length).toBeGreaterThan(0);
				const more = { ...rows[a]!, id: 'put in', number: rows.length + 1 };
				expect(faultsOf([...rows, more], segments)).toContainEqual(
					expect.objectContaining({ fault: 'extra' })
				);
			})
		);
	});

	it('goes on over a month that was dropped, and shows one that was dropped by somebody without the key', () => {
		fc.assert(
			fc.property(whole, ({ rows, segments }) => {
				const [first, ...others] = segments;
				fc.pre(others.length > 0);
				const left = rows.filter(({ segment }) => segment !== first!.segment);
				const dropped = { ...first!, dropped_at: 5 };
				const sealed = { ...dropped, seal: sealOf(key, dropped) };
				expect(faultsOf(left, [sealed, ...others])).toEqual([]);
				expect(faultsOf(rows, [sealed, ...others])).toContainEqual(
					expect.objectContaining({ fault: 'extra' })
				);
				expect(faultsOf(left, [dropped, ...others])).toContainEqual(
					expect.objectContaining({ fault: 'changed' })
				);
				expect(faultsOf(left, others).length).toBeGreaterThan(0);
				expect(faultsOf(left, segments)).toContainEqual(expect.objectContaining({ fault: 'missing' }));
			})
		);
	});
});
