import { generateKeyPairSync, createHash, sign, type KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { nextClock } from '#lib/domain/clock.ts';
import { newId, newReplica } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { RecordState } from '#lib/domain/record.ts';
import type { Role } from '#lib/protocol/accounts.ts';
import { syncAnswer, type Change, type SyncAnswer, type WireOp } from '#lib/protocol/sync.ts';
import { addDevice, type Enrolled } from '#lib/server/accounts/enrolled.ts';
import { invite } from '#lib/server/accounts/invitations.ts';
import { makeContext, type ServerContext } from '#lib/server/context.ts';
import { endpoint } from '#lib/server/endpoint.ts';
import { createOrganisation } from '#lib/server/first-start.ts';
import { readSettings } from '#lib/server/settings.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import { EVERYTHING } from '#lib/server/storage/reach.ts';
import { isPostgres } from '#lib/server/storage/store.ts';
import { handleSync } from '#lib/server/sync/handle-sync.ts';
import { TEST_SECRET } from './built-server.ts';

export const ORIGIN = 'http://localhost:3000';

const running: ServerContext[] = [];

/** `erasedFile`: where it keeps what was erased, outside the database. `secret`: what its keys are locked with, where it is not its own. */
export async function startServer(
	databaseUrl: string,
	{
		erasedFile = join(tmpdir(), `reppu-test-${process.pid}.erased`),
		secret = isPostgres(databaseUrl) ? TEST_SECRET : undefined
	}: { erasedFile?: string; secret?: string | undefined } = {}
): Promise<ServerContext> {
	const server = await makeContext(
		readSettings({
			DATABASE_URL: databaseUrl,
			ERASED_FILE: erasedFile,
			LOG_LEVEL: 'silent',
			REPPU_SECRET: secret,
			ORIGIN
		}),
		// What a test looks at by itself; what it asks the server for is a request all the same.
		EVERYTHING
	);
	running.push(server);
	return server;
}

export async function stopServers(): Promise<void> {
	await Promise.all(running.splice(0).map((server) => server.store.close()));
	rmSync(join(tmpdir(), `reppu-test-${process.pid}.erased`), { force: true });
}

/** Cookies as a browser would keep them between requests. */
export class Jar {
	readonly values = new Map<string, string>();
	readonly cookies = {
		get: (name: string) => this.values.get(name),
		getAll: () => [...this.values].map(([name, value]) => ({ name, value })),
		set: (name: string, value: string) => void this.values.set(name, value),
		delete: (name: string) => void this.values.delete(name),
		serialize: () => ''
	} as unknown as Cookies;
}

/** Calls an API route with everything it looks at, as the running server would. */
export async function call(
	server: ServerContext,
	handler: Parameters<typeof endpoint>[0],
	request: Request,
	{
		jar = new Jar(),
		params = {},
		address = '127.0.0.1'
	}: { jar?: Jar; params?: Record<string, string>; address?: string } = {}
): Promise<Response> {
	const event = {
		request,
		url: new URL(request.url),
		cookies: jar.cookies,
		params,
		locals: { server },
		route: { id: 'test' },
		getClientAddress: () => address
	} as unknown as RequestEvent;
	// A request comes over a socket, so the event loop turns before each.
	await nextTurn();
	return endpoint(handler)(event);
}

export function post(path: string, body: unknown, headers: Record<string, string> = {}): Request {
	return new Request(`${ORIGIN}${path}`, {
		method: 'POST',
		headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body)
	});
}

/** A phone as the server sees it: keys, cookie, numbering. Only for tests of the server; the real client has its own. */
export class Phone {
	readonly server: ServerContext;
	readonly enrolled: Enrolled;
	readonly key: KeyObject;
	readonly jar = new Jar();
	replica = newReplica();
	seq = 0;

	constructor(server: ServerContext, enrolled: Enrolled, key: KeyObject) {
		this.server = server;
		this.enrolled = enrolled;
		this.key = key;
		this.jar.values.set(`reppu-${enrolled.membership}`, enrolled.token);
	}

