import { helsinki } from '#lib/domain/dates.ts';
import { shownValues } from '#lib/domain/record.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';
import {
	inClasses,
	publishedClasses,
	publishedQuarter,
	publishedQuestion,
	type PublishedFigures
} from '#lib/statistics/published.ts';
import type { Question } from '#lib/statistics/question.ts';
import { publishReport, roundFigure, type PublishedReport } from '#lib/statistics/suppression/publish.ts';
import type { ReportSet } from '#lib/statistics/suppression/system.ts';
import { figuresOf } from './figures.ts';

/** So often a report is made anew where another request was faster. */
const TRIES = 5;

/**
 * Answers a question for somebody outside the organisation, with small figures hidden; undefined where it is none of those that are answered outside.
 * The report of a quarter is kept, and what is given later never says what the earlier one hid. It is kept to the unit and rounded on its way out: were rounded figures
 * compared, whoever asks again and again would see each one cross from one five to the next.
 */
export async function publishedFiguresOf(
	store: Store,
	organisation: string,
	asked: Question,
	now: number
): Promise<PublishedFigures | undefined> {
	const quarter = publishedQuarter(asked, helsinki(now).date);
	if (quarter === undefined) return undefined;
	const { contacts, tables } = await reportOfQuarter(store, organisation, quarter, asked, now);
	return {
		published: true,
		from: asked.from,
		to: asked.to,
		contacts: rounded(contacts),
		tables: asked.tables.flatMap(([id]) => {
			const table = tables.find(({ by }) => by[0] === id);
			if (!table) return [];
			const cells = table.cells.map((cell) => ({
				classes: [...cell.classes],
				contacts: rounded(cell.contacts)
			}));
			return [{ by: [...table.by], cells }];
		})
	};
}

const rounded = (contacts: number | null) => (contacts === null ? null : roundFigure(contacts));

async function reportOfQuarter(
	store: Store,
	organisation: string,
	quarter: string,
	asked: Question,
	now: number
): Promise<PublishedReport> {
	for (let attempt = 0; attempt < TRIES; attempt += 1) {
		const known = await knownReport(store, organisation, quarter);
		const before = known === undefined ? undefined : (JSON.parse(known) as PublishedReport);
		const classes = before
			? classesOf(before)
			: publishedClasses(await municipalitiesOf(store, organisation));
		const set = inClasses(await figuresOf(store, organisation, publishedQuestion(asked)), classes);
		const report = publishReport(set, { before });
		const text = JSON.stringify(report);
		if (text === known || (await keep(store, organisation, quarter, { known, text, now }))) return report;
	}
	throw new Error('A report was made anew by others all the time.');
}

async function knownReport(store: Store, organisation: string, quarter: string): Promise<string | undefined> {
	const row = await store.db
		.selectFrom('published_figures')
		.select('report')
		.where('organisation_id', '=', organisation)
		.where('quarter', '=', quarter)
		.executeTakeFirst();
	return row?.report;
}

/** Keeps a report in the place of the one that it was made from; false where that is another one by now. */
async function keep(
	store: Store,
	organisation: string,
	quarter: string,
	{ known, text, now }: { known: string | undefined; text: string; now: number }
): Promise<boolean> {
	return store.write(async (trx) => {
		const kept =
			known === undefined
				? trx
						.insertInto('published_figures')
						.values({ organisation_id: organisation, quarter, report: text, given_at: now })
						.onConflict((conflict) => conflict.columns(['organisation_id', 'quarter']).doNothing())
						.returning('quarter')
				: trx
						.updateTable('published_figures')
						.set({ report: text, given_at: now })
						.where('organisation_id', '=', organisation)
						.where('quarter', '=', quarter)
						.where('report', '=', known)
						.returning('quarter');
		return (await kept.execute()).length > 0;
	});
}

/** A quarter keeps the classes of its first report: figures of other classes could be set against those. */
const classesOf = ({ tables }: PublishedReport): ReportSet['classes'] =>
	Object.fromEntries(tables.map(({ by, cells }) => [by[0], cells.map((cell) => cell.classes[0] ?? '')]));

/** Where the organisation has desks, or had them. */
async function municipalitiesOf(store: Store, organisation: string): Promise<string[]> {
	const rows = await store.db
		.selectFrom('records')
		.select('state')
		.where('organisation_id', '=', organisation)
		.where('collection', '=', 'desk')
		.execute();
	const states = await readStates(
		store.db,
		store,
		organisation,
		rows.map(({ state }) => state)
	);
	const codes = states.flatMap((state) => {
		const { municipality } = shownValues(state);
		return typeof municipality === 'string' ? [municipality] : [];
	});
	return [...new Set(codes)].sort();
}
