import type { JsonValue } from '#lib/domain/json.ts';
import type { MembershipDb } from './membership-db.ts';
import { seal, unseal } from './rows.ts';

/** A form that is not saved yet, as its screen keeps it. */
export interface Draft {
	id: string;
	/** When it was last changed, ms since 1970. */
	at: number;
	values: Record<string, JsonValue>;
}

/** How long after the last key a draft is written, ms. */
export const DRAFT_DELAY = 300;

export async function saveDraft(db: MembershipDb, draft: Draft): Promise<void> {
	await db.drafts.put({ id: draft.id, at: draft.at, ...seal(draft.values) });
}

export async function readDraft(db: MembershipDb, id: string): Promise<Draft | undefined> {
	const row = await db.drafts.get(id);
	return row && { id, at: row.at, values: unseal<Record<string, JsonValue>>(row) };
}

export async function dropDraft(db: MembershipDb, id: string): Promise<void> {
	await db.drafts.delete(id);
}
