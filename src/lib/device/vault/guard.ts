import { Dexie, type DBCore, type DBCoreMutateRequest, type DBCoreTable, type Table } from 'dexie';
import { SERVICE } from '#lib/domain/service-record.ts';
import { LANGUAGE_HELP } from '#lib/domain/language-help-records.ts';
import { SHARED } from '#lib/domain/shared-records.ts';
import { PHRASE_CHECK } from '#lib/domain/phrase-check.ts';
import { SERVICE_CONTACT } from '#lib/domain/service-contact.ts';
import { SERVICE_REPORT } from '#lib/domain/service-report.ts';
import { SERVICE_SHOWN } from '#lib/domain/service-shown.ts';
import type { FirstRows } from '#lib/device/membership-db.ts';
import type { MembershipRow } from '#lib/device/public-db.ts';
import { openWith, sealFor } from '#lib/protocol/sealed.ts';
import { decrypt, encrypt } from './cipher.ts';
import { openKeys, type VaultKeys } from './keyring.ts';
import { newestFirst } from './newest-first.ts';
import type { Outgoing } from './outgoing.ts';
import { readVisit, writeVisit } from './visit-body.ts';

/**
 * The codecs of a vault (design.md §4, §8): between Dexie and IndexedDB every body is sealed on its way in and opened on its way out, so
 * whoever reads and writes rows knows nothing of it. `aes`: under the data key. `own`: written while the vault was locked, sealed to the
 * user's own public key. While it is locked, rows come out sealed as they lie, and `unseal` refuses them.
 */

/** Version of what a sealed body is bound to. */
const BOUND = 'reppu vault 1';

/** What is about services, desks, phrases, language help, notices and what others share is nobody's secret, and serves while the vault is locked. */
const PLAIN = new Set<unknown>([
	'desk',
	'reception',
	'notice',
	// Counted while somebody else holds the locked phone: how many people, of which languages, and nothing of any of them.
	'event',
	'event-count',
	'settings',
	SERVICE,
	SERVICE_CONTACT,
	SERVICE_REPORT,
	SERVICE_SHOWN,
	PHRASE_CHECK,
	LANGUAGE_HELP,
	SHARED
]);

/** A row of any table, as it goes in or lies there. */
type Row = Record<string, unknown> & { codec: string; body: string | Uint8Array<ArrayBuffer> };

/** Per table, what a row is bound to beside its user: an op stays what it is whichever list it is on. */
const NAMES: Record<string, (row: Row) => string> = {
	visits: ({ id }) => `visit ${String(id)}`,
	outbox: ({ opId }) => `op ${String(opId)}`,
	rejected: ({ opId }) => `op ${String(opId)}`,
	drafts: ({ id }) => `draft ${String(id)}`,
	records: ({ collection, id }) => `record ${String(collection)} ${String(id)}`,
	sent: ({ opIds }) => `sent ${(opIds as string[]).length} ${(opIds as string[])[0] ?? ''}`
};

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** What a body holds besides its bytes: the codec that it had. `visit`: it was `json`, and lies in the form of visit-body.ts. */
const CODECS = ['json', 'request', 'request-gzip', 'visit'];
/** The codecs of what this module seals. */
const SEALED = ['aes', 'own'];

function pack(table: string, { id, codec, body }: Row): Uint8Array<ArrayBuffer> {
	const isVisit = table === 'visits' && typeof body === 'string';
	const written = isVisit ? writeVisit(String(id), body) : body;
	const bytes = typeof written === 'string' ? utf8.encode(written) : written;
	const packed = new Uint8Array(1 + bytes.length);
	packed[0] = CODECS.indexOf(isVisit ? 'visit' : codec);
	packed.set(bytes, 1);
	return packed;
}

/** The row with what was packed. A visit's body is made when somebody asks for it. */
function unpacked(row: Row, bytes: Uint8Array<ArrayBuffer>): Row {
	const codec = CODECS[bytes[0] ?? -1];
	if (codec === undefined) throw new Error('A sealed row has a codec that this version does not know.');
	if (codec === 'json') return { ...row, codec, body: text.decode(bytes.subarray(1)) };
	if (codec !== 'visit') return { ...row, codec, body: bytes.slice(1) };
	const { body, brief } = readVisit(text.decode(bytes.subarray(1)));
	const opened = {
		...row,
		codec: 'json',
		get body() {
			return body();
		}
	};
	// On no copy of the row: there it would outlive the body that it is about.
	return Object.defineProperty(opened, 'brief', { value: brief });
}

/** Seals and opens the rows of one membership. */
export class Guard {
	readonly #membership: MembershipRow;
	readonly #outgoing: Outgoing;
	readonly #bound: string;
	readonly #sealed = new WeakSet<object>();
	/** Rows that came out as they lie, for want of a key. */
	readonly #locked = new WeakSet<object>();

	constructor(membership: MembershipRow, outgoing: Outgoing) {
		this.#membership = membership;
		this.#outgoing = outgoing;
		this.#bound = `${BOUND}|${membership.organisation}|${membership.id}`;
	}

