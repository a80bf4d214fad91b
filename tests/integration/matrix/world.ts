import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { isRedirect, type RequestEvent } from '@sveltejs/kit';
import { sql } from 'kysely';
import { newId } from '#lib/domain/ids.ts';
import { roles, type Role } from '#lib/protocol/accounts.ts';
import { createApiToken } from '#lib/server/accounts/api-tokens.ts';
import { invite } from '#lib/server/accounts/invitations.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { beginRun } from '#lib/server/directory/runs/run-rows.ts';
import { beginImport } from '#lib/server/register-import/runs.ts';
import { beginShare } from '#lib/server/sharing/shares.ts';
import { call, Jar, newOrganisation, newPhone, ORIGIN, type Phone } from '../../support/server.ts';
import type { Expected, Thing } from './table.ts';

const ROUTES = join(import.meta.dirname, '../../../src/routes');

type Answering = (event: RequestEvent) => Promise<Response> | Response;

/** Every verb that a file of a route answers, as `GET api/…`: the files themselves, as the server loads them. */
export async function routesOnDisk(): Promise<Map<string, Answering>> {
	const found = new Map<string, Answering>();
	for (const file of readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })) {
		if (!/\+server\.[jt]s$/.test(file)) continue;
		const exported = (await import(join(ROUTES, file))) as Record<string, Answering>;
		const route = relative(ROUTES, dirname(join(ROUTES, file))).replaceAll('\\', '/');
		for (const [verb, answer] of Object.entries(exported))
			if (typeof answer === 'function') found.set(`${verb} ${route}`, answer);
	}
	return found;
}

/** Pages whose files run on the server: what they load, and forms that they would take. */
export const serverPages = () =>
	readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.server\.[jt]s$/.test(file));

/** One organisation with a phone of each role, one that was revoked, and one of somebody who has left; both of coordinators. */
export interface Side {
	organisation: string;
	phones: Record<Role, Phone>;
	gone: Phone[];
}

export async function newSide(server: ServerContext): Promise<Side> {
	const { organisation, phones } = await newOrganisation(server, ...roles, 'coordinator', 'coordinator');
	const [revoked, left] = phones.splice(roles.length) as [Phone, Phone];
	const { db } = server.store;
	await db
		.updateTable('devices')
		.set({ revoked_at: Date.now() })
		.where('id', '=', revoked.enrolled.device)
		.execute();
	await db
		.updateTable('memberships')
		.set({ ended_at: Date.now() })
		.where('id', '=', left.enrolled.membership)
		.execute();
	const byRole = Object.fromEntries(roles.map((role, index) => [role, phones[index]!])) as Side['phones'];
	return { organisation, phones: byRole, gone: [revoked, left] };
}

/** Makes such a thing in the organisation; resolves to what an address names it by. */
export async function make(
	server: ServerContext,
	{ organisation, phones }: Side,
	thing: Thing
): Promise<string> {
	const { store, now } = server;
	const { adviser, coordinator } = phones;
	switch (thing) {
		case 'device':
			return (await newPhone(server, organisation, adviser.enrolled.membership)).enrolled.device;
		case 'session': {
			const { enrolled } = await newPhone(server, organisation, adviser.enrolled.membership);
			const { id } = await store.db
				.selectFrom('sessions')
				.select('id')
				.where('device_id', '=', enrolled.device)
				.executeTakeFirstOrThrow();
			return id;
		}
		case 'passkey': {
			const id = randomBytes(16).toString('base64url');
			await store.db
				.insertInto('passkeys')
				.values({
					organisation_id: organisation,
					id,
					membership_id: adviser.enrolled.membership,
					public_key: 'x',
					counter: 0,
					transports: '[]',
					synced: 0,
					backed_up: 0,
					name: 'Key',
					created_at: now(),
					used_at: null
				})
				.execute();
			return id;
		}
		case 'member': {
			const who = { name: 'Somebody', role: 'adviser' } as const;
			const by = { organisation, role: 'coordinator' } as const;
			return (await store.write((trx) => invite(trx, by, who, 'sent', now()))).membership;
		}
		case 'rejected': {
			const op = adviser.visit({ desk: newId() });
			const { receipts } = await adviser.sync([op]);
			if (receipts[0]?.outcome !== 'rejected') throw new Error('This op was to be rejected.');
			return op.opId;
		}
		case 'part': {
			const text = randomBytes(8).toString('hex');
			const hash = createHash('sha256').update(text).digest('hex');
			const content = brotliCompressSync(text).toString('base64');
			await store.db
				.insertInto('pack_parts')
				.values({ organisation_id: organisation, hash, content, dropped_at: null })
				.execute();
			return hash;
		}
		case 'clip': {
			const hash = randomBytes(32).toString('hex');
			const row = { phrase: 'yes', language: 'so', type: 'audio/webm', audio: 'GkXfow==' } as const;
			const by = { organisation_id: organisation, membership_id: adviser.enrolled.membership };
			await store.db
				.insertInto('clips')
				.values({ ...row, ...by, hash, recorded_at: now(), removed_at: null })
				.execute();
			return hash;
		}
		case 'run': {
			const asked = { source: 'kunta', language: 'fi', partial: false };
			const by = { organisation, membership: coordinator.enrolled.membership };
			return (await beginRun(store, by, asked, now()))!;
		}
		case 'share':
			return (await beginShare(store, { organisation }, ['help'], now())).id;
		case 'token':
			return (
				await store.write((trx) =>
					createApiToken(trx, { organisation }, { name: 'Iisalmi', days: 30 }, now())
				)
			).id;
		case 'old register': {
			const by = { organisation, membership: coordinator.enrolled.membership };
			return (await beginImport(store, by, 'vanha.csv', now()))!;
		}
	}
}

