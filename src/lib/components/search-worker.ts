import * as z from 'zod/mini';
import { buildIndex } from '#lib/directory/search/build.ts';
import { everyConcept } from '#lib/directory/search/every-concept.ts';
import { SearchIndex, type Found } from '#lib/directory/search/search-index.ts';
import { searchBoth, type Own } from '#lib/directory/search/search-both.ts';
import type { Asked, Answered } from './search-messages.ts';

/** The search of the directory, beside the page: neither building an index nor a long query keeps anybody waiting. */

// The content security policy lets nobody make code of text.
z.config({ jitless: true });

const empty: Found = { hits: [], total: 0, terms: [], meant: undefined };
let pack: SearchIndex | undefined;
let own: Own | undefined;

function answer(asked: Asked): Answered {
	if (asked.kind === 'pack') pack = asked.index && SearchIndex.open(asked.index.bytes, asked.index.ids);
	else if (asked.kind === 'own')
		own = {
			index: SearchIndex.open(buildIndex(asked.services, everyConcept)),
			hidden: new Set(asked.hidden)
		};
	else return { number: asked.number, found: searchBoth(pack, own, asked) };
	return { number: asked.number, found: empty };
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
	try {
		postMessage(answer(data));
	} catch (error) {
		postMessage({ number: data.number, failed: String(error) } satisfies Answered);
	}
});
