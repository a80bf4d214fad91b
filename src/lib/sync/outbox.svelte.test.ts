import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOutbox } from '#lib/device/delivery.ts';
import type { Device } from '#lib/device/device.ts';
import { unseal, type OpBody } from '#lib/device/rows.ts';
import { sentOps, testDevice } from '#lib/device/test-device.ts';
import { addVisit, changeVisit, readStamp, removeVisit } from '#lib/device/visits.ts';
import { emptyRecord, join, opState, type RecordState } from '#lib/domain/record.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { readContact } from './contact-row.ts';
import { depsOver, FakeServer, json, type Network } from './fake-server.ts';
import { flush } from './flush.ts';
import { readLease } from './lease-row.ts';
import { pillOf, type Pill } from './pill.ts';

/**
 * Random outboxes over random networks (design.md §5.2-5.4, 5.10). The oracle knows nothing of the code under test: it reads
 * the rows and the server's journal.
 */

const html = (status: number) => new Response('<html>', { status, headers: { 'content-type': 'text/html' } });
const never: Network = (_server, { signal }) =>
	new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
const afterCommit =
	(answer: () => Response | Promise<never>): Network =>
	async (server, init) => {
		await server.respond(init);
		return answer();
	};
const broken = () => Promise.reject(new TypeError('Failed to fetch'));

/** What may become of a request. Half of the faults strike after the server has committed. */
const networks: Record<string, Network> = {
	fine: (server, init) => server.respond(init),
	offline: broken,
	'lost after commit': afterCommit(broken),
	'html after commit': afterCommit(() => html(200)),
	'500 after commit': afterCommit(() => html(500)),
	hangs: never,
	'hangs after commit': async (server, init) => {
		await server.respond(init);
		return never(server, init);
	},
	portal: async () => html(200),
	empty: async () => new Response(''),
	204: async () => new Response(null, { status: 204 }),
	'{}': async () => json({}),
	garbage: async () => new Response('{"a', { headers: { 'content-type': 'application/json' } }),
	500: async () => html(500),
	503: async () => json({ error: 'busy' }, 503, { 'retry-after': '30' }),
	413: async () => json({ error: 'too_large' }, 413),
	422: async () => json({ error: 'bad_request' }, 422),
	'401 sign in': async () => json({ error: 'sign_in' }, 401),
	'answer cut short': async (server, init) => {
		const text = await (await server.respond(init)).text();
		return new Response(text.slice(0, text.length / 2), { headers: { 'content-type': 'application/json' } });
	},
	'half of the receipts': async (server, init) => {
		const answer = await server.receive(init);
		if (answer instanceof Response) return answer;
		return json({ ...answer, receipts: answer.receipts.filter((_, index) => index % 2) });
	},
	'half receipts': async (server, init) => {
		const answer = await server.receive(init);
		if (answer instanceof Response) return answer;
		return json({ ...answer, receipts: answer.receipts.map(({ opId, outcome }) => ({ opId, outcome })) });
	},
	'receipts of somebody else': async (server, init) => {
		const answer = await server.receive(init);
		if (answer instanceof Response) return answer;
		return json({
			...answer,
			receipts: answer.receipts.map((one) => ({ ...one, opId: crypto.randomUUID() }))
		});
	}
};

/** What an op of the model makes the server do with it. */
const fates = ['fine', 'fine', 'fine', 'rejected', 'later', 'edge'] as const;

type Action =
	| { do: 'save' | 'change'; fate: (typeof fates)[number]; tab: 0 | 1 }
	| { do: 'remove' | 'restore'; tab: 0 | 1 }
	| { do: 'flush'; network: string; tabs: 1 | 2 };

const tab = fc.constantFrom<0 | 1>(0, 1);
const action: fc.Arbitrary<Action> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({ do: fc.constant('save' as const), fate: fc.constantFrom(...fates), tab })
	},
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constant('change' as const), fate: fc.constantFrom(...fates), tab })
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'restore' as const), tab }) },
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('flush' as const),
			network: fc.constantFrom(...Object.keys(networks)),
			tabs: fc.constantFrom<1 | 2>(1, 2)
		})
	}
);

const fateOf = (op: WireOp) => op.fields['topicText'];

function strict(server: FakeServer, healed: boolean): void {
	server.judge = (op) => {
		const fate = fateOf(op);
		if (fate === 'rejected') return { outcome: 'rejected', code: 'invalid_value', field: 'topicText' };
		return fate === 'later' && !healed ? { outcome: 'later' } : undefined;
	};
	server.refuse = ({ ops }) =>
		ops.some((op) => fateOf(op) === 'edge') ? json({ error: 'bad_text' }, 422) : undefined;
}

