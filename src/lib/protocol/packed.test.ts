import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { jsonFault } from '#lib/domain/json.ts';
import { canPack, packedOps, packOps, unpackOps } from './packed.ts';
import { wireOp, type WireOp } from './sync.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const id = fc.tuple(time, bytes).map(([at, random]) => newId(at, (target) => (target.set(random), target)));
const replica = fc.stringMatching(/^[0-9a-f]{16}$/);
const own = '0123456789abcdef';
const clock = fc
	.tuple(time, fc.oneof(fc.constant(own), replica))
	.map(([at, by]) => `${at.toString(16).padStart(12, '0')}-${by}`);
const field = fc.oneof(
	fc.constantFrom('at', 'topics', 'language', 'x'),
	id.map((value) => `notes/${value}`),
	fc.uuid({ version: 4 }).map((value) => `notes/${value}`)
);
// Keys of Object.prototype are refused at the edge (domain/json.ts), before anything is packed or unpacked.
const json = fc
	.jsonValue({ maxDepth: 2 })
	.filter((value) => jsonFault(value, { depth: 20, keys: 1000 }) === undefined)
	.map((value) => JSON.parse(JSON.stringify(value)) as WireOp['fields'][string]);
const op: fc.Arbitrary<WireOp> = fc.record(
	{
		opId: id,
		seq: fc.integer({ min: 1, max: 1_000_000 }),
		collection: fc.constantFrom('visit', 'feedback'),
		recordId: id,
		fields: fc.dictionary(field, json, { maxKeys: 6, noNullPrototype: true }),
		clock,
		schema: fc.integer({ min: 1, max: 3 }),
		base: fc.dictionary(fc.constantFrom('at', 'topics'), fc.array(clock, { minLength: 1, maxLength: 2 }), {
			noNullPrototype: true
		}),
		replica
	},
	{ requiredKeys: ['opId', 'seq', 'collection', 'recordId', 'fields', 'clock', 'schema'] }
);

it('says by column exactly what the rows say', () => {
	fc.assert(
		fc.property(fc.array(op, { maxLength: 20 }), (ops) => {
			expect(canPack(ops)).toBe(true);
			const packed = packedOps.parse(JSON.parse(JSON.stringify(packOps(ops, own))));
			const rows = unpackOps(packed, own);
			expect(rows).toEqual(
				ops.map((row) => (row.replica === own ? (({ replica: _own, ...rest }) => rest)(row) : row))
			);
			expect(rows?.every((row) => wireOp.safeParse(row).success)).toBe(true);
		}),
		{ numRuns: 300 }
	);
});

it('is refused whole where the columns do not fit together', () => {
	fc.assert(
		fc.property(
			fc.array(op, { minLength: 1, maxLength: 5 }),
			fc.constantFrom('shape', 'clock', 'seq', 'idTime', 'suffixTime', 'columns', 'idRest', 'suffixRest'),
			(ops, broken) => {
				const packed = packOps(ops, own);
				if (broken === 'idRest' || broken === 'suffixRest') {
					fc.pre(packed[broken].length > 0);
					packed[broken] = packed[broken].slice(1);
				} else if (broken === 'columns') {
					const [column] = Object.keys(packed.columns);
					fc.pre(column !== undefined);
					packed.columns[column!]!.pop();
				} else if (broken === 'shape') packed.shape[0] = 99;
				else {
					fc.pre(packed[broken].length > 0);
					packed[broken].pop();
				}
				expect(unpackOps(packed, own)).toBeUndefined();
			}
		)
	);
});