	get #publicKey(): string {
		const { vault } = this.#membership;
		if (!vault) throw new Error('This membership has no vault.');
		return vault.publicKey;
	}

	get locked(): boolean {
		return openKeys(this.#membership.id) === undefined;
	}

	cameLocked(row: object): boolean {
		return this.#locked.has(row);
	}

	leaveSealed(transaction: IDBTransaction): void {
		this.#sealed.add(transaction);
	}

	/** Opening a register of years takes a slow phone a second: what is looked at first is opened first. */
	firstRows(table: Table): PromiseLike<FirstRows> | undefined {
		return table.name === 'visits' && !this.locked ? newestFirst(table) : undefined;
	}

	/** A row as it may lie in a table. What is sealed already stays as it is. */
	async sealRow<R extends object>(table: string, given: R): Promise<R> {
		const row = given as unknown as Row;
		const name = NAMES[table];
		if (!name || !CODECS.includes(row.codec)) return given;
		// For the day when nobody opens the vault before the server must have it.
		const outgoing = table === 'outbox' && !row['sealed'] ? await this.#outgoing.seal(row) : undefined;
		const whole = outgoing ? { ...row, sealed: outgoing } : row;
		if (PLAIN.has(row['collection'])) return whole as unknown as R;
		const bound = `${this.#bound}|${name(row)}`;
		const keys = openKeys(this.#membership.id);
		const body = keys
			? await encrypt(keys.data, bound, pack(table, row))
			: await sealFor(this.#publicKey, bound, pack(table, row));
		return { ...whole, codec: keys ? 'aes' : 'own', body } as unknown as R;
	}

	/** A row as it was before it was sealed; as it lies where the vault is locked, or where it was altered: others are fine. */
	async openRow<R>(table: string, stored: R): Promise<R> {
		const row = stored as unknown as Row | undefined;
		const name = NAMES[table];
		if (!row || !name || !SEALED.includes(row.codec)) return stored;
		const keys = openKeys(this.#membership.id);
		if (!keys) {
			this.#locked.add(row);
			return stored;
		}
		const bytes = await this.#bytesOf(row, `${this.#bound}|${name(row)}`, keys);
		return bytes ? (unpacked(row, bytes) as unknown as R) : stored;
	}

	async #bytesOf(row: Row, bound: string, keys: VaultKeys): Promise<Uint8Array<ArrayBuffer> | undefined> {
		const body = row.body as Uint8Array<ArrayBuffer>;
		if (row.codec === 'own') return openWith(keys.own, bound, body);
		try {
			return await decrypt(keys.data, bound, body);
		} catch {
			return undefined;
		}
	}

	/** Puts itself between Dexie and the browser. */
	middleware = {
		stack: 'dbcore' as const,
		name: 'vault',
		// Outside everything that Dexie does itself: all of that sees rows as they lie.
		level: 10,
		create: (core: DBCore): DBCore => ({
			...core,
			table: (name: string) => (name in NAMES ? this.#around(name, core.table(name)) : core.table(name))
		})
	};

	#around(name: string, table: DBCoreTable): DBCoreTable {
		const opened = <R>({ trans }: { trans: object }, rows: readonly R[]): PromiseLike<R[]> => {
			if (this.#sealed.has(trans)) return Dexie.Promise.resolve([...rows]);
			return keepAlive(trans, name, Promise.all(rows.map((row) => this.openRow(name, row))));
		};
		return {
			...table,
			mutate: (request: DBCoreMutateRequest) => {
				if (request.type !== 'add' && request.type !== 'put') return table.mutate(request);
				const sealed = Promise.all(request.values.map((row: object) => this.sealRow(name, row)));
				return keepAlive(request.trans, name, sealed).then((values) =>
					table.mutate({ ...request, values } as DBCoreMutateRequest)
				);
			},
			get: (request) =>
				table.get(request).then((row: unknown) => opened(request, [row]).then(([one]) => one)),
			getMany: (request) => table.getMany(request).then((rows) => opened(request, rows)),
			query: (request) =>
				table.query(request).then((answer) => {
					if (!request.values) return answer;
					return opened(request, answer.result).then((result) => ({ ...answer, result }));
				})
			// A cursor brings rows as they lie: whoever goes through a table by one asks their headers only.
		};
	}
}

/**
 * Waits for work that is none of IndexedDB's inside a transaction, which would end meanwhile if nobody asked it anything. Dexie's own
 * `waitFor` forgets one of two that wait at once (`_waitingQueue` is made anew for the second).
 */
function keepAlive<T>(trans: unknown, table: string, work: Promise<T>): Promise<T> {
	const store = (trans as IDBTransaction).objectStore(table);
	return new Dexie.Promise<T>((resolve, reject) => {
		let settle: (() => void) | undefined;
		work.then(
			(value) => (settle = () => resolve(value)),
			(error: unknown) => (settle = () => reject(error))
		);
		const spin = () => {
			if (settle) return settle();
			const request = store.get(-Infinity);
			request.onsuccess = spin;
			request.onerror = () => reject(request.error);
		};
		try {
			spin();
		} catch (error) {
			reject(error);
		}
	}) as unknown as Promise<T>;
}
