import { helsinki } from '#lib/domain/dates.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { askLink } from './ask-link.ts';
import { checkLinks } from './check-links.ts';

/**
 * Whether this process is the one that looks at links today: of several app servers on one database the first to ask. A run that is cut off
 * goes on with the next day.
 */
async function claim({ db }: ServerContext['store'], day: string): Promise<boolean> {
	const row = await db
		.insertInto('server_facts')
		.values({ key: 'links-checked', value: day })
		.onConflict((conflict) =>
			conflict.column('key').doUpdateSet({ value: day }).where('server_facts.value', '<', day)
		)
		.returning('key')
		.executeTakeFirst();
	return row !== undefined;
}

/** Looks at the pages that the directories name, once a day. */
export async function checkLinksDaily(
	{ store, settings, now, log }: ServerContext,
	ask = askLink,
	between?: number
): Promise<void> {
	if (!settings.linkChecks || !(await claim(store, helsinki(now()).date))) return;
	for (const { id } of await store.db
		.selectFrom('organisations')
		.select('id')
		.where('demo', '=', 0)
		.execute()) {
		const { links, asked, broken } = await checkLinks(store, id, now, (url) => ask(url), between);
		log.info('links', { links, asked, broken });
	}
}
