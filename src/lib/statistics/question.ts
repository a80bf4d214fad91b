import * as z from 'zod/mini';
import { dimensionIds } from './dimensions.ts';
import { measureIds } from './measures.ts';

/** A civil date. */
const date = z.iso.date();
const dimensionId = z.enum(dimensionIds);
const measureId = z.enum(measureIds);

/** Days of which something is asked, both included. */
export const period = z.object({ from: date, to: date });

/** Most tables of one question, most classes of one filter, and most cells of a table's answer. */
const MOST_TABLES = 24;
const MOST_CLASSES = 400;

/**
 * What is asked of the register: contacts of a period (both dates included) that lie in one of the named classes of every filter, counted in
 * each table by one dimension or by two at once.
 */
export const question = z.object({
	from: date,
	to: date,
	where: z.partialRecord(
		dimensionId,
		z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(MOST_CLASSES))
	),
	tables: z.array(z.array(dimensionId).check(z.minLength(1), z.maxLength(2))).check(z.maxLength(MOST_TABLES)),
	/** What is counted beside the contacts. Narrowing chooses contacts, and all that each of them counts for. */
	measure: z.optional(measureId),
	/** Whether clients with a card are counted, too. */
	clients: z.optional(z.boolean())
});

/**
 * Contacts in one class, or in one class of each of the two dimensions, and `count` of the measure where one was asked for. Cells without a contact are left
 * out.
 */
const cell = z.object({ classes: z.array(z.string()), contacts: z.int(), count: z.optional(z.int()) });

const table = z.object({ by: z.array(dimensionId), cells: z.array(cell) });

/** The answer: all contacts of the question, and its tables in the order they were asked, their cells in the order of their classes. */
export const figures = z.object({
	from: date,
	to: date,
	contacts: z.int(),
	measure: z.optional(measureId),
	/** All of the measure. */
	count: z.optional(z.int()),
	/** Different cards among the contacts: so many clients at least. */
	clients: z.optional(z.int()),
	tables: z.array(table)
});

export type Question = z.infer<typeof question>;
export type Cell = z.infer<typeof cell>;
export type Table = z.infer<typeof table>;
export type Figures = z.infer<typeof figures>;
