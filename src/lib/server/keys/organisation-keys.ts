import { randomBytes } from 'node:crypto';
import { newKeyPair, readPrivateKey } from '#lib/protocol/sealed.ts';
import type { OrganisationKey } from '#lib/protocol/sealing-key.ts';
import { note } from '#lib/server/audit/note.ts';
import { BadSetting } from '#lib/server/settings.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { SecretBox } from './secret-box.ts';

/** How long a process goes on giving out the key that it knows, ms: another one may have made a new one; the old one still opens. */
const KNOWN_FOR = 60_000;
/**
 * How long after a key was replaced a phone must have been here to need it no more, ms: what it sealed before has long been
 * delivered then.
 */
const NEEDED = 90 * 86_400_000;
/** Keys that were opened lately. */
const MOST_OPEN = 2000;

/** What a private key is locked as. */
const purpose = (organisation: string, kid: string) => `organisation key|${organisation}|${kid}`;

/** The keys that phones seal to, one of each organisation in use and those before it. */
export class OrganisationKeys {
	readonly #store: Store;
	readonly #box: SecretBox;
	readonly #newest = new Map<string, { key: OrganisationKey; until: number }>();
	readonly #open = new Map<string, Promise<CryptoKeyPair | undefined>>();

	constructor(store: Store, box: SecretBox) {
		this.#store = store;
		this.#box = box;
	}

	/** Where phones seal to now; made where the organisation has none. */
	async newest(organisation: string, now: number): Promise<OrganisationKey> {
		const known = this.#newest.get(organisation);
		if (known && now < known.until) return known.key;
		const row = await this.#store.db
			.selectFrom('organisation_keys')
			.select(['kid', 'public_key'])
			.where('organisation_id', '=', organisation)
			.where('retired_at', 'is', null)
			.orderBy('created_at', 'desc')
			.orderBy('kid')
			.limit(1)
			.executeTakeFirst();
		// Two processes may make one each: both open, and all give out the same.
		const key = row ? { kid: row.kid, publicKey: row.public_key } : await this.#first(organisation, now);
		this.#newest.set(organisation, { key, until: now + KNOWN_FOR });
		return key;
	}

	async #first(organisation: string, now: number): Promise<OrganisationKey> {
		const { key, row } = await this.#make(organisation, now);
		await this.#store.write((trx) => trx.insertInto('organisation_keys').values(row).execute());
		return key;
	}

	/** Makes a new key, from now on the one to seal to. Those before stay, to open with. */
	async rotate(organisation: string, now: number): Promise<OrganisationKey> {
		const { key, row } = await this.#make(organisation, now);
		await this.#store.write(async (trx) => {
			await trx.insertInto('organisation_keys').values(row).execute();
			await trx
				.updateTable('organisation_keys')
				.set({ retired_at: now })
				.where('organisation_id', '=', organisation)
				.where('kid', '!=', key.kid)
				.where('retired_at', 'is', null)
				.execute();
			await note(trx, { organisation }, [{ event: 'set', kind: 'key', ids: [key.kid] }], now);
		});
		this.#newest.delete(organisation);
		return key;
	}

	/** Drops replaced keys that no phone needs: each that was there before is emptied, or was here long after. */
	async dropOld(organisation: string): Promise<{ kept: number; dropped: number }> {
		return this.#store.write(async (trx) => {
			const [old, devices] = [
				await trx
					.selectFrom('organisation_keys')
					.select(['kid', 'retired_at'])
					.where('organisation_id', '=', organisation)
					.where('retired_at', 'is not', null)
					.execute(),
				await trx
					.selectFrom('devices')
					.select(['created_at', 'seen_at'])
					.where('organisation_id', '=', organisation)
					.where('wiped_at', 'is', null)
					.execute()
			];
			const needed = old.filter(({ retired_at: at }) =>
				devices.some((device) => device.created_at <= (at ?? 0) && (device.seen_at ?? 0) < (at ?? 0) + NEEDED)
			);
			for (const { kid } of old.filter((key) => !needed.includes(key)))
				await trx
					.deleteFrom('organisation_keys')
					.where('organisation_id', '=', organisation)
					.where('kid', '=', kid)
					.execute();
			return { kept: needed.length, dropped: old.length - needed.length };
		});
	}

	/** To open what was sealed to a key, newest or not; undefined where the organisation has none of that name, or it does not unlock. */
	pair(organisation: string, kid: string): Promise<CryptoKeyPair | undefined> {
		const name = `${organisation} ${kid}`;
		let pair = this.#open.get(name);
		if (!pair) {
			if (this.#open.size >= MOST_OPEN) this.#open.clear();
			pair = this.#read(organisation, kid);
			this.#open.set(name, pair);
			// What is not there may come, by another process or a restored backup; what failed may work.
			void pair.then(
				(found) => found ?? this.#open.delete(name),
				() => this.#open.delete(name)
			);
		}
		return pair;
	}

	/** Throws where keys are in use that the server's secret does not unlock: phones would seal what nobody can open. */
	async check(): Promise<void> {
		const rows = await this.#store.db
			.selectFrom('organisation_keys')
			.select(['organisation_id', 'kid', 'private_key'])
			.where('retired_at', 'is', null)
			.execute();
		if (rows.some((row) => !this.#box.unlock(row.private_key, purpose(row.organisation_id, row.kid))))
			throw new BadSetting(
				'The setting REPPU_SECRET is wrong: it does not open the keys in this database; where the right one is lost, npm run rotate-key makes new keys. See .env.example.'
			);
	}

	async #make(organisation: string, now: number) {
		const { publicKey, privateKey } = await newKeyPair();
		const kid = randomBytes(6).toString('base64url');
		const row = {
			organisation_id: organisation,
			kid,
			public_key: publicKey,
			private_key: this.#box.lock(privateKey, purpose(organisation, kid)),
			created_at: now,
			retired_at: null
		};
		return { key: { kid, publicKey }, row };
	}

	async #read(organisation: string, kid: string): Promise<CryptoKeyPair | undefined> {
		const row = await this.#store.db
			.selectFrom('organisation_keys')
			.select('private_key')
			.where('organisation_id', '=', organisation)
			.where('kid', '=', kid)
			.executeTakeFirst();
		const bytes = row && this.#box.unlock(row.private_key, purpose(organisation, kid));
		return bytes && readPrivateKey(bytes);
	}
}
