/**
 * `npm run check-links`: looks at every web page that the directory names and that had no look today, and says which ones are gone. The server
 * does the same once a day. DATABASE_URL names the store, as for the server, which may run meanwhile.
 *
 *     --organisation ID    where the store has more than one
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { askLink } from '../src/lib/server/directory/links/ask-link.ts';
import { brokenLinks, checkLinks } from '../src/lib/server/directory/links/check-links.ts';
import { readSettings } from '../src/lib/server/settings.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { readEnvironment } from './environment.js';
import { organisationOf } from './organisation.js';

/** @param {string} text @returns {never} */
function refuse(text) {
	console.error(text);
	process.exit(2);
}

function readArguments() {
	try {
		return parseArgs({ options: { organisation: { type: 'string' } } });
	} catch (error) {
		return refuse(error instanceof Error ? error.message : String(error));
	}
}

const { values } = readArguments();
readEnvironment();
const store = await openStore(readSettings(process.env).databaseUrl);
try {
	const { id, name } = await organisationOf(store, values.organisation, refuse);
	const run = await checkLinks(
		store,
		id,
		() => Date.now(),
		async (url) => {
			const answer = await askLink(url);
			if (answer.fault !== null)
				console.log([url, answer.fault, answer.status].filter((part) => part !== null).join(' · '));
			return answer;
		}
	);
	for (const { url, since } of await brokenLinks(store, id)) console.log(`Broken since ${since}: ${url}`);
	console.log(
		`${name}: ${run.links} pages, ${run.asked} looked at now, ${run.broken} broken (they failed on three days).`
	);
} finally {
	await store.close();
}
