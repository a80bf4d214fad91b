import { Document } from 'flexsearch';
import { FIELDS } from '../documents.ts';
import type { Peer } from './peer.ts';

const empty = () => new Document({ document: { id: 'id', index: FIELDS }, tokenize: 'forward' });

/** With numbers for ids, as its manual advises: a posting holds the whole id. What they stand for is kept in front. */
export const flexsearch: Peer = {
	build: async (documents) => {
		const index = empty();
		documents.forEach((document, at) => index.add({ ...document, id: at }));
		const parts = [['ids', JSON.stringify(documents.map(({ id }) => id))]];
		await index.export((key, data) => {
			parts.push([key, data]);
		});
		return parts;
	},
	open: async (kept) => {
		const index = empty();
		const [[, ids], ...parts] = kept as [[string, string], ...[string, string][]];
		const all = JSON.parse(ids) as string[];
		for (const [key, data] of parts) await index.import(key, data);
		return (query) =>
			index.search(query, { limit: 5, suggest: true, merge: true }).map(({ id }) => all[Number(id)] ?? '');
	}
};