	visit(fields: Record<string, JsonValue> = {}, now = Date.now()): WireOp {
		this.seq += 1;
		return {
			opId: newId(now),
			seq: this.seq,
			collection: 'visit',
			recordId: newId(now),
			fields: { at: new Date(now).toISOString(), desk: null, topics: ['work'], language: 'ar', ...fields },
			clock: nextClock(now, this.replica),
			schema: 1
		};
	}

	headers(body: Uint8Array): Record<string, string> {
		const sha = createHash('sha256').update(body).digest('hex');
		const text = ['POST', '/api/v1/sync', this.replica, sha].join('\n');
		return {
			'reppu-device': this.enrolled.device,
			'reppu-membership': this.enrolled.membership,
			'reppu-signature': sign('sha256', Buffer.from(text), {
				key: this.key,
				dsaEncoding: 'ieee-p1363'
			}).toString('base64')
		};
	}

	/** The raw answer to a batch. */
	async send(message: object, { gzip = false }: { gzip?: boolean } = {}): Promise<Response> {
		const json = Buffer.from(
			JSON.stringify({ protocol: 1, replica: this.replica, highSeq: this.seq, ...message })
		);
		const body = gzip ? gzipSync(json) : json;
		const request = post('/api/v1/sync', body, {
			...this.headers(body),
			...(gzip ? { 'content-encoding': 'gzip' } : {})
		});
		return call(this.server, handleSync, request, { jar: this.jar });
	}

	/** The raw answer to any bytes, signed as they are; `headers` replace those that a phone would send. */
	async sendBytes(body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
		const request = post('/api/v1/sync', body, { ...this.headers(body), ...headers });
		return call(this.server, handleSync, request, { jar: this.jar });
	}

	async sync(ops: WireOp[], cursors?: Record<string, string>): Promise<SyncAnswer> {
		const response = await this.send({ ops, ...(cursors ? { cursors } : {}) });
		if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
		return syncAnswer.parse(await response.json());
	}

	/** What became of each op: the field or the code that it was refused for, or the outcome. */
	async outcomes(...ops: WireOp[]): Promise<string[]> {
		return (await this.sync(ops)).receipts.map(({ outcome, code, field }) => field ?? code ?? outcome);
	}

	/** Reads until nothing more waits; moves the cursors. */
	async readAll(cursors: Record<string, string> = {}): Promise<Change[]> {
		const changes: Change[] = [];
		for (let more = true; more;) {
			const answer = await this.sync([], cursors);
			changes.push(...answer.changes);
			Object.assign(cursors, answer.cursors);
			more = answer.more;
		}
		return changes;
	}
}

/** A new organisation with one member of each role asked for, each with a phone. */
export async function newOrganisation<R extends Role>(
	server: ServerContext,
	...roles: R[]
): Promise<{ organisation: string; phones: Phone[] }> {
	const organisation = await server.store.write((trx) =>
		createOrganisation(trx, 'Test', { demo: false, now: Date.now() })
	);
	const phones: Phone[] = [];
	for (const role of roles) {
		const { membership } = await server.store.write((trx) =>
			invite(trx, { organisation, role: 'administrator' }, { name: `The ${role}`, role }, 'sent', Date.now())
		);
		phones.push(await newPhone(server, organisation, membership));
	}
	return { organisation, phones };
}

export async function newPhone(
	server: ServerContext,
	organisation: string,
	membership: string
): Promise<Phone> {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
	const enrolled = await server.store.write((trx) =>
		addDevice(trx, organisation, membership, { name: 'phone', publicKey: { kty, crv, x, y } }, Date.now())
	);
	return new Phone(server, enrolled, privateKey);
}

/** A record as the server holds it. */
export async function stateOf(
	server: ServerContext,
	organisation: string,
	recordId: string
): Promise<RecordState> {
	const { store } = server;
	const { state } = await store.db
		.selectFrom('records')
		.select('state')
		.where('organisation_id', '=', organisation)
		.where('id', '=', recordId)
		.executeTakeFirstOrThrow();
	return (await readStates(store.db, store, organisation, [state]))[0]!;
}
