import { innerTerms, termsOfWord } from '#lib/directory/analyze.ts';
import { words } from '#lib/directory/fold.ts';

/** A piece of a text; a hit is shown in `<mark>`. */
export interface Piece {
	text: string;
	hit: boolean;
}

/** A shorter stem inside a word is found in too many: `kel`, of Kela, in opiskeluun. It counts for the search, but is not shown. */
const SHOWN_INSIDE = 4;

/** Cuts a text where the terms that a search matched stand in it. Whole words are marked, whatever ending they have. */
export function highlight(text: string, language: string, terms: ReadonlySet<string>): Piece[] {
	const pieces: Piece[] = [];
	const add = (from: number, to: number, hit: boolean) => {
		const last = pieces.at(-1);
		if (from === to) return;
		if (last?.hit === hit) last.text += text.slice(from, to);
		else pieces.push({ text: text.slice(from, to), hit });
	};
	let at = 0;
	for (const word of words(text)) {
		const written = text.slice(word.from, word.to);
		const hit =
			termsOfWord(word, language).some((term) => terms.has(term)) ||
			innerTerms(written, language).some((term) => term.length >= SHOWN_INSIDE && terms.has(term));
		add(at, word.from, false);
		add(word.from, word.to, hit);
		at = word.to;
	}
	add(at, text.length, false);
	return pieces;
}
