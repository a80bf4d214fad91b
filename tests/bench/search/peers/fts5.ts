import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BOOST, FIELDS, type SearchDocument } from '../documents.ts';
import type { Find } from './peer.ts';

export type Tokenizer = 'trigram' | 'unicode61';

const COLUMNS = FIELDS.join(', ');

/** SQLite's full-text search in a file. It runs natively, in this process: a phone would run it as WebAssembly in the page. */
export function buildFts5(path: string, tokenizer: Tokenizer, documents: readonly SearchDocument[]): number {
	const db = new DatabaseSync(path);
	const prefix = tokenizer === 'unicode61' ? ", prefix='2 3 4'" : '';
	db.exec(`CREATE TABLE entry (number INTEGER PRIMARY KEY, id TEXT NOT NULL);
		CREATE VIRTUAL TABLE words USING fts5(${COLUMNS}, content='', tokenize='${tokenizer}'${prefix}); BEGIN`);
	const entry = db.prepare('INSERT INTO entry VALUES (?, ?)');
	const words = db.prepare(`INSERT INTO words (rowid, ${COLUMNS}) VALUES (?, ?, ?, ?, ?)`);
	documents.forEach(({ id, name, place, summary, description }, at) => {
		entry.run(at, id);
		words.run(at, name, place, summary, description);
	});
	db.exec("COMMIT; INSERT INTO words (words) VALUES ('optimize'); VACUUM");
	db.close();
	return statSync(path).size;
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Any of the words' beginnings, or any three letters of them. */
function expression(query: string, tokenizer: Tokenizer): string {
	const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	const terms =
		tokenizer === 'unicode61'
			? words.map((word) => `${quoted(word)} *`)
			: words.flatMap((word) =>
					Array.from({ length: Math.max(0, word.length - 2) }, (_, at) => quoted(word.slice(at, at + 3)))
				);
	return [...new Set(terms)].join(' OR ');
}

export function openFts5(path: string, tokenizer: Tokenizer): { find: Find; close: () => void } {
	const db = new DatabaseSync(path, { readOnly: true });
	const best = db.prepare(
		`SELECT entry.id FROM words JOIN entry ON entry.number = words.rowid WHERE words MATCH ?
		ORDER BY bm25(words, ${Object.values(BOOST).join(', ')}) LIMIT 5`
	);
	return {
		find: (query) => {
			const match = expression(query, tokenizer);
			return match === '' ? [] : best.all(match).map(({ id }) => String(id));
		},
		close: () => db.close()
	};
}
