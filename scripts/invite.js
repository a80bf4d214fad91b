/**
 * `npm run invite`: prints a link with a one-time code for somebody who is a member already, when nobody can sign in any more who could make one.
 * DATABASE_URL names the store, as for the server, which may run meanwhile.
 *
 *     npm run invite                              for the administrator, where there is one
 *     npm run invite -- --person <id>             for this member
 *     npm run invite -- --organisation <id>       where the store has more than one
 */
import process from 'node:process';
import { invite } from '../src/lib/server/accounts/invitations.ts';
import { BadSetting, readSettings } from '../src/lib/server/settings.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';
import { organisationOf } from './organisation.js';

readEnvironment();
const { values } = readArguments({ organisation: { type: 'string' }, person: { type: 'string' } });
try {
	const settings = readSettings(process.env);
	const store = await openStore(settings.databaseUrl);
	try {
		const { id: organisation } = await organisationOf(store, values.organisation, refuse);
		const members = await store.db
			.selectFrom('memberships')
			.select(['id', 'name', 'role'])
			.where('organisation_id', '=', organisation)
			.where('ended_at', 'is', null)
			.orderBy('name')
			.execute();
		const meant = members.filter(({ id, role }) =>
			values.person === undefined ? role === 'administrator' : id === values.person
		);
		const [member] = meant;
		if (!member || meant.length > 1)
			refuse(
				`For whom? --person with one of\n${members.map(({ id, name, role }) => `${id}  ${role}  ${name}`).join('\n')}`
			);
		const by = { organisation, role: /** @type {const} */ ('administrator') };
		const made = (/** @type {import('../src/lib/server/storage/store.ts').Trx} */ trx) =>
			invite(trx, by, { membership: member.id }, 'sent', Date.now());
		const { code } = await store.write(made);
		console.log(`${member.name}, one time, within 72 hours: ${settings.address}/start#${code}`);
	} finally {
		await store.close();
	}
} catch (error) {
	if (!(error instanceof BadSetting)) throw error;
	refuse(error.message);
}
