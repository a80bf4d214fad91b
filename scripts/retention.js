/**
 * `npm run retention`: empties at once what organisations have kept for longer than their periods, as the server does every night, without the limit
 * of one night. DATABASE_URL names the store and ERASED_FILE the list of what was erased, as for the server, which may run meanwhile.
 *
 *     --dry-run            only says what would be emptied
 *     --organisation ID    only this one
 */
import process from 'node:process';
import { periodsOf } from '../src/lib/server/retention/periods.ts';
import { retain } from '../src/lib/server/retention/run.ts';
import { BadSetting, readSettings } from '../src/lib/server/settings.ts';
import { ErasedFile } from '../src/lib/server/storage/erased-list.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';

readEnvironment();
const { values } = readArguments({
	'dry-run': { type: 'boolean', default: false },
	organisation: { type: 'string' }
});
try {
	const { databaseUrl, erasedFile, auditYears } = readSettings(process.env);
	const store = await openStore(
		databaseUrl,
		erasedFile === undefined ? undefined : new ErasedFile(erasedFile)
	);
	try {
		const all = await store.db.selectFrom('organisations').select(['id', 'name']).orderBy('id').execute();
		const chosen = all.filter(({ id }) => values.organisation === undefined || id === values.organisation);
		if (chosen.length === 0) refuse('There is no such organisation.');
		const now = Date.now();
		for (const { id, name } of chosen) {
			const periods = await periodsOf(store, id, auditYears, now);
			const { counts } = await retain(store, id, periods, { now, dry: values['dry-run'], most: Infinity });
			const { visits, cards, notes, replaced, reports, appointments, unopened, figures } = counts;
			console.log(
				`${name} (${id}): ${values['dry-run'] ? 'would empty' : 'emptied'} ${visits} visits, the card of ${cards}, the own words of ${notes}, ` +
					`${replaced} replaced values, ${reports} reports about the directory, ${appointments} appointments, ${unopened} sealed bodies, ${figures} months of figures`
			);
		}
	} finally {
		await store.close();
	}
} catch (error) {
	if (!(error instanceof BadSetting)) throw error;
	refuse(error.message);
}
