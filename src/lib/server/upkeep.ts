import { publishMissing } from './accounts/member-records.ts';
import type { ServerContext } from './context.ts';
import { removeOtherFolders } from './directory/runs/run-folder.ts';
import { endOldRuns } from './directory/runs/run-rows.ts';
import { retryLater } from './sync/retry-later.ts';

const HOUR = 3_600_000;

/** What the server does by itself: now, and every hour. A failure is logged and tried again with the next hour. */
export async function startUpkeep(server: ServerContext): Promise<void> {
	await publishMissing(server.store, server.now());
	await upkeep(server);
	setInterval(() => void upkeep(server), HOUR).unref();
}

async function upkeep({ store, log, now, settings }: ServerContext): Promise<void> {
	const failed = (error: unknown) =>
		log.error('upkeep failed', { error: error instanceof Error ? error.name : 'unknown' });
	try {
		const settled = await retryLater(store, now(), failed);
		if (settled > 0) log.info('retried', { ops: settled });
		removeOtherFolders(settings.imports.folder, await endOldRuns(store, now()), now());
	} catch (error) {
		failed(error);
	}
}
