import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { MAX_OPS } from './limits.ts';
import { readFrame, writeFrame, type Frame, type SealedOp } from './sealed-frame.ts';

const replica = fc.stringMatching(/^[0-9a-f]{16}$/);
const own = '0123456789abcdef';
const op: fc.Arbitrary<SealedOp> = fc
	.record({
		opId: fc.uuid(),
		seq: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
		sealed: fc.uint8Array({ maxLength: 300 }),
		replica: fc.option(replica, { nil: undefined })
	})
	.map(({ replica, sealed, ...rest }) => ({
		...rest,
		sealed: new Uint8Array(sealed),
		...(replica === undefined || replica === own ? {} : { replica })
	}));
const frame: fc.Arbitrary<Frame> = fc.record({
	replica: fc.constant(own),
	highSeq: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
	ops: fc.array(op, { maxLength: 12 })
});

describe('a frame', () => {
	it('says what was put into it, and has one form', () => {
		fc.assert(
			fc.property(frame, (message) => {
				const bytes = writeFrame(message);
				const read = readFrame(bytes);
				expect(read).toEqual(message);
				expect(writeFrame(read as Frame)).toEqual(bytes);
			}),
			{ numRuns: 300 }
		);
	});

	it('that ends early, or has a byte more, is none', () => {
		fc.assert(
			fc.property(frame, fc.nat(), (message, cut) => {
				const bytes = writeFrame(message);
				expect(readFrame(bytes.subarray(0, cut % bytes.length))).toBe('not_a_frame');
				expect(readFrame(Uint8Array.of(...bytes, 0))).toBe('not_a_frame');
			})
		);
	});

	it('with any byte changed is read as another one or refused, and never fails in another way', () => {
		fc.assert(
			fc.property(frame, fc.nat(), fc.integer({ min: 1, max: 255 }), (message, at, by) => {
				const bytes = writeFrame(message);
				bytes[at % bytes.length]! ^= by;
				const read = readFrame(bytes);
				if (typeof read === 'string') expect(['not_a_frame', 'newer', 'too_many']).toContain(read);
				else expect(writeFrame(read)).toEqual(bytes);
			}),
			{ numRuns: 500 }
		);
	});

	it('is not made of any bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, begun) => {
				const read = readFrame(begun ? Uint8Array.of(0x52, 0x53, 0x4f, 1, ...bytes) : bytes);
				if (typeof read !== 'string') expect(begun).toBe(true);
				else expect(['not_a_frame', 'newer', 'too_many']).toContain(read);
			}),
			{ numRuns: 500 }
		);
	});

	it('of a newer version, with too many ops, with a number in two forms or an id that is none is refused', () => {
		const one = { opId: newId(), seq: 1, sealed: new Uint8Array(3) };
		const newer = writeFrame({ replica: own, highSeq: 1, ops: [] });
		newer[3] = 2;
		expect(readFrame(newer)).toBe('newer');
		const many = writeFrame({ replica: own, highSeq: 1, ops: Array(MAX_OPS + 1).fill(one) });
		expect(readFrame(many)).toBe('too_many');
		const head = [0x52, 0x53, 0x4f, 1, ...new Uint8Array(8)];
		expect(readFrame(Uint8Array.of(...head, 1, 0))).toMatchObject({ highSeq: 1, ops: [] });
		expect(readFrame(Uint8Array.of(...head, 0x81, 0x00, 0))).toBe('not_a_frame');
		expect(readFrame(Uint8Array.of(...head, 1, 1, ...new Uint8Array(16).fill(0x77), 1, 0))).toBe(
			'not_a_frame'
		);
		expect(readFrame(writeFrame({ replica: own, highSeq: 1, ops: [{ ...one, seq: 0 }] }))).toBe(
			'not_a_frame'
		);
	});
});
