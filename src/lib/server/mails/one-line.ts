/** Longest subject, characters. */
const SUBJECT_LENGTH = 150;

/** Line ends and other control characters, and what turns or hides the text around it. */
const NO_LINE = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

/** What people have written as one line: a name with a line end in it would otherwise begin a line, or a header, of its own. */
export const oneLine = (text: string): string =>
	text.toWellFormed().replace(NO_LINE, ' ').replace(/ {2,}/g, ' ').trim();

/** A subject. */
export function subjectLine(text: string): string {
	const line = oneLine(text);
	return line.length > SUBJECT_LENGTH ? `${line.slice(0, SUBJECT_LENGTH - 1).toWellFormed()}…` : line;
}
