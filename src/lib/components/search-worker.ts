import * as z from 'zod/mini';
import { searchIndexOf } from '#lib/directory/search/build.ts';
import { everyConcept } from '#lib/directory/search/every-concept.ts';
import { SearchIndex, type Found } from '#lib/directory/search/search-index.ts';
import { searchBoth, type Own } from '#lib/directory/search/search-both.ts';
import type { Asked, Answered } from './search-messages.ts';

/** The search of the directory, beside the page: neither building an index nor a long query keeps anybody waiting. */

// The content security policy lets nobody make code of text.
z.config({ jitless: true });

const empty: Found = { hits: [], total: 0, terms: [], meant: undefined, unknown: [] };
let pack: SearchIndex | undefined;
let own: Own | undefined;

function answer(asked: Asked): Answered {
	if (asked.kind === 'find') return { number: asked.number, found: searchBoth(pack, own, asked) };
	// First what may be of a form that is not known here.
	if (asked.pack !== undefined)
		pack = asked.pack ? new SearchIndex(asked.pack.bytes, asked.pack.ids) : undefined;
	const { services, hidden } = asked;
	own = {
		// The concepts alone take a second.
		index: services.length > 0 ? searchIndexOf(services, everyConcept) : undefined,
		hidden: new Set(hidden)
	};
	return { number: asked.number, found: empty };
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
	try {
		postMessage(answer(data));
	} catch (error) {
		postMessage({ number: data.number, failed: String(error) } satisfies Answered);
	}
});
