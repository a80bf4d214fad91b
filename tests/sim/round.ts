import { Environment, installLocks, Locks, settle } from './environment.ts';
import { IDBObjectStore as FakeStore } from 'fake-indexeddb';
import process from 'node:process';
import { newId } from '#lib/domain/ids.ts';
import { conflicts, type RecordState } from '#lib/domain/record.ts';
import { eraseVisit } from '#lib/device/erasures.ts';
import { makeOp, outboxRow } from '#lib/device/ops.ts';
import { giveUp, handOver } from '#lib/device/rejections.ts';
import { unseal } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import type { Role } from '#lib/protocol/accounts.ts';
import { changeRole } from '#lib/server/accounts/roles.ts';
import { TICK } from '#lib/sync/triggers.ts';
import { isToBeWiped } from '#lib/sync/wipe.ts';
import { SimDevice } from './device.ts';
import { Network, NETWORK_FAULTS, type NetworkFault } from './network.ts';
import { Oracle } from './oracle.ts';
import { BREAKING_LANGUAGE, SimServer } from './server.ts';
import { SimVault } from './vault.ts';

/** What users do, and what befalls them, each with its weight. */
const STEPS = {
	'saves visits': 16,
	'changes visits': 24,
	'adds a note': 4,
	'removes a visit': 3,
	'brings a visit back': 2,
	'saves what the server rejects': 3,
	'mends what was rejected': 3,
	'chooses between two values': 3,
	'writes into the record of another': 2,
	'gives up what was rejected': 2,
	'hands over what was rejected': 1,
	'erases a visit': 1,
	'starts to deliver': 20,
	'a request meets its fate': 34,
	'time passes': 8
} as const;
/** What happens besides in a world in which members lock their phones. */
const LOCKING = {
	'locks the phones': 6,
	'opens the phones': 4,
	'a worker delivers': 6,
	'takes in what was revoked': 1
} as const;
type Step = keyof typeof STEPS | keyof typeof LOCKING;

/** What can be done without the keys. */
const BLIND = new Set<Step>([
	'saves visits',
	'saves what the server rejects',
	'starts to deliver',
	'a request meets its fate',
	'time passes',
	...(Object.keys(LOCKING) as Step[])
]);

/** Faults beside those of the network. Each is drawn for a round first, so that many rounds have several and some have none. */
const FAULTS = [
	'the tab dies',
	'the tab dies while it saves',
	'a stray copy arrives',
	'the clock jumps by years',
	'the clock steps back',
	'weeks without a network',
	'no room on the phone',
	'the phone is lost',
	'the phone is copied',
	'two tabs deliver at once',
	'the server restarts',
	'a backup is made',
	'the server is lost and restored',
	'an effect fails that nobody foresaw',
	'a role changes',
	'the session ends',
	'the desks change'
] as const;
/** Those of a world in which members lock their phones. */
const LOCKED_FAULTS = ['the key to seal to is replaced', 'a phone is revoked'] as const;
type Fault = (typeof FAULTS)[number] | (typeof LOCKED_FAULTS)[number];

/** One world in nine; the others stay as they are, so that a seed means the same from one version to the next. */
const hasVaults = (seed: number) => seed % 9 === 4;

/** Everything that may befall a world. */
export const KINDS: readonly string[] = [
	...FAULTS,
	...LOCKED_FAULTS,
	...Object.keys(NETWORK_FAULTS).filter((fault) => fault !== 'no fault')
];

export interface RoundOptions {
	seed: number;
	steps: number;
	/** Folder for databases in files; without one the server's lies in memory. */
	folder?: string | undefined;
}

export interface RoundResult {
	seed: number;
	ops: number;
	rejected: number;
	conflicts: number;
	requests: number;
	/** From the moment at which the network was back until nobody heard anything new any more, ms. */
	agreedAfter: number;
	faults: Partial<Record<Fault | NetworkFault, number>>;
	violations: string[];
}

