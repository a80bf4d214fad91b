import { Document } from 'flexsearch';
import { FIELDS } from '../documents.ts';
import type { Peer } from './peer.ts';

const empty = () => new Document({ document: { id: 'id', index: FIELDS }, tokenize: 'forward' });

export const flexsearch: Peer = {
	build: async (documents) => {
		const index = empty();
		for (const document of documents) index.add(document);
		const parts: [key: string, data: string][] = [];
		await index.export((key, data) => {
			parts.push([key, data]);
		});
		return parts;
	},
	open: async (kept) => {
		const index = empty();
		for (const [key, data] of kept as [string, string][]) await index.import(key, data);
		return (query) => index.search(query, { limit: 5, suggest: true, merge: true }).map(({ id }) => id);
	}
};
