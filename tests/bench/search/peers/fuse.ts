import Fuse from 'fuse.js';
import { BOOST } from '../documents.ts';
import type { Peer } from './peer.ts';

/** Not the descriptions: it is made for short texts, and one query over the long ones takes seconds. */
const keys = Object.entries(BOOST)
	.map(([name, weight]) => ({ name, weight }))
	.filter(({ name }) => name !== 'description');

/** Its index is no dictionary: it looks through every text, and needs the documents too. */
export const fuse: Peer = {
	build: (documents) => JSON.stringify(Fuse.createIndex(keys, documents).toJSON()),
	open: async (kept, documents) => {
		const index = Fuse.parseIndex(JSON.parse(kept as string));
		const all = new Fuse(await documents(), { keys, ignoreLocation: true }, index);
		return (query) => all.search(query, { limit: 5 }).map(({ item }) => item.id);
	}
};
