/**
 * `npm run api-token`: tokens with which programs of a municipality read the public figures of an organisation (docs/register.md). DATABASE_URL names the store, as for the
 * server, which may run meanwhile.
 *
 *     npm run api-token -- --name "Kiuruvesi, reporting"      makes one and prints it, this once
 *     npm run api-token -- --list
 *     npm run api-token -- --revoke <id>
 *
 *     --days N             how long a new one lives (default and most: 400)
 *     --organisation <id>  where the store has more than one
 */
import process from 'node:process';
import { apiTokens, createApiToken, revokeApiToken } from '../src/lib/server/accounts/api-tokens.ts';
import { LONGEST_DAYS } from '../src/lib/protocol/api-tokens.ts';
import { BadSetting, readSettings } from '../src/lib/server/settings.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';
import { organisationOf } from './organisation.js';

readEnvironment();
const { values } = readArguments({
	name: { type: 'string' },
	list: { type: 'boolean', default: false },
	revoke: { type: 'string' },
	days: { type: 'string', default: String(LONGEST_DAYS) },
	organisation: { type: 'string' }
});
const days = Number(values.days);
const name = values.name?.trim();
if ([name, values.list, values.revoke].filter(Boolean).length !== 1)
	refuse('What? npm run api-token -- --name "Who reads with it", --list, or --revoke <id>');
if (!Number.isInteger(days) || days < 1 || days > LONGEST_DAYS)
	refuse(`--days takes whole days, ${LONGEST_DAYS} at most.`);

/** @param {number | null} ms */
const day = (ms) => (ms === null ? 'never' : new Date(Number(ms)).toISOString().slice(0, 10));

try {
	const store = await openStore(readSettings(process.env).databaseUrl);
	try {
		const { id: organisation } = await organisationOf(store, values.organisation, refuse);
		if (name) {
			const made = await store.write((trx) =>
				createApiToken(trx, { organisation }, { name, days }, Date.now())
			);
			console.log(made.token);
			console.error(`${made.id}, until ${day(made.expiresAt)}. It is not shown again.`);
		} else if (values.revoke) {
			const { revoke } = values;
			if (!(await store.write((trx) => revokeApiToken(trx, { organisation }, revoke, Date.now()))))
				refuse(`No token ${revoke} counts here: npm run api-token -- --list`);
			console.log(`${revoke} is revoked.`);
		} else {
			for (const one of await apiTokens(store, organisation))
				console.log(
					`${one.id}  ${one.revoked_at === null ? `until ${day(one.expires_at)}` : `revoked ${day(one.revoked_at)}`}  used ${day(one.used_at)}  ${one.name}`
				);
		}
	} finally {
		await store.close();
	}
} catch (error) {
	if (!(error instanceof BadSetting)) throw error;
	refuse(error.message);
}