const LANGUAGES = ['ar', 'ru', 'uk', 'fi', 'so', BREAKING_LANGUAGE];
const TOPICS = ['work', 'housing', 'permits', 'health', 'family'];
const YEAR = 365 * 86_400_000;

/** One small world from its beginning until everybody agrees again, or until it is clear that they never will. */
export async function runRound({ seed, steps, folder }: RoundOptions): Promise<RoundResult> {
	const env = new Environment(seed);
	env.install();
	const round = new Round(env, seed, folder);
	try {
		await round.found();
		for (let step = 0; step < steps; step += 1) await round.step();
		await round.heal();
		return await round.result();
	} finally {
		await round.end();
	}
}

class Round {
	readonly #env: Environment;
	readonly #seed: number;
	readonly #server: SimServer;
	readonly #network: Network;
	readonly #locks: Locks | undefined;
	readonly #oracle = new Oracle();
	#phones: SimDevice[] = [];
	readonly #desks = new Map<string, string[]>();
	readonly #records = new Map<string, string[]>();
	readonly #faults: RoundResult['faults'] = {};
	readonly #mayHappen: Fault[];
	/** Of the members whose phones have one. */
	readonly #vaults = new Map<string, SimVault>();
	readonly #networkFaults: Partial<Record<NetworkFault, number>>;
	#requests = 0;
	#agreedAfter = 0;
	#weeks = 0;
	#labels = 0;

	constructor(env: Environment, seed: number, folder: string | undefined) {
		this.#env = env;
		this.#seed = seed;
		this.#server = new SimServer(env, folder ? `${folder}/sim-${process.pid}-${seed}.db` : ':memory:');
		this.#network = new Network(env, this.#server);
		this.#locks = env.chance(0.5) ? new Locks() : undefined;
		installLocks(this.#locks);
		const faults = hasVaults(seed) ? [...FAULTS, ...LOCKED_FAULTS] : FAULTS;
		this.#mayHappen = faults.filter(() => env.chance(0.45));
		const bad = env.random();
		this.#networkFaults = Object.fromEntries(
			Object.entries(NETWORK_FAULTS).map(([fault, weight]) => [
				fault,
				fault === 'no fault' ? weight : weight * (env.chance(0.5) ? bad * 2 : 0)
			])
		);
	}

	get #world() {
		return { env: this.#env, network: this.#network, locks: this.#locks };
	}

