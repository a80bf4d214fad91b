import { desksOf, type Tour } from '#lib/directory/where-when/coming.ts';
import type { TourSubject } from '#lib/directory/take-away/public-address.ts';
import { lastChange } from '#lib/domain/last-change.ts';
import { removal, shownValues } from '#lib/domain/record.ts';
import { isShaped, type Checks } from '#lib/domain/shape.ts';
import { deskIsOpen } from '#lib/domain/stops.ts';
import { DESK, RECEPTION } from '#lib/domain/tour-records.ts';
import { deskChecks, receptionChecks } from '#lib/domain/tour-shapes.ts';
import { inOrganisation } from '#lib/server/storage/reach.ts';
import { recordPages } from '#lib/server/storage/record-pages.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** An organisation's tour for whoever has the address of one of its pages. */
export interface PublicTour {
	/** Of the organisation. */
	name: string;
	/** It is a demonstration's. */
	demo: boolean;
	tour: Tour;
	/** Ids of desks that were removed. */
	removed: ReadonlySet<string>;
	/** When a record was changed last, ms since 1970, by its id; 0 for one that is not there. */
	changedAt: (id: string) => number;
}

/** Undefined where there is no such organisation. */
export const publicTour = (store: Store, organisation: string): Promise<PublicTour | undefined> =>
	inOrganisation(organisation, () => find(store, organisation));

async function find(store: Store, organisation: string): Promise<PublicTour | undefined> {
	const row = await store.db
		.selectFrom('organisations')
		.select(['name', 'demo'])
		.where('id', '=', organisation)
		.executeTakeFirst();
	if (!row) return undefined;
	const changes = new Map<string, number>();
	const removed = new Set<string>();

	/** Those that stand and have a form known here. */
	async function standing<T extends object>(
		collection: string,
		checks: Checks<T>
	): Promise<(T & { id: string })[]> {
		const found: (T & { id: string })[] = [];
		for await (const page of recordPages(store, organisation, collection)) {
			for (const { id, state } of page) {
				changes.set(id, lastChange(state));
				const values = shownValues(state);
				if (removal(state) === 'yes') removed.add(id);
				else if (isShaped(values, checks)) found.push({ ...values, id });
			}
		}
		return found;
	}

	const desks = await standing(DESK, deskChecks);
	const receptions = await standing(RECEPTION, receptionChecks);
	return {
		name: row.name,
		demo: row.demo === 1,
		tour: { desks, receptions },
		removed,
		changedAt: (id) => changes.get(id) ?? 0
	};
}

/**
 * What there is at an address: `missing` (404) where nobody knows of it, `gone` (410) where the desk was closed or removed, or every desk of a
 * municipality or a language was.
 *
 * @param today civil date
 */
export function stateOf(
	{ tour, removed }: PublicTour,
	subject: TourSubject,
	today: string
): 'there' | 'gone' | 'missing' {
	if (subject.kind === 'all') return 'there';
	const desks = desksOf(tour, subject);
	if (desks.some((desk) => deskIsOpen(desk, today))) return 'there';
	const known = desks.length > 0 || (subject.kind === 'desk' && removed.has(subject.id));
	return known ? 'gone' : 'missing';
}
