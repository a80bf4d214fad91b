import { create, insertMultiple, load, save, search } from '@orama/orama';
import { stemmer } from '@orama/stemmers/finnish';
import { BOOST, FIELDS } from '../documents.ts';
import type { Peer } from './peer.ts';

/** Its tokenizer is of one language: Finnish here. It leaves Cyrillic out. */
function withStemming(stemming: boolean): Peer {
	const empty = () =>
		create({
			schema: Object.fromEntries(FIELDS.map((field) => [field, 'string'])),
			components: { tokenizer: { language: 'finnish', stemming, ...(stemming && { stemmer }) } }
		});
	return {
		build: async (documents) => {
			const index = empty();
			await insertMultiple(index, documents, 1000);
			return JSON.stringify(save(index));
		},
		open: (kept) => {
			const index = empty();
			load(index, JSON.parse(kept as string));
			return async (term) => {
				const { hits } = await search(index, { term, limit: 5, tolerance: 1, boost: BOOST });
				return hits.map(({ id }) => id);
			};
		}
	};
}

export const orama = withStemming(false);
export const oramaStemmed = withStemming(true);
