import { criticalTextMayShow } from '#lib/directory/critical.ts';
import { shownText, type ShownText } from '#lib/directory/fallback.ts';
import type { Text } from '#lib/domain/language-texts.ts';
import type { Notice } from '#lib/domain/notice.ts';

/** The words of a notice for those who read it. */

/**
 * Whether a client may read these words (design.md §8). An urgent notice is critical; of any other, what a person wrote may be shown in every language, and what
 * a machine wrote once somebody has checked it: a notice is too short for the mark of the machine.
 */
export function noticeTextMayShow({ kind, from }: Pick<Notice, 'kind' | 'from'>, tag: string, text: Text) {
	if (text.checked === undefined && text.origin === 'machine') return false;
	// The coordinator is the source, and the first day its date.
	return kind !== 'urgent' || criticalTextMayShow(tag, text, { title: 'coordinator', date: from });
}

/** Words for a client. `withheld`: there are words in their language, but they may not be shown. */
export function clientNotice(
	notice: Notice,
	language: string,
	adviser = 'fi'
): { shown: ShownText | undefined; withheld: boolean } {
	const may = (tag: string, text: Text) => noticeTextMayShow(notice, tag, text);
	const shown = shownText(notice.texts, language, may, [adviser]);
	const there = shownText(notice.texts, language);
	return { shown, withheld: there?.fallback === false && shown?.fallback !== false };
}

/** Words for whoever works here, in the language of their app. */
export const adviserNotice = (notice: Notice, locale: string): ShownText | undefined =>
	shownText(notice.texts, locale);
