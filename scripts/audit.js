/**
 * `npm run audit -- verify`: goes along the audit trail of every organisation and says whether it is whole: whether every entry is there, in its
 * place, and as it was written. DATABASE_URL names the store and REPPU_SECRET the secret, as for the server, which may run meanwhile. Ends
 * with 1 where something is missing or was changed.
 *
 *     --head HASH     a hash that an earlier run has named must still stand in the trail
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { knowsHead, verifyAudit } from '../src/lib/server/audit/verify.ts';
import { SecretBox } from '../src/lib/server/keys/secret-box.ts';
import { readSettings } from '../src/lib/server/settings.ts';
import { connectStore } from '../src/lib/server/storage/store.ts';
import { readArguments, refuse } from './command.js';

if (existsSync('.env')) process.loadEnvFile('.env');
const {
	values: { head: wanted },
	positionals: [what]
} = readArguments({ head: { type: 'string' } });
if (what !== 'verify') refuse('What with it? npm run audit -- verify');
const { databaseUrl, secret } = readSettings(process.env);
const box = SecretBox.known(secret);
if (!box) refuse('The secret of the server is needed: REPPU_SECRET or REPPU_SECRET_FILE.');

const store = await connectStore(databaseUrl);
let whole = true;
try {
	for (const { organisation, rows, waiting, faults, head } of await verifyAudit(store, box.auditKey)) {
		for (const { segment, number, fault } of faults)
			console.error(`${organisation}  ${segment}  entry ${number}: ${fault}`);
		const state = faults.length === 0 ? 'whole' : 'DAMAGED';
		console.log(
			`${organisation}  ${rows} entries, ${waiting} not chained yet, ${state}, head ${head || 'none'}`
		);
		whole &&= faults.length === 0;
	}
	if (wanted !== undefined && !(await knowsHead(store, wanted))) {
		console.error(`No trail has come by ${wanted}: entries that stood there are gone.`);
		whole = false;
	}
} finally {
	await store.close();
}
process.exit(whole ? 0 : 1);
