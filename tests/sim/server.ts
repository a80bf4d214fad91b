import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { newId } from '#lib/domain/ids.ts';
import type { Role } from '#lib/protocol/accounts.ts';
import { revokeDevice } from '#lib/server/accounts/devices.ts';
import { addDevice, type Enrolled } from '#lib/server/accounts/enrolled.ts';
import { secretHash } from '#lib/server/accounts/secrets.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { makeContext, type ServerContext } from '#lib/server/context.ts';
import { readSettings } from '#lib/server/settings.ts';
import { handleSealed } from '#lib/server/sync/handle-sealed.ts';
import { handleSync } from '#lib/server/sync/handle-sync.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { retryLater } from '#lib/server/sync/retry-later.ts';
import { takeIn } from '#lib/server/sync/take-in.ts';
import { placeOf } from '../../scripts/backup/place.js';
import { backUpSqlite, restoreSqlite } from '../../scripts/backup/sqlite.js';
import { call, Jar, post } from '../support/server.ts';
import type { Environment } from './environment.ts';
import type { Parked } from './network.ts';

/** How a request ends for the server. */
export type Fate = 'answers' | 'dies before the commit' | 'dies after the commit';

/** One key for every simulated phone: what a key proves is tested elsewhere, and making one takes longer than a round trip. */
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { kty, crv, x, y } = keys.publicKey.export({ format: 'jwk' });

