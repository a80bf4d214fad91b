import type { RecordState } from '#lib/domain/record.ts';
import type { MembershipDb } from './membership-db.ts';

/** Whether an op of the record has no effect on the server, so far or at all. */
export async function isUnsettled({ outbox, rejected }: MembershipDb, id: string): Promise<boolean> {
	return (
		(await rejected.where('recordId').equals(id).first()) !== undefined ||
		(await outbox.filter(({ recordId }) => recordId === id).first()) !== undefined
	);
}

/** Clocks that the base of one field holds, at most (protocol/sync.ts). */
const MOST_CLOCKS = 64;

/**
 * What is written over a value that the server may never accept replaces what that one had replaced, too: otherwise the server would show
 * again beside it what its author has long written over.
 */
export function addSeen(base: Record<string, string[]>, { seen }: RecordState): void {
	for (const [field, clocks] of Object.entries(base))
		if (Object.hasOwn(seen, field))
			base[field] = [...new Set([...clocks, ...(seen[field] ?? [])])].slice(0, MOST_CLOCKS);
}
