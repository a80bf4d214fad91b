import { languageText, LONGEST_TEXT, type Text } from '#lib/domain/language-texts.ts';
import { plainText } from '#lib/server/directory/plain-text.ts';
import { evenText, markOf, markOfText } from './cell-text.ts';
import { dateInCell } from './date-in-cell.ts';

/** The cells of one translation, as they stand. */
export interface TextCells {
	text: string;
	/** It is computed. */
	isFormula: boolean;
	/** It is led by the apostrophe that says that it is a text. */
	isQuoted: boolean;
	origin: string;
	on: string;
	by: string;
	/** `markOfText` of what was written into them. */
	mark: string;
}

type Fault = (code: string, found?: string) => void;

/** What a browser would take for HTML: a tag, or a character by its name. */
const HTML = /<[/!]?[a-z][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z]{2,8});/i;

/** Who vouches for a text, as the cells say it. */
function vouched({ on, by }: TextCells, today: string, fault: Fault): Pick<Text, 'checked' | 'checkedBy'> {
	if (on === '') {
		if (by !== '') fault('check_without_date', by);
		return {};
	}
	const checked = dateInCell(on);
	if (checked === undefined || checked > today) {
		fault('bad_date', on);
		return {};
	}
	return { checked, ...(by !== '' && { checkedBy: by.slice(0, 200) }) };
}

/**
 * The text that the cells of a translation say; `same` where they are as they were written, undefined where there is none or where it
 * cannot be taken, which is reported. A text that was changed is by a person and unchecked, unless the cells beside it say otherwise
 * and were changed, too: what stood there was said of the text before.
 */
export function textChange(cells: TextCells, today: string, fault: Fault): Text | 'same' | undefined {
	const { text, mark } = cells;
	if (cells.isFormula) return void fault('formula', text);
	if (evenText(text) === '') {
		// Sorted or cut by accident, a sheet would empty a directory: texts are taken away in Reppu.
		if (mark !== '') fault('emptied');
		return undefined;
	}
	const origin = cells.origin.toLowerCase() === 'machine' ? 'machine' : 'written';
	const asCells: Text = {
		text: evenText(text),
		origin,
		...(cells.on !== '' && { checked: dateInCell(cells.on) ?? cells.on }),
		...(cells.by !== '' && { checkedBy: cells.by })
	};
	if (markOfText(asCells) === mark) return 'same';
	// Some programs take our apostrophe away: then it is as it was, and was caught above.
	if (text.startsWith('=') && !cells.isQuoted) return void fault('formula', text);
	const textMark = markOf(text);
	const isSameText = mark.startsWith(textMark);
	const isSameCheck =
		mark !== '' && markOfText(asCells).slice(textMark.length) === mark.slice(textMark.length);
	if (HTML.test(text) && !isSameText) return void fault('html', text);
	if (text.length > LONGEST_TEXT) return void fault('longer_than_fits', `${text.length}`);
	if (isSameCheck && cells.on !== '') fault('check_before_change', cells.on);
	const change = {
		text: isSameText ? evenText(text) : plainText(text),
		origin: isSameCheck ? 'written' : origin,
		...(!isSameCheck && vouched(cells, today, fault))
	};
	const parsed = languageText.safeParse(change);
	if (!parsed.success) return void fault('bad_value', text);
	return parsed.data;
}
