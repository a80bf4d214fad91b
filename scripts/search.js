/**
 * Asks the search of the directory from the command line, over the demo directory:
 *
 *     npm run -s search -- "words" [--lang ar]
 *
 * Prints the first five services, one JSON object a line: id, names by language. With `--lang` the name in that language stands
 * first, where there is one.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { lookup } from '../src/lib/directory/fallback.ts';
import { searchIndexOf } from '../src/lib/directory/search/build.ts';
import { everyConcept } from '../src/lib/directory/search/every-concept.ts';
import { packFile } from '../src/lib/domain/service.ts';
import advicePoints from '../src/lib/directory/first-pack/advice-points.json' with { type: 'json' };
import nationwide from '../src/lib/directory/first-pack/nationwide.json' with { type: 'json' };

const FIRST = 5;

const { positionals, values } = parseArgs({
	options: { lang: { type: 'string' } },
	allowPositionals: true
});
const query = positionals.join(' ');
if (query.trim() === '') {
	console.error('What to search? npm run -s search -- "words" [--lang ar]');
	process.exit(2);
}

const services = [nationwide, advicePoints].flatMap((file) => packFile.parse(file).services);
const byId = new Map(services.map((service) => [service.id, service]));
const { hits } = searchIndexOf(services, everyConcept).find(query, FIRST);
for (const { id } of hits) {
	const named = Object.entries(byId.get(id)?.name ?? {}).map(([tag, { text }]) => [tag, text]);
	const wanted =
		values.lang === undefined
			? undefined
			: lookup(
					named.map(([tag]) => tag),
					values.lang
				);
	named.sort(([a], [b]) => Number(b === wanted) - Number(a === wanted));
	console.log(JSON.stringify({ id, names: Object.fromEntries(named) }));
}
