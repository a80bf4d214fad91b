import lunr from 'lunr';
import finnish from 'lunr-languages/lunr.fi';
import multiLanguage from 'lunr-languages/lunr.multi';
import russian from 'lunr-languages/lunr.ru';
import support from 'lunr-languages/lunr.stemmer.support';
import swedish from 'lunr-languages/lunr.sv';
import { BOOST } from '../documents.ts';
import type { Peer } from './peer.ts';

for (const extend of [support, finnish, swedish, russian, multiLanguage]) extend(lunr);

export const lunrStemmed: Peer = {
	build: (documents) =>
		JSON.stringify(
			lunr(function () {
				this.use(lunr.multiLanguage('fi', 'sv', 'en', 'ru'));
				this.ref('id');
				for (const [field, boost] of Object.entries(BOOST)) this.field(field, { boost });
				for (const document of documents) this.add(document);
			})
		),
	open: (kept) => {
		const index = lunr.Index.load(JSON.parse(kept as string));
		// As its manual searches while one types: the word, what begins with it, what is one letter away.
		return (text) =>
			index
				.query((query) => {
					for (const token of lunr.tokenizer(text)) {
						query.term(token, { boost: 100 });
						query.term(token, { boost: 10, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
						query.term(token, { boost: 1, editDistance: 1 });
					}
				})
				.slice(0, 5)
				.map(({ ref }) => ref);
	}
};
