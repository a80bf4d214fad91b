import { memberOfPart } from '#lib/protocol/parts.ts';
import type { Change } from '#lib/protocol/sync.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { noteUse, type Doer } from './note.ts';

/** That somebody is given what others have logged: one row for each of the others, before the answer goes out. */
export async function noteReading(
	server: ServerContext,
	by: Doer,
	changes: readonly Change[]
): Promise<void> {
	const byOwner = new Map<string, string[]>();
	for (const { part, collection, recordId, state } of changes) {
		const owner = memberOfPart(part);
		if (owner === undefined || state === undefined || collection !== 'visit') continue;
		byOwner.set(owner, [...(byOwner.get(owner) ?? []), recordId]);
	}
	const read = [...byOwner].map(([whose, ids]) => ({ event: 'read', kind: 'visit', ids, whose }) as const);
	await noteUse(server, by, read);
}
