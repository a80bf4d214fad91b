import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { syncAnswer, syncRequest } from './sync.ts';
import { PROTOCOL, SCHEMA_HASHES } from './version.ts';

describe('the wire', () => {
	it('is the one its version was released with: who changes it adds a version and its history', () => {
		const schema = JSON.stringify([
			z.toJSONSchema(syncRequest, { io: 'input' }),
			z.toJSONSchema(syncAnswer, { io: 'input' })
		]);
		expect(SCHEMA_HASHES[PROTOCOL]).toBe(createHash('sha256').update(schema).digest('hex'));
	});

	it('reads an answer with unknown keys and takes an unknown outcome for later', () => {
		const answer = syncAnswer.parse({
			protocol: 1,
			receipts: [{ opId: 'x', outcome: 'shelved', new: 1 }],
			changes: [],
			cursors: {},
			more: false,
			epoch: 'e',
			durable: null,
			serverTime: 1,
			weather: 'fine'
		});
		expect(answer.receipts[0]?.outcome).toBe('later');
	});

	it('reads a request strictly', () => {
		const request = { protocol: 1, replica: '0'.repeat(16), highSeq: 0, ops: [] };
		expect(syncRequest.safeParse(request).success).toBe(true);
		expect(syncRequest.safeParse({ ...request, admin: true }).success).toBe(false);
	});
});
