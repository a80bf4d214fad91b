import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { packOps } from './packed.ts';
import { newId } from '#lib/domain/ids.ts';
import { olderVersions, readRequest } from './read-request.ts';
import { PROTOCOL, SCHEMA_HASHES } from './version.ts';

const op = () => ({
	opId: newId(),
	seq: 1,
	collection: 'visit',
	recordId: newId(),
	fields: { language: 'ar' },
	clock: '019cad58bd80-9f86d081884c7d65',
	schema: 1
});
const now = () => ({ protocol: 1, replica: '9f86d081884c7d65', highSeq: 1, ops: [op()] });

describe('a request', () => {
	it('of the newest version is read as it is', () => {
		const message = now();
		expect(readRequest(message)).toEqual(message);
	});

	it.each([
		['another form', { ...now(), surprise: 1 }],
		['ops in two forms', { ...now(), packed: packOps([op()], '9f86d081884c7d65') }],
		['a version that nobody released', { ...now(), protocol: 0 }],
		['no version', { ...now(), protocol: undefined }],
		['nothing of a request', null]
	])('with %s is not read', (_, message) => {
		expect(readRequest(message)).toBeUndefined();
	});
});

describe('a request of an older version', () => {
	// Made up: two versions before the first. The oldest called the replica "from", and the next one had no highest number.
	const rows = z.array(z.looseObject({ seq: z.number() }));
	const older: typeof olderVersions = {
		[-1]: {
			schema: z.strictObject({ protocol: z.literal(-1), from: z.string(), ops: rows }),
			next(message) {
				const { from, ...rest } = message as { from: string };
				return { ...rest, protocol: 0, replica: from };
			}
		},
		0: {
			schema: z.strictObject({ protocol: z.literal(0), replica: z.string(), ops: rows }),
			next(message) {
				const { ops } = message as { ops: { seq: number }[] };
				return { ...message, protocol: 1, highSeq: Math.max(0, ...ops.map(({ seq }) => seq)) };
			}
		}
	};

	it('goes through every version up to the newest, and its ops say what they said', () => {
		const ops = [op()];
		const oldest = { protocol: -1, from: '9f86d081884c7d65', ops };
		expect(readRequest(oldest, older)).toEqual({
			protocol: 1,
			replica: '9f86d081884c7d65',
			highSeq: 1,
			ops
		});
	});

	it('is read as strictly as ever', () => {
		const message = { protocol: 0, replica: '9f86d081884c7d65', ops: [op()] };
		expect(readRequest(message, older)).toBeDefined();
		expect(readRequest({ ...message, highSeq: 1 }, older)).toBeUndefined();
	});

	it('is known for each number below the newest', () => {
		for (let version = 1; version < PROTOCOL; version += 1) expect(olderVersions[version]).toBeDefined();
		expect(Object.keys(SCHEMA_HASHES).map(Number)).toEqual(Array.from({ length: PROTOCOL }, (_, n) => n + 1));
	});
});
