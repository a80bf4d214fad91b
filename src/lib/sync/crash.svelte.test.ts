import { afterEach, beforeEach, expect, it } from 'vitest';
import { services } from '#lib/device/services.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { addVisit, changeVisit, readStamp } from '#lib/device/visits.ts';
import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import { depsOver, FakeServer, type Network } from './fake-server.ts';
import { flush } from './flush.ts';

const { transaction } = IDBDatabase.prototype;
let device: TestDevice | undefined;
/** Whose tab a connection belongs to. */
const tabs = new WeakMap<IDBDatabase, Mortal>();

beforeEach(() => {
	// Dexie keeps the function of a connection when it opens it.
	IDBDatabase.prototype.transaction = function (...args: Parameters<typeof transaction>) {
		const begin = () => transaction.apply(this, args);
		return tabs.get(this)?.begin(begin) ?? begin();
	};
});

afterEach(async () => {
	IDBDatabase.prototype.transaction = transaction;
	await device?.remove();
});

/** Where a tab or a worker dies: at its so manieth touch of the database or the network, and whether that was still carried through. */
interface Death {
	step: number;
	carried: boolean;
}

/** What a dead tab's code meets. */
const dead = () => new DOMException('This tab is dead.', 'AbortError');

/** A tab that counts what it does and dies where it is told to. What lies in the database then stays as it is. */
class Mortal {
	steps = 0;
	readonly #death: Death;

	constructor(death: Death) {
		this.#death = death;
	}

	get isDead(): boolean {
		return this.steps > this.#death.step;
	}

	/** One step; true: the tab dies with it. */
	#step(): boolean {
		if (this.isDead) throw dead();
		this.steps += 1;
		return this.isDead;
	}

	/** Each transaction is a step. */
	begin(begin: () => IDBTransaction): IDBTransaction {
		const dies = this.#step();
		const begun = begin();
		if (!dies) return begun;
		Object.defineProperty(begun, 'error', { value: dead() });
		if (this.#death.carried) {
			// It is carried through, and nobody hears of that any more.
			begun.addEventListener('complete', (event) => {
				event.stopImmediatePropagation();
				begun.dispatchEvent(new Event('abort'));
			});
		} else {
			begun.commit = () => undefined;
			queueMicrotask(() => begun.abort());
		}
		return begun;
	}

	readonly network: Network = async (to, init) => {
		const dies = this.#step();
		if (dies && !this.#death.carried) throw dead();
		const answer = await to.respond(init);
		if (dies) throw dead();
		return answer;
	};
}

/** A day in a tab that dies somewhere in it, and the tab that is opened afterwards. True: it did not die. */
async function liveAndDie(death: Death): Promise<boolean> {
	const first = (device = await testDevice());
	const server = new FakeServer(first);
	const clock = nextClock(1, 'f'.repeat(16));
	const head = { clock, opId: newId(), value: 'Kela', author: 'x' };
	server.news = {
		changes: [
			{
				part: 'directory',
				collection: 'service',
				recordId: newId(),
				change: 1,
				state: { heads: { name: [head] }, seen: {} }
			}
		],
		cursors: { own: '1.1', directory: '1.1' }
	};
	const stamp = await readStamp(first);
	const saved: string[] = [];
	const ids = [newId(), newId(), newId()];
	saved.push(await addVisit(first, stamp, { language: 'ar' }));

	const tab = new Mortal(death);
	for (const db of [first.db, first.open]) tabs.set(db.backendDB(), tab);
	const deps = depsOver(server, tab.network);
	const day = async () => {
		saved.push(await addVisit(first, stamp, { language: 'so' }, { id: ids[0]! }));
		await flush(first, deps);
		saved.push(await addVisit(first, stamp, { language: 'fi' }, { id: ids[1]! }));
		await changeVisit(first, stamp, ids[0]!, { language: 'uk' });
		await flush(first, deps);
		saved.push(await addVisit(first, stamp, { language: 'sv' }, { id: ids[2]! }));
	};
	await day().catch((error: unknown) => {
		if (!tab.isDead) throw error;
	});
	const survived = !tab.isDead;
	// The browser ends what a dead tab has begun.
	first.db.close();
	first.open.close();

	const second = await first.tab();
	// Whole or not at all: a visit is never there without its op, nor the other way round.
	const visits = (await second.db.visits.toCollection().primaryKeys()) as string[];
	const ops = (await second.db.outbox.toArray()).map((row) => row.recordId);
	const sent = (await second.db.sent.toArray()).flatMap((row) => row.records);
	for (const id of visits) expect([...ops, ...sent], JSON.stringify(death)).toContain(id);
	for (const id of [...ops, ...sent]) expect(visits, JSON.stringify(death)).toContain(id);
	// What the user was told to be saved is there.
	for (const id of saved) expect(visits, JSON.stringify(death)).toContain(id);

	expect(await flush(second, depsOver(server)), JSON.stringify(death)).toEqual({ ok: true });
	expect(await second.db.outbox.count()).toBe(0);
	expect([...server.effects.values()].every((count) => count === 1)).toBe(true);
	expect(new Set(server.records.keys())).toEqual(new Set(visits));
	expect(await services(second)).toHaveLength(0);
	expect(await second.open.services.count()).toBe(1);
	await first.remove();
	device = undefined;
	return survived;
}

it.each([false, true])(
	'a tab or worker that dies at any step of saving and delivering loses nothing and doubles nothing (the step carried through: %s)',
	async (carried) => {
		let step = 0;
		while (!(await liveAndDie({ step, carried }))) step += 1;
		// A day has so many steps that this was worth while.
		expect(step).toBeGreaterThan(15);
	}
);