export const signAsDevice = async (message: string): Promise<string> =>
	sign('sha256', Buffer.from(message), { key: keys.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
		'base64'
	);

/** Stands for a process that is killed. */
class Died extends Error {}

/** A visit in this language breaks something on the server that nobody foresaw, while `breakEffects` is on. */
export const BREAKING_LANGUAGE = 'qaa';

/** The real server core on a real SQLite, in memory or in a file. */
export class SimServer {
	context!: ServerContext;
	readonly #env: Environment;
	readonly #path: string;
	#fate: Fate = 'answers';
	#backups: string[] = [];
	/** Whether effects fail at present. */
	broken = false;
	/** How often it was restored. */
	epochs = 0;

	constructor(env: Environment, path: string) {
		this.#env = env;
		this.#path = path;
	}

	get restorable(): boolean {
		return this.#path !== ':memory:';
	}

	async start(): Promise<void> {
		this.context = await makeContext(
			readSettings({ DATABASE_URL: this.#path, LOG_LEVEL: 'silent', SESSION_IDLE_HOURS: '720' })
		);
		this.context.now = () => this.#env.now;
		const { store } = this.context;
		const write = store.write;
		store.write = async (task) => {
			const result = await write(async (trx, last) => {
				const done = await task(trx, last);
				if (this.#fate === 'dies before the commit') throw new Died();
				return done;
			});
			if (this.#fate === 'dies after the commit') throw new Died();
			return result;
		};
	}

	async stop(): Promise<void> {
		await this.context.store.close();
	}

	/** Its process ends and another one starts on the same file. */
	async restart(): Promise<void> {
		if (!this.restorable) return;
		await this.stop();
		await this.start();
	}

	async remove(): Promise<void> {
		await this.stop();
		if (!this.restorable) return;
		for (const file of [this.#path, ...this.#backups])
			for (const end of ['', '-wal', '-shm', '.erased', '.secret']) rmSync(file + end, { force: true });
	}

	/** Undefined: it died on the way. */
	async take(
		{ path, body, headers, token }: Pick<Parked, 'path' | 'body' | 'headers' | 'token'>,
		fate: Fate
	): Promise<Response | undefined> {
		const jar = new Jar();
		jar.values.set(`reppu-${headers['reppu-membership']}`, token);
		this.#fate = fate;
		try {
			const handler = path === '/api/v1/sealed' ? handleSealed : handleSync;
			const response = await call(this.context, handler, post(path, body, headers), { jar });
			return fate === 'answers' ? response : undefined;
		} finally {
			this.#fate = 'answers';
			if (fate !== 'answers') await this.restart();
		}
	}

	/** Makes an organisation with desks, and members of these roles. */
	async found(
		roles: readonly Role[],
		desks: readonly string[]
	): Promise<{ organisation: string; members: string[] }> {
		const { store } = this.context;
		const organisation = newId();
		const members: string[] = [];
		await store.write(async (trx) => {
			await trx
				.insertInto('organisations')
				.values({ id: organisation, name: 'Sim', demo: 0, settings: '{}', created_at: this.#env.now })
				.execute();
			await trx
				.insertInto('counters')
				.values({ organisation_id: organisation, change_number: 0, durable: null })
				.execute();
			for (const role of roles) {
				const id = newId();
				members.push(id);
				await trx
					.insertInto('memberships')
					.values({
						organisation_id: organisation,
						id,
						name: role,
						role,
						created_at: this.#env.now,
						ended_at: null
					})
					.execute();
			}
			const part = 'organisation' as const;
			const records = desks.map((id) => ({ collection: 'desk', id, part, fields: { name: 'Kirjasto' } }));
			await publish(trx, organisation, records, this.#env.now);
		});
		return { organisation, members };
	}

	async enrol(organisation: string, membership: string): Promise<Enrolled> {
		return this.context.store.write((trx) =>
			addDevice(trx, organisation, membership, { name: 'sim', publicKey: { kty, crv, x, y } }, this.#env.now)
		);
	}

	/** A user signs in again on a device whose session has ended; enrolled anew where a restore has lost the device. */
	async signIn({ organisation, membership, device, token }: Enrolled): Promise<void> {
		await this.context.store.write(async (trx) => {
			await trx
				.insertInto('devices')
				.values({
					organisation_id: organisation,
					id: device,
					membership_id: membership,
					name: 'sim',
					public_key: JSON.stringify({ kty, crv, x, y }),
					created_at: this.#env.now,
					seen_at: null,
					revoked_at: null,
					high_seq: '{}'
				})
				.onConflict((conflict) => conflict.columns(['organisation_id', 'id']).doNothing())
				.execute();
			await trx.deleteFrom('sessions').where('token_hash', '=', secretHash(token)).execute();
			await trx
				.insertInto('sessions')
				.values({
					organisation_id: organisation,
					token_hash: secretHash(token),
					membership_id: membership,
					device_id: device,
					created_at: this.#env.now,
					used_at: this.#env.now,
					id: newId(this.#env.now),
					way: 'code',
					proved_at: this.#env.now
				})
				.execute();
		});
	}

	async publishDesk(organisation: string, desk: string): Promise<void> {
		const record = {
			collection: 'desk',
			id: desk,
			part: 'organisation' as const,
			fields: { name: `K ${this.#env.now}` }
		};
		await this.context.store.write((trx) => publish(trx, organisation, [record], this.#env.now));
	}

	async has(recordId: string): Promise<boolean> {
		const { db } = this.context.store;
		const row = await db.selectFrom('records').select('id').where('id', '=', recordId).executeTakeFirst();
		return row !== undefined;
	}

	/** The organisation gets another key to seal to; what no phone needs any more may go. */
	async rotateKey(organisation: string): Promise<void> {
		await this.context.keys.rotate(organisation, this.#env.now);
		if (this.#env.chance(0.3)) await this.context.keys.dropOld(organisation);
	}

	async revoke({ organisation, device }: Enrolled): Promise<void> {
		await revokeDevice(this.context.store, organisation, device, this.#env.now);
	}

	async revoked(): Promise<Set<string>> {
		const { db } = this.context.store;
		const rows = await db.selectFrom('devices').select('id').where('revoked_at', 'is not', null).execute();
		return new Set(rows.map(({ id }) => id));
	}

	/** False for a device that a restored server has never heard of. */
	async knows(device: string): Promise<boolean> {
		const { db } = this.context.store;
		const row = await db.selectFrom('devices').select('id').where('id', '=', device).executeTakeFirst();
		return row !== undefined;
	}

	/** A coordinator decides about what revoked phones have brought, or about a share of it. Gives the ops. */
	async takeInRevoked(share: number): Promise<string[]> {
		const { store } = this.context;
		const [waiting, coordinators] = await Promise.all([
			store.db
				.selectFrom('journal')
				.select(['organisation_id', 'op_id'])
				.where('outcome', '=', 'rejected')
				.where('code', '=', 'device_revoked')
				.orderBy('op_id')
				.execute(),
			store.db
				.selectFrom('memberships')
				.innerJoin('devices', 'devices.membership_id', 'memberships.id')
				.select(['memberships.organisation_id', 'memberships.id', 'devices.id as device'])
				.where('role', '=', 'coordinator')
				.orderBy('devices.id')
				.execute()
		]);
		const decided: string[] = [];
		for (const { organisation_id: organisation, op_id } of this.#env.shuffle(waiting)) {
			const by = coordinators.find((one) => one.organisation_id === organisation);
			if (!by || !this.#env.chance(share)) continue;
			const coordinator = {
				name: '',
				organisationName: '',
				demo: false,
				provedAt: this.#env.now,
				session: ''
			};
			decided.push(op_id);
			const session = { ...coordinator, organisation, membership: by.id, device: by.device };
			await takeIn(store, { ...session, role: 'coordinator' }, op_id, this.#env.now).catch(
				(error: unknown) => {
					// What it says, or who may say it, is judged then.
					if (!(error instanceof ApiError)) throw error;
				}
			);
		}
		return decided;
	}

	/** While on, a visit in one language fails on the server in a way that nobody foresaw. */
	breakEffects(on: boolean): void {
		this.broken = on;
		this.context.store.runEach?.('DROP TRIGGER IF EXISTS sim_breaks', [[]]);
		if (!on) return;
		this.context.store.runEach?.(
			`CREATE TRIGGER sim_breaks BEFORE INSERT ON visit_facts WHEN new.language = '${BREAKING_LANGUAGE}'
			BEGIN SELECT RAISE(ABORT, 'not foreseen'); END`,
			[[]]
		);
	}

	/** What the server does by itself every hour. */
	async upkeep(): Promise<void> {
		await retryLater(this.context.store, this.#env.now);
	}

	async backUp(): Promise<void> {
		const file = `${this.#path}.backup-${this.#backups.length}`;
		if (existsSync(file)) rmSync(file);
		await backUpSqlite(this.#path, placeOf(file, { register: undefined, recipients: [] }).place);
		this.#backups.push(file);
	}

	/** The server is lost and its newest backup takes its place; false where there is none. */
	async restore(): Promise<boolean> {
		const newest = this.#backups.at(-1);
		if (!newest) return false;
		await this.stop();
		const { kept } = restoreSqlite(newest, this.#path, { epoch: newId(), now: this.#env.now });
		if (kept) for (const end of ['', '-wal', '-shm']) rmSync(kept + end, { force: true });
		await this.start();
		this.epochs += 1;
		return true;
	}
}
