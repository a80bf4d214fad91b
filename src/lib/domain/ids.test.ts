import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { newId, newReplica } from './ids.ts';

it('makes UUIDs of version 7 that are all different and grow with time', () => {
	const ids = Array.from({ length: 2000 }, (_, index) => newId(1_700_000_000_000 + index));
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids.every((id) => z.uuidv7().safeParse(id).success)).toBe(true);
	expect(ids.toSorted()).toEqual(ids);
});

it('makes replica ids of 16 hex digits', () => {
	expect(newReplica()).toMatch(/^[0-9a-f]{16}$/);
	expect(newReplica()).not.toBe(newReplica());
});
