/**
 * `npm run rotate-key`: makes a new key that phones seal their visits to. They hear of it with their next contact; what they sealed before
 * still opens, because the keys before it are kept for as long as a phone may come that knows only them. DATABASE_URL and REPPU_SECRET
 * name the store and the secret, as for the server, which may run meanwhile.
 *
 *     npm run rotate-key -- [organisation]    its id, where the store has more than one
 */
import process from 'node:process';
import { OrganisationKeys } from '../src/lib/server/keys/organisation-keys.ts';
import { SecretBox } from '../src/lib/server/keys/secret-box.ts';
import { BadSetting, readSettings } from '../src/lib/server/settings.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';
import { organisationOf } from './organisation.js';

readEnvironment();
const {
	positionals: [wanted]
} = readArguments({});
try {
	const settings = readSettings(process.env);
	const store = await openStore(settings.databaseUrl);
	try {
		const { id, name } = await organisationOf(store, wanted, refuse);
		const keys = new OrganisationKeys(store, SecretBox.from(settings.secret, store.kind === 'postgres'));
		const now = Date.now();
		const { kid } = await keys.rotate(id, now);
		const { kept, dropped } = await keys.dropOld(id);
		console.log(
			`${name}: new key ${kid}; ${kept} older kept, ${dropped} dropped that no phone needs. Make a backup now: one from before does not know the new key.`
		);
	} finally {
		await store.close();
	}
} catch (error) {
	if (!(error instanceof BadSetting)) throw error;
	refuse(error.message);
}
