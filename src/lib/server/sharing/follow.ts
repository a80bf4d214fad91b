import type { ServerContext } from '#lib/server/context.ts';
import { SHARED_FROM } from './lines.ts';
import { refreshShared } from './shares.ts';

/**
 * After ops of an organisation have had their effect: what they change of the tour and of language help reaches those with whom it is shared. Where this fails, what was
 * delivered stands all the same, and the hourly upkeep tries again.
 */
export async function followShared(
	{ store, log, now }: Pick<ServerContext, 'store' | 'log' | 'now'>,
	organisation: string,
	ops: readonly { collection: string }[]
): Promise<void> {
	if (!ops.some(({ collection }) => SHARED_FROM.includes(collection))) return;
	try {
		await refreshShared(store, now(), organisation);
	} catch (error) {
		log.error('sharing failed', { organisation, error: error instanceof Error ? error.name : 'unknown' });
	}
}
