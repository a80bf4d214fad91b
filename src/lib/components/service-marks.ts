import type { MembershipDb } from '#lib/device/membership-db.ts';
import { isList, isText } from '#lib/domain/shape.ts';

/**
 * Which services the adviser starred, and which were opened last at each desk. Kept in the membership's own database: what
 * people ask for in a village is nobody else's business on a shared device.
 */
export interface ServiceMarks {
	starred: readonly string[];
	/** By desk, `''` without a place; the last one first. */
	recent: Readonly<Record<string, readonly string[]>>;
}

const KEY = 'services';
/** How many are remembered at a desk (ux.md §6.6). */
const REMEMBERED = 8;

const isIds = isList(isText);
const asIds = (value: unknown) => (isIds(value) ? (value as string[]) : []);

export async function readServiceMarks(db: MembershipDb): Promise<ServiceMarks> {
	const value = (await db.meta.get(KEY))?.value as { starred?: unknown; recent?: unknown } | undefined;
	const recent = typeof value?.recent === 'object' && value.recent !== null ? value.recent : {};
	return {
		starred: asIds(value?.starred),
		recent: Object.fromEntries(Object.entries(recent).map(([desk, ids]) => [desk, asIds(ids)]))
	};
}

async function change(db: MembershipDb, apply: (marks: ServiceMarks) => ServiceMarks): Promise<void> {
	await db.transaction('rw', db.meta, async () => {
		await db.meta.put({ key: KEY, value: apply(await readServiceMarks(db)) });
	});
}

/** Notes that a service was looked at here; `desk` null: without a place. */
export async function noteService(db: MembershipDb, desk: string | null, id: string): Promise<void> {
	await change(db, ({ starred, recent }) => {
		const before = (recent[desk ?? ''] ?? []).filter((other) => other !== id);
		return { starred, recent: { ...recent, [desk ?? '']: [id, ...before].slice(0, REMEMBERED) } };
	});
}

/** Adds a service to the favourites, or takes it out. */
export async function starService(db: MembershipDb, id: string, starred: boolean): Promise<void> {
	await change(db, (marks) => {
		const others = marks.starred.filter((other) => other !== id);
		return { ...marks, starred: starred ? [...others, id] : others };
	});
}
