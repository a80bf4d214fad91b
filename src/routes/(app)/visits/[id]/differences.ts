import { visitSummary, type SummaryRow } from '#lib/components/visit-form/summary.ts';
import { clockTime } from '#lib/domain/clock.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { conflicts, shownValues, type Head, type RecordState } from '#lib/domain/record.ts';
import type { Desk } from '#lib/domain/tour.ts';
import { readVisit } from '#lib/domain/visit.ts';

/** What one change says of the fields in which changes differ. */
export interface Side {
	opId: string;
	author: string;
	/** When it was written, ms since 1970. */
	at: number;
	/** Its values, to write them again when somebody chooses it. */
	values: Record<string, JsonValue>;
	/** The same in words: only the rows that differ. */
	rows: SummaryRow[];
}

/** A card goes nowhere without its consent, even where both sides say the same of that. */
const CARD_FIELDS = ['clientCard', 'cardConsent'];
const ofCard = (field: string): boolean => CARD_FIELDS.includes(field);

/**
 * The fields of a visit that two sides wrote without knowing of each other, side by side: one group for each set of changes that
 * meet, so that somebody chooses once for all that belongs together. Sides stand in the order of their time.
 */
export function differencesOf(
	id: string,
	state: RecordState,
	desks: readonly Desk[],
	locale: Locale
): { key: string; sides: Side[] }[] {
	const groups = new Map<string, { key: string; heads: Map<string, Head>; fields: string[] }>();
	for (const field of conflicts(state)) {
		const heads = new Map((state.heads[field] ?? []).map((head) => [head.opId, head]));
		const key = [...heads.keys()].sort().join(' ');
		const group = groups.get(key) ?? { key, heads, fields: [] };
		group.fields.push(field);
		groups.set(key, group);
	}
	const shown = shownValues(state);
	return [...groups.values()].map(({ key, heads, fields }) => {
		const written = fields.some(ofCard) ? [...new Set([...fields, ...CARD_FIELDS])] : fields;
		const sides = [...heads.values()].map(({ opId, author, clock }) => {
			const values: Record<string, JsonValue> = {};
			for (const field of written) {
				const head = state.heads[field]?.find((one) => one.opId === opId);
				if (head) values[field] = head.value;
			}
			const groupsOfRows = visitSummary(readVisit(id, { ...shown, ...values }), desks, locale);
			return { opId, author, at: clockTime(clock), values, rows: groupsOfRows.flatMap(({ rows }) => rows) };
		});
		const differs = (index: number) => new Set(sides.map(({ rows }) => rows[index]?.text)).size > 1;
		return {
			key,
			sides: sides.map((side) => ({ ...side, rows: side.rows.filter((_, index) => differs(index)) }))
		};
	});
}
