import type { RequestEvent } from '@sveltejs/kit';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { shownValues } from '#lib/domain/record.ts';
import { SERVICE_SHOWN, serviceShown } from '#lib/domain/service-shown.ts';
import type { DirectoryChecks } from '#lib/protocol/directory-checks.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { recordPages } from '#lib/server/storage/record-pages.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { brokenLinks } from './check-links.ts';

/** Days back over which is counted what was shown. */
const COUNTED = 90;

/** How often each entry's unchecked text was shown in each language since a civil date. Ids grow with time: older ones are not read. */
async function shownSince(
	store: Store,
	organisation: string,
	since: string
): Promise<DirectoryChecks['shown']> {
	const sums: DirectoryChecks['shown'] = {};
	// A day earlier, for clocks that are wrong.
	const first = Date.parse(`${addDays(since, -1)}T00:00:00Z`)
		.toString(16)
		.padStart(12, '0');
	const after = `${first.slice(0, 8)}-${first.slice(8)}`;
	for await (const page of recordPages(store, organisation, SERVICE_SHOWN, after))
		for (const { state } of page) {
			const { data } = serviceShown.safeParse(shownValues(state));
			if (!data || data.day < since) continue;
			const byLanguage = (sums[data.service] ??= {});
			byLanguage[data.language] = (byLanguage[data.language] ?? 0) + data.count;
		}
	return sums;
}

/** `GET /api/v1/directory/checks`: what the coordinator's list knows only from the server. */
export async function handleChecks(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRight(await sessionOf(event, server), 'directory:check');
	const since = addDays(helsinki(server.now()).date, -COUNTED);
	const { on } = await server.store.db
		.selectFrom('link_checks')
		.select((eb) => eb.fn.max('checked_on').as('on'))
		.where('organisation_id', '=', organisation)
		.executeTakeFirstOrThrow();
	const answer: DirectoryChecks = {
		broken: await brokenLinks(server.store, organisation),
		checked: on,
		shown: await shownSince(server.store, organisation, since),
		since
	};
	return Response.json(answer);
}
