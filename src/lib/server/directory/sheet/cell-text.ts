import { createHash } from 'node:crypto';
import type { Text } from '#lib/domain/language-texts.ts';

/** A sign at which a spreadsheet takes a cell for a formula, perhaps behind spaces that it leaves out, or led by our apostrophes. */
const LIKE_FORMULA = /^'*(?:[\t\r]|[\s\ufeff]*[=+\-@＝＋－＠])/;

/** A cell that no spreadsheet runs: what looks like a formula is led by an apostrophe. `asWritten` takes it back. */
export const harmless = (text: string): string => (LIKE_FORMULA.test(text) ? `'${text}` : text);

/** What a cell says without the apostrophe that we have put before it. */
export const asWritten = (cell: string): string =>
	cell.startsWith("'") && LIKE_FORMULA.test(cell) ? cell.slice(1) : cell;

/** A text as every spreadsheet leaves it: lines end in one way, and nothing hangs over at its ends. */
export const evenText = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

const short = (value: unknown) =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 10);

/**
 * What goes beside a cell when it is written, so that one can see later what was changed: in the sheet, and in Reppu meanwhile. It begins
 * with a letter, or a spreadsheet would make a number of it.
 */
export const markOf = (value: string): string => (value === '' ? '' : `r${short(evenText(value))}`);

/** The same for a text: what it says, and who vouches for it, apart. */
export const markOfText = (text: Text | undefined): string =>
	text
		? `${markOf(text.text)}${short([text.origin, text.checked ?? '', evenText(text.checkedBy ?? '')])}`
		: '';