/** The table of ux.md §6.0, told from the rows themselves. */
async function expectedPill({ db, open, membership }: Device): Promise<Pill['kind']> {
	const rejected = await db.rejected.toArray();
	const needy = new Set(rejected.filter((row) => row.state === 'attention').map((row) => row.recordId));
	const waits = (await db.outbox.toArray()).some((row) => !needy.has(row.recordId));
	const contact = await readContact(db);
	const row = await open.memberships.get(membership.id);
	if (needy.size > 0) return 'attention';
	if (row?.signInNeeded && waits) return 'sign-in';
	const out = contact?.result === 'offline' || contact?.result === 'blocked';
	if (waits) return out ? 'offline-waiting' : 'waiting';
	return out ? 'offline' : 'delivered';
}

async function truthHolds(device: Device, server: FakeServer, made: ReadonlySet<string>): Promise<void> {
	const { db, open, membership } = device;
	const [outbox, rejected, sent] = await Promise.all([
		db.outbox.toArray(),
		db.rejected.toArray(),
		sentOps(db)
	]);
	// Every op ever made is in exactly one of the three lists.
	expect([...outbox, ...rejected, ...sent].map((row) => row.opId).sort()).toEqual([...made].sort());
	// What counts as delivered is in the server's journal, with an effect, once.
	for (const { opId, change } of sent) {
		const { receipt } = server.journal.get(opId)!;
		expect(receipt.change).toBe(change);
		expect(server.effects.get(opId)).toBe(1);
	}
	const row = await open.memberships.get(membership.id);
	const pill = pillOf({
		counts: await countOutbox(db),
		contact: await readContact(db),
		lease: await readLease(db, Date.now()),
		browserOnline: true,
		revoked: false,
		signInNeeded: row?.signInNeeded ?? false
	});
	expect(pill.kind).toBe(await expectedPill(device));
	if (pill.kind === 'delivered') {
		expect(outbox).toEqual([]);
		expect(rejected.every(({ state }) => state === 'discarded')).toBe(true);
	}
	if ('count' in pill) expect(pill.count).toBeGreaterThan(0);
}

async function live(actions: readonly Action[]): Promise<void> {
	const device = await testDevice();
	try {
		const tabs: Device[] = [device, await device.tab()];
		const server = new FakeServer(device);
		const stamp = await readStamp(device);
		const made = new Set<string>();
		const visits: string[] = [];
		strict(server, false);
		for (const step of actions) {
			if (step.do === 'flush') {
				const deps = depsOver(server, networks[step.network], { timeout: 15 });
				await Promise.all(tabs.slice(0, step.tabs).map((by) => flush(by, deps)));
			} else {
				const by = tabs[step.tab]!;
				const last = visits.at(-1);
				const said = 'fate' in step ? { topicText: step.fate } : {};
				if (step.do === 'save')
					visits.push(await addVisit(by, stamp, { at: '2026-03-06T09:32:00Z', ...said }));
				else if (last !== undefined && step.do === 'change') await changeVisit(by, stamp, last, said);
				else if (last !== undefined) await removeVisit(by, stamp, last, step.do === 'remove');
			}
			for (const { opId } of await device.db.outbox.toArray()) made.add(opId);
			await truthHolds(device, server, made);
		}
		// The network heals: everything that was not rejected arrives, in a few tries, and both sides say the same.
		strict(server, true);
		for (let tries = 0; tries < 3; tries += 1) await flush(device, depsOver(server));
		await truthHolds(device, server, made);
		expect(await device.db.outbox.toArray()).toEqual([]);
		for (const row of await device.db.rejected.toArray()) {
			const { topicText } = unseal<OpBody>(row).fields;
			expect(['rejected', 'edge']).toContain(topicText);
		}
		for (const recordId of visits) {
			const delivered = (await sentOps(device.db))
				.filter((op) => op.recordId === recordId)
				.reduce<RecordState>((state, op) => join(state, opState(op, device.membership.id)), emptyRecord);
			expect(server.records.get(recordId) ?? emptyRecord).toEqual(delivered);
		}
	} finally {
		await device.remove();
	}
}

describe('whatever the network does', () => {
	it('no op is lost or doubled, the status is never better than the rows, and all arrives once it heals', async () => {
		await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), live), {
			numRuns: 40
		});
	});
});