	async found(): Promise<void> {
		await this.#server.start();
		const organisations: Role[][] = [['adviser', 'adviser', 'coordinator'], ['adviser']];
		for (const roles of organisations) {
			const desks = [newId(), newId()];
			const { organisation, members } = await this.#server.found(roles, desks);
			this.#desks.set(organisation, desks);
			this.#records.set(organisation, []);
			for (const [index, membership] of members.entries()) {
				if (roles[index] === 'coordinator') this.#oracle.coordinators.add(membership);
				if (hasVaults(this.#seed) && this.#env.chance(0.7))
					this.#vaults.set(membership, await SimVault.make(membership));
				// The first adviser has two phones.
				const count = index === 0 && roles.length > 1 ? 2 : 1;
				for (let phone = 0; phone < count; phone += 1) await this.#enrol(organisation, membership);
			}
		}
	}

	async #enrol(organisation: string, membership: string): Promise<void> {
		const enrolled = await this.#server.enrol(organisation, membership);
		this.#labels += 1;
		const phone = new SimDevice(`phone ${this.#labels}`, enrolled, this.#world, this.#vaults.get(membership));
		await phone.open();
		this.#phones.push(phone);
	}

	#count(fault: Fault | NetworkFault): void {
		this.#faults[fault] = (this.#faults[fault] ?? 0) + 1;
	}

	async step(): Promise<void> {
		this.#env.now += this.#env.below(20_000);
		if (this.#mayHappen.length > 0 && this.#env.chance(0.08))
			await this.#befall(this.#env.pick(this.#mayHappen));
		else await this.#do(this.#env.draw(this.#steps));
		await settle(2 + this.#env.below(10));
	}

	get #steps(): Partial<Record<Step, number>> {
		return this.#vaults.size > 0 ? { ...STEPS, ...LOCKING } : STEPS;
	}

	async #do(step: Step): Promise<void> {
		const phone = this.#env.pick(this.#phones);
		if (phone.locked && !BLIND.has(step)) return;
		switch (step) {
			case 'saves visits':
				for (let count = this.#burst(); count > 0; count -= 1) await this.#save(phone, this.#visit(phone));
				return;
			case 'changes visits':
				for (let count = this.#burst(); count > 0; count -= 1)
					await this.#changed(phone, await phone.change(this.#someRecord(phone), this.#edit()));
				return;
			case 'adds a note':
				return this.#changed(phone, await phone.note(this.#someRecord(phone)));
			case 'removes a visit':
				return this.#changed(phone, await phone.remove(this.#someRecord(phone), true));
			case 'brings a visit back':
				return this.#changed(phone, await phone.remove(this.#someRecord(phone), false));
			case 'saves what the server rejects':
				return this.#save(phone, { ...this.#visit(phone), channel: 'x'.repeat(70) });
			case 'writes into the record of another':
				return this.#trespass(phone);
			case 'gives up what was rejected':
			case 'hands over what was rejected':
				return this.#decide(phone, step === 'gives up what was rejected');
			case 'erases a visit':
				return this.#erase();
			case 'chooses between two values':
				return this.#choose(phone);
			case 'mends what was rejected':
				return this.#mend(phone);
			case 'starts to deliver':
				if (!phone.flushing) await phone.flush();
				return;
			case 'a request meets its fate':
				return this.#deliver();
			case 'locks the phones':
				return phone.vault?.lock();
			case 'opens the phones':
				return phone.vault?.open();
			case 'a worker delivers':
				if (!phone.flushing && this.#isInUse(phone, await this.#server.revoked()))
					await phone.flush('worker');
				return;
			case 'takes in what was revoked':
				return this.#takeIn(0.5);
			case 'time passes':
				this.#env.now += this.#env.below(600_000);
		}
	}

	/** Mostly one thing at a time, sometimes a whole morning's. */
	#burst(): number {
		return this.#env.chance(0.6) ? 1 : 1 + this.#env.below(12);
	}

	#someRecord(phone: SimDevice): string {
		const records = this.#records.get(phone.enrolled.organisation)!;
		// Mostly recent ones, so that two people often touch the same.
		return records.at(-1 - this.#env.below(Math.min(records.length, 12))) ?? newId();
	}

	#visit(phone: SimDevice) {
		return {
			at: new Date(this.#env.now).toISOString(),
			desk: this.#env.pick(this.#desks.get(phone.enrolled.organisation)!),
			deskMunicipality: '263',
			language: this.#env.pick(LANGUAGES),
			topics: [this.#env.pick(TOPICS)],
			channel: 'roaming'
		};
	}

	#edit() {
		const edits = [
			{ language: this.#env.pick(LANGUAGES) },
			{
				topics: [this.#env.pick(TOPICS), this.#env.pick(TOPICS)].filter(
					(topic, index, all) => all.indexOf(topic) === index
				)
			},
			{ channel: this.#env.pick(['phone', 'roaming', 'message']) },
			{ language: this.#env.pick(LANGUAGES), channel: 'phone' }
		];
		return this.#env.pick(edits);
	}

	async #save(phone: SimDevice, fields: Parameters<SimDevice['save']>[0]): Promise<void> {
		const recordId = await phone.save(fields);
		this.#records.get(phone.enrolled.organisation)!.push(recordId);
		const rows = await this.#oracle.learn(phone);
		if (!rows.some((row) => row.recordId === recordId))
			this.#oracle.fail(`${recordId} was saved without its op`);
	}

	async #changed(phone: SimDevice, opId: string | undefined): Promise<void> {
		const rows = await this.#oracle.learn(phone);
		if (opId !== undefined && !rows.some((row) => row.opId === opId))
			this.#oracle.fail(`${opId} was saved and is not there`);
	}

	/** A client that was tampered with: it writes into a colleague's record, whose id it has got hold of. */
	async #trespass(phone: SimDevice): Promise<void> {
		const device = await phone.client();
		const recordId = this.#env.pick(this.#records.get(phone.enrolled.organisation)!);
		// An id is known only of what was delivered. A restored server may have lost that again; then whoever comes first is its maker.
		if (recordId === undefined || this.#server.restorable || !(await this.#server.has(recordId))) return;
		const target = { collection: 'visit', recordId, schema: 1 };
		const op = makeOp(await readStamp(device), target, { duration: '5-15' }, {}, phone.now);
		// What is its own, or what a coordinator corrects, is no trespass.
		if (await device.db.visits.get(recordId)) return;
		await device.db.outbox.add(outboxRow(op));
		this.#oracle.hostile.add(op.opId);
		await this.#oracle.learn(phone);
	}

	async #decide(phone: SimDevice, givesUp: boolean): Promise<void> {
		const device = await phone.client();
		const rows = await device.db.rejected.toArray();
		const [row] = rows.filter(({ state, collection }) => collection === 'visit' && state !== 'discarded');
		if (!row) return;
		const stamp = await readStamp(device);
		if (givesUp) {
			for (const { opId, recordId } of rows) if (recordId === row.recordId) this.#oracle.mended.add(opId);
			await giveUp(device, stamp, row.recordId, phone.now);
		} else await handOver(device, stamp, row.recordId, phone.now);
		await this.#oracle.learn(phone);
	}

	/** A coordinator erases for good; or somebody tries whose erasure must have no effect. */
	async #erase(): Promise<void> {
		const able = this.#phones.filter(({ enrolled }) => enrolled.role === 'coordinator');
		const phone = this.#env.pick(able.length > 0 && this.#env.chance(0.8) ? able : this.#phones);
		if (phone.locked) return;
		const device = await phone.client();
		const ids = await device.db.visits.toCollection().primaryKeys();
		if (ids.length === 0) return;
		await eraseVisit(device, await readStamp(device), this.#env.pick(ids.toSorted()), phone.now);
		await this.#oracle.learn(phone);
	}

	/** Takes one of the values that differ, as its user sees them; another one may come in before that. */
	async #choose(phone: SimDevice): Promise<void> {
		const { db } = await phone.client();
		for (const row of await db.visits.toArray()) {
			const seen = unseal<RecordState>(row);
			const [field] = conflicts(seen);
			if (field === undefined) continue;
			const { value } = this.#env.pick(seen.heads[field]!);
			if (this.#env.chance(0.5)) await this.#deliver();
			await this.#changed(phone, await phone.change(row.id, { [field]: value }, seen));
			return;
		}
	}

	async #mend(phone: SimDevice): Promise<void> {
		const { db } = await phone.client();
		const rows = (await db.rejected.toArray()).filter(
			({ state, decided, collection }) => collection === 'visit' && !(decided && state === 'discarded')
		);
		const [row] = rows;
		if (!row) return;
		const held = rows.filter(({ recordId }) => recordId === row.recordId);
		const opId = await phone.mend(row.recordId, {
			channel: 'phone',
			...(this.#env.chance(0.2) ? { language: 'fi' } : {})
		});
		if (opId !== undefined) for (const old of held) this.#oracle.mended.add(old.opId);
		await this.#changed(phone, opId);
	}

	async #deliver(): Promise<void> {
		const { parked } = this.#network;
		if (parked.length === 0) return;
		const fault = this.#env.draw(this.#networkFaults);
		if (fault !== 'no fault') this.#count(fault);
		this.#requests += 1;
		await this.#network.deliver(this.#env.pick(parked), fault);
	}

	async #befall(fault: Fault): Promise<void> {
		const phone = this.#env.pick(this.#phones);
		const happens = await this.#happen(fault, phone);
		if (happens) this.#count(fault);
	}

	/** False where there was nothing that it could befall. */
	async #happen(fault: Fault, phone: SimDevice): Promise<boolean> {
		const env = this.#env;
		switch (fault) {
			case 'the tab dies':
				phone.die();
				return true;
			case 'the tab dies while it saves': {
				const saving = phone.save(this.#visit(phone)).catch(() => undefined);
				await settle(env.below(6));
				phone.die();
				await saving;
				// What stands in the outbox was saved, whether the screen lived to say so or not.
				const rows = await this.#oracle.learn(phone);
				for (const row of rows) this.#records.get(phone.enrolled.organisation)!.push(row.recordId);
				return true;
			}
			case 'a stray copy arrives':
				if (this.#network.strays.length === 0) return false;
				await this.#network.stray();
				return true;
			case 'the clock jumps by years':
				phone.clockError = (env.random() - 0.5) * 6 * YEAR;
				return true;
			case 'the clock steps back':
				phone.clockError -= env.below(3_600_000);
				return true;
			case 'weeks without a network':
				// A phone that is new later is only told of the last 90 days.
				if (this.#weeks > 1) return false;
				this.#weeks += 1;
				env.now += env.below(35) * 86_400_000;
				return true;
			case 'no room on the phone':
				await withoutRoom(env.chance(0.3), async () => {
					await this.#deliver();
					await settle(20);
				});
				return true;
			case 'the phone is lost':
				return this.#lose(phone);
			case 'the phone is copied':
				return this.#copy(phone);
			case 'two tabs deliver at once':
				await phone.flush();
				await phone.flush();
				return true;
			case 'the server restarts':
				await this.#server.restart();
				return true;
			case 'a backup is made':
				if (!this.#server.restorable) return false;
				// It copies on another thread, for as long as that takes: until then nobody else may be in the middle of something.
				await settle(500);
				await this.#server.backUp();
				return true;
			case 'the server is lost and restored':
				return this.#restore();
			case 'an effect fails that nobody foresaw':
				this.#server.breakEffects(env.chance(0.7));
				return true;
			case 'a role changes':
				return this.#changeRole();
			case 'the session ends':
				await this.#endSession(phone);
				return true;
			case 'the key to seal to is replaced':
				await this.#server.rotateKey(phone.enrolled.organisation);
				return true;
			case 'a phone is revoked':
				return this.#revoke(phone);
			case 'the desks change':
				await this.#server.publishDesk(
					phone.enrolled.organisation,
					env.pick(this.#desks.get(phone.enrolled.organisation)!)
				);
				return true;
		}
	}

	async #restore(): Promise<boolean> {
		const restored = this.#server.restorable && (await this.#server.restore());
		this.#oracle.restored ||= restored;
		return restored;
	}

	async #lose(phone: SimDevice): Promise<boolean> {
		if (this.#phones.length < 3) return false;
		await this.#oracle.mourn(phone);
		await phone.lose();
		this.#phones = this.#phones.filter((other) => other !== phone);
		await this.#enrol(phone.enrolled.organisation, phone.enrolled.membership).catch(() => undefined);
		return true;
	}

	/** Was not revoked, and has not heard so of a server that was lost since: such a one is emptied by its worker, which is seen to in the end. */
	#isInUse({ enrolled, device }: SimDevice, revoked: ReadonlySet<string>): boolean {
		return !revoked.has(enrolled.device) && device?.membership.revokedAt === undefined;
	}

	/** It goes on until it hears of it; its user has another one by then. */
	async #revoke({ enrolled }: SimDevice): Promise<boolean> {
		const revoked = await this.#server.revoked();
		if (revoked.size > 1 || revoked.has(enrolled.device)) return false;
		if (!(await this.#server.knows(enrolled.device))) return false;
		if (this.#phones.some((one) => one.enrolled.device === enrolled.device && one.inWorker)) return false;
		await this.#server.revoke(enrolled);
		await this.#enrol(enrolled.organisation, enrolled.membership);
		return true;
	}

	async #takeIn(share: number): Promise<void> {
		for (const opId of await this.#server.takeInRevoked(share)) {
			const op = this.#oracle.ops.get(opId);
			if (op) op.isTakenIn = true;
		}
	}

	/** Whoever is locked delivers all the same. */
	async #deliverLocked(): Promise<void> {
		if (this.#vaults.size === 0) return;
		for (const vault of this.#vaults.values()) vault.lock();
		const revoked = await this.#server.revoked();
		for (let turn = 0; turn < 2; turn += 1) {
			const inWorker = this.#env.chance(0.5);
			await this.#allDeliver((phone) => (inWorker && this.#isInUse(phone, revoked) ? 'worker' : 'page'));
			this.#env.now += TICK;
		}
		for (const phone of this.#phones) if (phone.vault) await this.#oracle.judgeLocked(phone);
		await this.#oracle.judgeOpened(this.#server.context);
		this.#openAll();
	}

	#openAll(): void {
		for (const vault of this.#vaults.values()) vault.open();
	}

	/** A phone that was revoked delivers all that it holds, is emptied then, and a coordinator takes that in. */
	async #endRevoked(): Promise<void> {
		if (!hasVaults(this.#seed)) return;
		await this.#allDeliver();
		const revoked = await this.#server.revoked();
		for (const phone of this.#phones.filter(({ enrolled }) => revoked.has(enrolled.device))) {
			if (!(await isToBeWiped(await phone.client())))
				this.#oracle.fail(`I8: ${phone.label} was revoked and holds something still`);
			if (phone.failure) this.#oracle.fail(`${phone.label}: ${describe(phone.failure)}`);
			await phone.lose();
			this.#phones = this.#phones.filter((other) => other !== phone);
		}
		// Its user's other phones, which were locked with it.
		this.#openAll();
		await this.#takeIn(1);
	}

	async #copy(phone: SimDevice): Promise<boolean> {
		if (this.#phones.length > 7) return false;
		this.#labels += 1;
		this.#phones.push(await phone.clone(`phone ${this.#labels}`, this.#world));
		return true;
	}

	async #changeRole(): Promise<boolean> {
		const { store } = this.#server.context;
		const members = await store.db.selectFrom('memberships').selectAll().orderBy('id').execute();
		const member = this.#env.pick(members);
		const role = member.role === 'coordinator' ? 'adviser' : 'coordinator';
		await changeRole(store, member.organisation_id, member.id, role, this.#env.now);
		if (role === 'coordinator') this.#oracle.coordinators.add(member.id);
		return true;
	}

	async #endSession({ enrolled }: SimDevice): Promise<void> {
		const { store } = this.#server.context;
		await store.db.deleteFrom('sessions').where('device_id', '=', enrolled.device).execute();
	}

	/** The network is back, everybody opens their phone and signs in, and a while later nobody has anything left to say. */
	async heal(): Promise<void> {
		await this.#someCoordinates();
		await this.#signAllIn();
		if (this.#server.broken) {
			this.#openAll();
			await this.#othersGoOn();
		}
		this.#server.breakEffects(false);
		await this.#server.upkeep();
		for (const stray of [...this.#network.strays]) {
			void stray;
			await this.#network.stray();
		}
		// The lease of a tab that died has run out by then.
		this.#env.now += 120_000;
		await this.#deliverLocked();
		await this.#endRevoked();
		const healed = this.#env.now;
		for (let turn = 0, silent = 0; turn < 12 && silent < 2; turn += 1) {
			// As often as an app that is open asks, and later seldom: who does not agree by then has another reason than too little time.
			if (turn > 0) this.#env.now += turn < 4 ? TICK : 4 * TICK;
			await this.#allDeliver();
			silent = (await this.#nothingWaits()) ? silent + 1 : 0;
		}
		this.#agreedAfter = Math.max(0, this.#network.lastNews - healed);
		for (const phone of this.#phones)
			if (phone.failure) this.#oracle.fail(`${phone.label}: ${describe(phone.failure)}`);
		await this.#oracle.judge(this.#server.context, this.#phones);
	}

	/** Somebody has to decide about what revoked phones have brought. */
	async #someCoordinates(): Promise<void> {
		if (!hasVaults(this.#seed)) return;
		const { store } = this.#server.context;
		for (const organisation of this.#desks.keys()) {
			const members = await store.db
				.selectFrom('memberships')
				.selectAll()
				.where('organisation_id', '=', organisation)
				.orderBy('id')
				.execute();
			const [first] = members;
			if (!first || members.some(({ role }) => role === 'coordinator')) continue;
			await changeRole(store, organisation, first.id, 'coordinator', this.#env.now);
			this.#oracle.coordinators.add(first.id);
		}
	}

	async #signAllIn(): Promise<void> {
		const members = await this.#server.context.store.db.selectFrom('memberships').selectAll().execute();
		const revoked = hasVaults(this.#seed) ? await this.#server.revoked() : new Set<string>();
		for (const phone of this.#phones) {
			if (!revoked.has(phone.enrolled.device)) await this.#server.signIn(phone.enrolled);
			phone.enrolled.role =
				members.find(({ id }) => id === phone.enrolled.membership)?.role ?? phone.enrolled.role;
		}
	}

	/** Everybody delivers and reads once, over a network that does what it should. */
	async #allDeliver(by: (phone: SimDevice) => 'page' | 'worker' = () => 'page'): Promise<void> {
		for (const phone of this.#phones) {
			if (!phone.flushing) await phone.flush(by(phone));
			for (let wait = 0; phone.flushing && wait < 3000; wait += 1) {
				const [request] = this.#network.parked;
				if (request) await this.#network.deliver(request, 'no fault');
				await settle(3);
			}
			if (phone.flushing) {
				this.#oracle.fail(`I8: ${phone.label} does not come to an end`);
				phone.die();
			}
		}
	}

	/** While the effects of some ops fail, those of all others arrive. */
	async #othersGoOn(): Promise<void> {
		// The lease of a tab that died has run out by then.
		this.#env.now += 120_000;
		await this.#allDeliver();
		await this.#allDeliver();
		const ops = [...this.#oracle.ops.values()];
		const broken = new Set(
			ops.flatMap((op) => (op.fields.language === BREAKING_LANGUAGE ? [op.recordId] : []))
		);
		for (const phone of this.#phones)
			for (const { opId, recordId } of await (await phone.client()).db.outbox.toArray())
				if (!broken.has(recordId))
					this.#oracle.fail(`I8: ${opId} of ${phone.label} is held up by another one`);
	}

	async #nothingWaits(): Promise<boolean> {
		const counts = await Promise.all(
			this.#phones.map(async (phone) => (await phone.client()).db.outbox.count())
		);
		return counts.every((count) => count === 0);
	}

	async result(): Promise<RoundResult> {
		const { db } = this.#server.context.store;
		const outcomes = await db
			.selectFrom('journal')
			.select(['outcome', (eb) => eb.fn.countAll<number>().as('n')])
			.groupBy('outcome')
			.execute();
		const of = (outcome: string) => Number(outcomes.find((row) => row.outcome === outcome)?.n ?? 0);
		return {
			seed: this.#seed,
			ops: this.#oracle.ops.size,
			rejected: of('rejected'),
			conflicts: of('conflict'),
			requests: this.#requests,
			agreedAfter: this.#agreedAfter,
			faults: this.#faults,
			violations: this.#oracle.violations
		};
	}

	async end(): Promise<void> {
		for (const phone of this.#phones) await phone.lose();
		await this.#server.remove();
	}
}

const describe = (error: unknown) =>
	error instanceof Error ? (error.stack ?? error.message) : String(error);

/** While the task runs, the browser has no room left: for anything, or for what is large. */
async function withoutRoom(forAnything: boolean, task: () => Promise<void>): Promise<void> {
	const { put, add } = FakeStore.prototype;
	const refuse = (write: typeof put) =>
		function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
			if (!forAnything && this.name !== 'visits') return write.apply(this, given);
			throw new DOMException('The disk is full.', 'QuotaExceededError');
		};
	Object.assign(FakeStore.prototype, { put: refuse(put), add: refuse(add) });
	try {
		await task();
	} finally {
		Object.assign(FakeStore.prototype, { put, add });
	}
}
