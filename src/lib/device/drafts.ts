import type { JsonValue } from '#lib/domain/json.ts';
import { reopening } from './failures.ts';
import type { MembershipDb } from './membership-db.ts';
import { isReadable, seal, unseal, type DraftRow } from './rows.ts';

/** A form that is not saved yet, as its screen keeps it. */
export interface Draft {
	id: string;
	/** When it was last changed, ms since 1970. */
	at: number;
	values: Record<string, JsonValue>;
}

/** How long after the last key a draft is written, ms. */
export const DRAFT_DELAY = 300;

const rowOf = ({ id, at, values }: Draft): DraftRow => ({ id, at, ...seal(values) });

export async function saveDraft(db: MembershipDb, draft: Draft): Promise<void> {
	await reopening([db], () => db.drafts.put(rowOf(draft)));
}

/** What `saveDraftAtOnce` writes where drafts are sealed: sealing takes a promise, for which a page that goes has no time. */
const sealedDrafts = new WeakMap<MembershipDb, DraftRow>();

/** Makes a draft ready for `saveDraftAtOnce`, with every change of the form. */
export async function readyDraft(db: MembershipDb, draft: () => Draft): Promise<void> {
	if (!db.guard) return;
	const row = await db.guard.sealRow(db.drafts.name, rowOf(draft()));
	const before = sealedDrafts.get(db);
	if (before?.id !== row.id || before.at <= row.at) sealedDrafts.set(db, row);
}

/**
 * The same for a page that is about to go: the write is handed over before this returns. Whatever waits for a promise, as every
 * Dexie call does, the browser may never run.
 */
export function saveDraftAtOnce(db: MembershipDb, draft: Draft): void {
	const row = db.guard ? sealedDrafts.get(db) : rowOf(draft);
	if (row?.id !== draft.id) return;
	try {
		const transaction = db.backendDB().transaction(db.drafts.name, 'readwrite', { durability: 'strict' });
		transaction.objectStore(db.drafts.name).put(row);
		transaction.commit();
	} catch {
		// The connection is gone already: what the last 300 ms brought is all that is missing.
	}
}

export async function readDraft(db: MembershipDb, id: string): Promise<Draft | undefined> {
	const row = await db.drafts.get(id);
	return row && isReadable(row)
		? { id, at: row.at, values: unseal<Record<string, JsonValue>>(row) }
		: undefined;
}

/** Drafts of changes to one record; their ids end with its own. */
export function editDrafts(db: MembershipDb, record: string) {
	return db.drafts.filter(({ id }) => id.startsWith('edit-') && id.endsWith(record));
}

export async function dropDraft(db: MembershipDb, id: string): Promise<void> {
	await db.drafts.delete(id);
}