/** An id of the same form that nothing has. */
export const nothing = (thing: Thing): string =>
	thing === 'part' || thing === 'clip' ? randomBytes(32).toString('hex') : newId();

/** Who asks: a phone with the cookies of a jar, or nobody. */
export interface Caller {
	membership?: string | undefined;
	jar?: Jar | undefined;
}
export const callerOf = (phone: Phone): Caller => ({ membership: phone.enrolled.membership, jar: phone.jar });

/** Asks a route as the table says, about the thing of this id. `changes` replaces what the request would have. */
export function ask(
	server: ServerContext,
	name: string,
	answer: Answering,
	expected: Expected,
	{ membership, jar = new Jar() }: Caller,
	id = newId(),
	changes: { headers?: Record<string, string | null>; body?: BodyInit | null } = {}
): Promise<Response> {
	const [method = 'GET', route = ''] = name.split(' ');
	const { body, query = '' } = expected;
	const headers = new Headers({ origin: ORIGIN, ...expected.headers });
	if (membership) headers.set('reppu-membership', membership);
	if (typeof body === 'object') headers.set('content-type', 'application/json');
	for (const [key, value] of Object.entries(changes.headers ?? {})) {
		if (value === null) headers.delete(key);
		else headers.set(key, value);
	}
	const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? null);
	const request = new Request(`${ORIGIN}/${route.replace(/\[\w+\]/, id)}${query}`, {
		method,
		headers,
		body: changes.body === undefined ? text : changes.body
	});
	const params = {
		id,
		hash: id,
		name: 'one.json',
		organisation: id,
		service: id,
		place: id,
		desk: id,
		language: 'fi'
	};
	// An answer that SvelteKit throws is one.
	const handler = async (event: RequestEvent) => {
		try {
			return await answer(Object.assign(event, { setHeaders: () => undefined }));
		} catch (thrown) {
			if (isRedirect(thrown)) return new Response(null, { status: thrown.status });
			throw thrown;
		}
	};
	return call(server, handler, request, { jar, params });
}

/** Everything of an answer that somebody outside can see. */
export const seen = async (response: Response) => ({
	status: response.status,
	body: await response.text(),
	headers: [...response.headers].sort()
});

/** Every row of an organisation but the shipped directory, to see that nothing has changed. */
export async function rowsOf({ store }: ServerContext, organisation: string): Promise<string> {
	const tables = (await store.db.introspection.getTables()).filter(({ columns }) =>
		columns.some(({ name }) => name === 'organisation_id')
	);
	const all: string[] = [];
	for (const { name } of tables) {
		const { rows } =
			await sql`select * from ${sql.table(name)} where organisation_id = ${organisation}`.execute(store.db);
		const told = (rows as { part?: string }[]).filter(({ part }) => part !== 'directory');
		all.push(...told.map((row) => `${name} ${JSON.stringify(row)}`));
	}
	return all.sort().join('\n');
}
