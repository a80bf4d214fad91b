import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Kind = 'xss' | 'csv' | 'sql' | 'unicode' | 'json' | 'header';

/** Texts that would do harm where they are taken for something other than text; made by make-vectors.ts. */
export const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as Record<
	Kind,
	string[]
>;

export const everyVector = Object.values(vectors).flat();

/** As many at once as a text of this length holds, each on a line of its own. */
export function packedTexts(list: readonly string[], length: number): string[] {
	const texts: string[] = [];
	let text = '';
	for (const vector of list) {
		if (text && text.length + vector.length + 1 > length) {
			texts.push(text);
			text = '';
		}
		text += `${text && '\n'}${vector}`;
	}
	return text ? [...texts, text] : texts;
}
