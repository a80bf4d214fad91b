import * as z from 'zod/mini';
import type { Period } from './periods.ts';

/** What topics and languages are counted by on a sheet for a municipality, the finest first. */
export const topicLevels = ['publicTopic', 'publicGroup', 'topicArea'] as const;
export const languageLevels = ['publicLanguage', 'languageGroup'] as const;
export const levels = [...topicLevels, ...languageLevels] as const;

/** A sheet holds fewer classes and municipalities than these. */
const MOST = 400;

const printedTable = z.object({
	level: z.enum(levels),
	/** Every class; null: hidden. */
	cells: z
		.array(
			z.object({
				name: z.string().check(z.maxLength(64)),
				contacts: z.nullable(z.int().check(z.minimum(0)))
			})
		)
		.check(z.maxLength(MOST)),
	/** How much of the contacts is at least in classes that are shown. */
	visible: z.number().check(z.minimum(0), z.maximum(1))
});

/**
 * What was printed last of a time and a municipality, or of some municipalities together. What is printed of them later must not say what this one
 * hid, nor by how few a figure has moved: whoever has both sheets could subtract (decision 0030).
 */
export const printedReport = z.object({
	from: z.iso.date(),
	to: z.iso.date(),
	municipalities: z.array(z.string().check(z.maxLength(8))).check(z.minLength(1), z.maxLength(MOST)),
	/** null: fewer than are shown. */
	contacts: z.nullable(z.int().check(z.minimum(0))),
	tables: z.array(printedTable).check(z.maxLength(levels.length))
});
export type PrintedReport = z.infer<typeof printedReport>;

/** A report as the server keeps it. `givenAt`: ms. What has nothing to do with the time that was asked about comes without its tables. */
const keptReport = z.object({ report: printedReport, givenAt: z.int() });
export type KeptReport = z.infer<typeof keptReport>;
export const keptReports = z.array(keptReport);

/** Reports to keep. `seen`: when the last one that they were made with was given, of whatever time; null: there was none. */
export const keepRequest = z.strictObject({
	reports: z.array(printedReport).check(z.minLength(1), z.maxLength(2 * MOST)),
	seen: z.nullable(z.int())
});

/** By which a report is found: its time, and whose contacts it is of. */
export const placeOf = (municipalities: readonly string[]): string => municipalities.toSorted().join('+');
export const isOf =
	({ from, to }: Period, municipalities: readonly string[]) =>
	(report: PrintedReport): boolean =>
		report.from === from && report.to === to && placeOf(report.municipalities) === placeOf(municipalities);

/** A report in the place of an earlier one: tables of levels that it has not are still in somebody's hands. */
export const over = (before: PrintedReport | undefined, now: PrintedReport): PrintedReport => ({
	...now,
	tables: [
		...now.tables,
		...(before?.tables ?? []).filter(({ level }) => !now.tables.some((table) => table.level === level))
	]
});
