import { newId } from '#lib/domain/ids.ts';
import { Issuer } from './accounts/issuer/issuer.ts';
import { OrganisationKeys } from './keys/organisation-keys.ts';
import { SecretBox } from './keys/secret-box.ts';
import { RequestLimits } from './limits/request-limits.ts';
import { makeLog, type Log } from './log.ts';
import type { Settings } from './settings.ts';
import { DailyCheck } from './storage/daily-check.ts';
import { ErasedFile } from './storage/erased-list.ts';
import { acrossOrganisations, NOTHING, type Reach } from './storage/reach.ts';
import { isPostgres, openStore, type Store } from './storage/store.ts';
import { wallsHold } from './storage/walls.ts';
import { eraseAgain } from './sync/erase.ts';

/** What every endpoint works with; made once at start. */
export interface ServerContext {
	settings: Settings;
	store: Store;
	log: Log;
	/** What phones seal to, and what opens it. */
	keys: OrganisationKeys;
	limits: RequestLimits;
	/** The municipality's directory of people; undefined: nobody signs in that way. */
	issuer: Issuer | undefined;
	/** Of the chain of the audit trail; looked for when it is first needed. */
	auditKey: () => Buffer;
	/** Whether the register in its file is still whole. */
	check: DailyCheck;
	/** Names this life of the database; a restored one starts a new epoch (design.md §5.8). */
	epoch: string;
	now: () => number;
}

/** `outside`: what is reached where neither a request nor a job has said what it reaches; see storage/reach.ts. */
export async function makeContext(settings: Settings, outside: Reach = NOTHING): Promise<ServerContext> {
	const log = makeLog(settings.logLevel);
	const store = await openStore(
		settings.databaseUrl,
		settings.erasedFile === undefined ? undefined : new ErasedFile(settings.erasedFile),
		outside
	);
	if (store.kind === 'postgres' && !(await wallsHold(store.db)))
		log.warn('the database user goes through row-level security: see docs/operations.md', {
			store: store.kind
		});
	const box = SecretBox.from(settings.secret, store.kind === 'postgres');
	const keys = new OrganisationKeys(store, box);
	await acrossOrganisations(() => keys.check());
	// Before anybody is answered: a database that was restored must not show again what was erased since.
	const erased = await acrossOrganisations(() => eraseAgain(store));
	if (erased > 0) log.warn('erased again', { records: erased });
	return {
		settings,
		store,
		log,
		keys,
		limits: await acrossOrganisations(() => RequestLimits.open(store, Date.now())),
		issuer: settings.issuer && new Issuer(settings.issuer),
		auditKey: () => box.auditKey,
		check: new DailyCheck(fileOf(settings), Date.now()),
		epoch: await readEpoch(store),
		now: () => Date.now()
	};
}

/** A file that can be looked at while it is in use. */
const fileOf = ({ databaseUrl }: Settings) =>
	isPostgres(databaseUrl) || databaseUrl === ':memory:' ? undefined : databaseUrl;

async function readEpoch(store: Store): Promise<string> {
	await store.db
		.insertInto('server_facts')
		.values({ key: 'epoch', value: newId() })
		.onConflict((conflict) => conflict.column('key').doNothing())
		.execute();
	const row = await store.db
		.selectFrom('server_facts')
		.select('value')
		.where('key', '=', 'epoch')
		.executeTakeFirstOrThrow();
	return row.value;
}
