import { memberOfPart } from '#lib/protocol/parts.ts';
import type { MembershipDb } from './membership-db.ts';
import { isReadable, type VisitRow } from './rows.ts';
import { VisitEntry } from './visit-set.svelte.ts';

/** A visit that another member logged, on a coordinator's device. */
export interface OtherVisit {
	entry: VisitEntry;
	/** The membership that logged it. */
	member: string;
}

function otherVisit(row: VisitRow | undefined): OtherVisit | undefined {
	const member = row?.part && memberOfPart(row.part);
	return row && member && isReadable(row) ? { entry: new VisitEntry(row), member } : undefined;
}

/** Null: there is none, or it is the device's own. */
export async function readOther(db: MembershipDb, id: string): Promise<OtherVisit | null> {
	return otherVisit(await db.visits.get(id)) ?? null;
}

/** All of them that stand, the latest contact first. */
export async function readOthers(db: MembershipDb): Promise<OtherVisit[]> {
	const rows = await db.visits.toArray();
	return rows
		.filter(({ part }) => part !== undefined)
		.flatMap((row) => otherVisit(row) ?? [])
		.filter(({ entry }) => entry.stands)
		.sort((a, b) => b.entry.at - a.entry.at);
}
