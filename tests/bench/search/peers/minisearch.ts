import MiniSearch from 'minisearch';
import { BOOST, FIELDS } from '../documents.ts';
import type { Peer } from './peer.ts';

const options = { fields: FIELDS, searchOptions: { prefix: true, fuzzy: 0.2, boost: BOOST } };

export const minisearch: Peer = {
	build: (documents) => {
		const index = new MiniSearch(options);
		index.addAll(documents);
		return JSON.stringify(index);
	},
	open: (kept) => {
		const index = MiniSearch.loadJSON(kept as string, options);
		return (query) =>
			index
				.search(query)
				.slice(0, 5)
				.map(({ id }) => id);
	}
};
