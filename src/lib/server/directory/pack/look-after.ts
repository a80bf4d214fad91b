import type { ServerContext } from '#lib/server/context.ts';
import { isPackDue } from './keep.ts';

/** Brings the packs of all organisations up to date, one after the other, in a thread of its own. */
export async function lookAfterPacks({ store, log, now, settings }: ServerContext): Promise<void> {
	const { packRegions, databaseUrl } = settings;
	const organisations = await store.db.selectFrom('organisations').select('id').execute();
	for (const { id: organisation } of organisations) {
		if (!(await isPackDue({ store, now, packRegions }, organisation))) continue;
		const { keepPackApart } = await import('./pack-thread.ts');
		const kept = await keepPackApart({ databaseUrl, organisation, packRegions });
		if (kept === 'built') log.info('pack built', { organisation });
	}
}
