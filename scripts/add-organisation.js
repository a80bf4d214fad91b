/**
 * `npm run add-organisation`: makes one more organisation in a store that has one, and prints the one-time link of its first administrator. DATABASE_URL names the
 * store, as for the server, which may run meanwhile. The organisations see nothing of each other until they share (docs/screens/sharing.md).
 *
 *     npm run add-organisation -- --name "Oulun neuvonta"
 */
import process from 'node:process';
import { invite } from '../src/lib/server/accounts/invitations.ts';
import { createOrganisation } from '../src/lib/server/first-start.ts';
import { BadSetting, readSettings } from '../src/lib/server/settings.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';

readEnvironment();
const { values } = readArguments({ name: { type: 'string' } });
const name = values.name?.trim() ?? '';
if (name === '' || name.length > 120) refuse('Which name? --name "…", 120 characters at most');
try {
	const settings = readSettings(process.env);
	const store = await openStore(settings.databaseUrl);
	try {
		const there = await store.db.selectFrom('organisations').select(['id', 'name']).execute();
		if (there.length === 0) refuse('There is no organisation in this store: start the server once.');
		if (there.some((one) => one.name === name))
			refuse(`There is an organisation of this name already: ${name}`);
		const now = Date.now();
		const made = async (/** @type {import('../src/lib/server/storage/store.ts').Trx} */ trx) => {
			const organisation = await createOrganisation(trx, name, { demo: false, now });
			const by = { organisation, role: /** @type {const} */ ('administrator') };
			const { code } = await invite(trx, by, { name: 'Administrator', role: 'administrator' }, 'sent', now);
			return { organisation, code };
		};
		const { organisation, code } = await store.write(made);
		console.log(`${name}: ${organisation}`);
		console.log(`First administrator, one time, within 72 hours: ${settings.address}/start#${code}`);
	} finally {
		await store.close();
	}
} catch (error) {
	if (!(error instanceof BadSetting)) throw error;
	refuse(error.message);
}
