import firstPack from '#lib/directory/first-pack/nationwide.json' with { type: 'json' };
import advicePoints from '#lib/directory/first-pack/advice-points.json' with { type: 'json' };
import { packFile } from '#lib/domain/service.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { invite } from './accounts/invitations.ts';
import type { ServerContext } from './context.ts';
import { loadDemo, loadHistory } from './demo/load.ts';
import { loadNeighbour } from './demo/neighbour.ts';
import type { Trx } from './storage/store.ts';
import { publish, type Publication } from './sync/publish.ts';

/**
 * A new database gets its organisation, the shipped directory and a one-time link for the first administrator. The code
 * stands in the fragment and is redeemed by a tap, so that no link preview burns it.
 */
export async function firstStart(server: ServerContext): Promise<void> {
	const { store, settings, now } = server;
	const code = await store.write(async (trx) => {
		// Two servers may start on one new database: the row decides who begins.
		const begun = await trx
			.insertInto('server_facts')
			.values({ key: 'first-start', value: String(now()) })
			.onConflict((conflict) => conflict.column('key').doNothing())
			.returning('key')
			.executeTakeFirst();
		if (!begun) return settings.demo ? undefined : inviteAgain(trx, now());
		const name = settings.demo ? 'Ylä-Savon neuvonta (esittely)' : settings.organisationName;
		const organisation = await createOrganisation(trx, name, { demo: settings.demo, now: now() });
		if (settings.demo) {
			await loadDemo(trx, organisation, now());
			await loadNeighbour(trx, store, organisation, now());
		}
		return (
			await invite(
				trx,
				{ organisation, role: 'administrator' },
				{ name: 'Administrator', role: 'administrator' },
				'sent',
				now()
			)
		).code;
	});
	if (settings.demo) await loadHistory(store);
	if (code) console.log(`First administrator, one time, within 72 hours: ${settings.address}/start#${code}`);
}

/** The first administrator's link was lost or has expired: while nobody has enrolled at all, each start makes a new one. */
async function inviteAgain(trx: Trx, now: number): Promise<string | undefined> {
	const enrolled = await trx.selectFrom('devices').select('id').limit(1).executeTakeFirst();
	const [first, another] = await trx
		.selectFrom('memberships')
		.select(['organisation_id as organisation', 'id'])
		.where('role', '=', 'administrator')
		.limit(2)
		.execute();
	if (enrolled || !first || another) return undefined;
	const inviter = { organisation: first.organisation, role: 'administrator' as const };
	return (await invite(trx, inviter, { membership: first.id }, 'sent', now)).code;
}

export async function createOrganisation(
	trx: Trx,
	name: string,
	{ demo, now }: { demo: boolean; now: number }
): Promise<string> {
	const id = newId(now);
	await trx
		.insertInto('organisations')
		.values({ id, name, demo: demo ? 1 : 0, settings: '{}', created_at: now })
		.execute();
	await trx.insertInto('counters').values({ organisation_id: id, change_number: 0, durable: null }).execute();
	await publish(trx, id, directory(), now);
	return id;
}

/** The shipped pack as records. */
function directory(): Publication[] {
	return [firstPack, advicePoints].flatMap((file) =>
		packFile.parse(file).services.map(({ id, ...fields }) => ({
			collection: 'service',
			id,
			part: 'directory' as const,
			// Optional fields that are absent stay absent.
			fields: JSON.parse(JSON.stringify(fields)) as Record<string, JsonValue>
		}))
	);
}
