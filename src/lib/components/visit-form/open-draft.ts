import * as z from 'zod/mini';
import { dropDraft, readDraft } from '#lib/device/drafts.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import { visitValues, type VisitValues } from './visit-values.ts';

/** A draft of a visit that belongs to this tab now. */
export interface OpenedDraft {
	id: string;
	values: VisitValues;
	/** When it was begun, ms. */
	startedAt: number;
}

const stored = z.object({ visit: visitValues, startedAt: z.number() });

/** How long a draft is waited for, ms: after a reload the page that went may hold it for another moment. */
const PATIENCE = 400;

/**
 * Holds a draft for this tab: another tab that opens the form meanwhile begins a new one and does not write into this.
 * Released by `release`, or by the browser when the tab goes. Without Web Locks every tab may take it.
 */
export async function holdDraft(id: string): Promise<{ held: boolean; release: () => void }> {
	if (!('locks' in navigator)) return { held: true, release: () => undefined };
	return new Promise((resolve) => {
		navigator.locks
			.request(`reppu-draft:${id}`, { signal: AbortSignal.timeout(PATIENCE) }, () => {
				return new Promise<void>((release) => resolve({ held: true, release }));
			})
			.catch(() => resolve({ held: false, release: () => undefined }));
	});
}

/** The visit begun last that no other tab has open. A draft whose visit is on the medium is no draft any more. */
export async function takeDraft(
	db: MembershipDb
): Promise<{ draft: OpenedDraft; release: () => void } | undefined> {
	const rows = await db.drafts.toArray();
	for (const { id } of rows.sort((a, b) => b.at - a.at)) {
		if (await db.visits.get(id)) {
			await dropDraft(db, id);
			continue;
		}
		const parsed = stored.safeParse((await readDraft(db, id))?.values);
		if (!parsed.success) continue;
		const { held, release } = await holdDraft(id);
		if (held) return { draft: { id, values: parsed.data.visit, startedAt: parsed.data.startedAt }, release };
	}
	return undefined;
}
