import { words } from '#lib/directory/fold.ts';

/** A piece of a text; a hit is shown in `<mark>`. */
export interface Piece {
	text: string;
	hit: boolean;
}

/**
 * Cuts a text where the terms that a search matched stand in it. Whole words are marked, whatever ending they have.
 *
 * @param terms folded, as the search handed them out
 */
export function highlight(text: string, terms: ReadonlySet<string>): Piece[] {
	const pieces: Piece[] = [];
	const add = (from: number, to: number, hit: boolean) => {
		const last = pieces.at(-1);
		if (from === to) return;
		if (last?.hit === hit) last.text += text.slice(from, to);
		else pieces.push({ text: text.slice(from, to), hit });
	};
	let at = 0;
	for (const word of words(text)) {
		add(at, word.from, false);
		add(
			word.from,
			word.to,
			word.terms.some((term) => terms.has(term))
		);
		at = word.to;
	}
	add(at, text.length, false);
	return pieces;
}
