import { describe, expect, it } from 'vitest';
import type { MembershipRow } from '#lib/device/public-db.ts';
import { phoneMembership } from './memberships.ts';

const row = (id: string, role: MembershipRow['role'], usedAt: number) =>
	({ id, role, usedAt }) as MembershipRow;
const rows = [row('a1', 'adviser', 1), row('a2', 'adviser', 2), row('c', 'coordinator', 3)];

describe('who the phone works as', () => {
	it('is the one chosen, else the latest adviser, else anybody', () => {
		expect(phoneMembership(rows, 'c')?.id).toBe('c');
		expect(phoneMembership(rows, 'gone')?.id).toBe('a2');
		expect(phoneMembership(rows.slice(2), undefined)?.id).toBe('c');
		expect(phoneMembership([], undefined)).toBeUndefined();
	});
});
