import type { DatabaseSync } from 'node:sqlite';
import type { ReportLine } from './draft.ts';

/** Lines of a report as they lie beside the drafts. */
export const LINES_TABLE =
	'lines (n integer primary key, place text not null, id text, outcome text not null, code text not null, field text, found text)';

interface LineRow {
	place: string;
	id: string | null;
	outcome: string;
	code: string;
	field: string | null;
	found: string | null;
}

/** Lines in their order; with a code, only those that have it. */
export function* linesOf(db: DatabaseSync, code: string | undefined, most: number): Generator<ReportLine> {
	const rows = db
		.prepare('select * from lines where ? is null or code = ? order by n limit ?')
		.iterate(code ?? null, code ?? null, most);
	for (const row of rows) {
		// Our own rows, written by `Staging.say`.
		const { place, id, outcome, code: said, field, found } = row as unknown as LineRow;
		yield {
			where: place,
			outcome: outcome === 'skipped' ? 'skipped' : 'mended',
			code: said,
			...(id !== null && { id }),
			...(field !== null && { field }),
			...(found !== null && { found })
		};
	}
}
