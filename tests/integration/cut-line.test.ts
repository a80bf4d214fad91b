// First: it puts IndexedDB in place.
import { NetPhone } from '../support/net-phone.ts';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMeta } from '#lib/device/device.ts';
import { seeded } from '#lib/server/demo/random.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { BuiltServer } from '../support/built-server.ts';
import { FaultProxy, type Fault } from '../support/fault-proxy.ts';
import { hasBuild } from '../support/first-screen.ts';
import { findVisits, WHOLE } from '../support/once.ts';
import { newOrganisation, startServer, stopServers } from '../support/server.ts';

/** `CUTS=2000 SEED=7 vitest run cut-line` for more, `ALL_OFFSETS=1` for every byte there is. */
const CUTS = Number(process.env['CUTS'] ?? 200);
const ALL = process.env['ALL_OFFSETS'] !== undefined;
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Half-open connections; each costs the time after which the phone gives up, ms. */
const HALF_OPEN = Math.ceil(CUTS / 40);
const PATIENCE = 400;
/** More bytes than a request or an answer of this test has. */
const MOST = 6000;

describe.skipIf(!hasBuild())('a line that breaks after any byte', () => {
	const server = new BuiltServer({ DEMO: 'false' });
	const proxy = new FaultProxy(() => server.port);
	let context: ServerContext;
	let phone: NetPhone;
	let impatient: NetPhone;
	let other: NetPhone;

	beforeAll(async () => {
		context = await startServer(server.database);
		const { phones } = await newOrganisation(context, 'coordinator', 'adviser');
		await Promise.all([server.start(), proxy.start()]);
		phone = await NetPhone.open(phones[0]!, () => proxy.url);
		impatient = await NetPhone.open(phones[0]!, () => proxy.url, PATIENCE);
		other = await NetPhone.open(phones[1]!, () => server.url);
		await Promise.all([phone, impatient, other].map((each) => each.deliverAll()));
	});
	afterAll(async () => {
		proxy.stop();
		await server.remove();
		await stopServers();
	});

	/** Something to send and something to read, so that each exchange goes both ways. */
	const prepare = async (by: NetPhone) => {
		await other.save();
		await other.deliverAll();
		await by.save();
	};
	/** Bytes of an exchange that is left alone. */
	const measure = async (by: NetPhone) => {
		await by.deliverAll();
		await prepare(by);
		proxy.count();
		await by.deliverAll();
		return { ...proxy.passed };
	};

	const has = async (by: NetPhone, id: string) => (await by.device.db.visits.get(id)) !== undefined;
	const cursors = async (by: NetPhone) => JSON.stringify(await readMeta(by.device.db, 'cursors'));

	/** One exchange that breaks, judged, and the one that comes after it. */
	async function breakAt(by: NetPhone, fault: Fault): Promise<boolean> {
		await prepare(by);
		const [sent, read] = [by.saved.at(-1)!, other.saved.at(-1)!];
		const before = await cursors(by);
		let broken = false;
		const struck = proxy.arm(fault).then(() => (broken = true));
		const result = await by.deliver();
		proxy.disarm();
		const waiting = await by.waiting();
		// An op leaves the outbox for a receipt alone, and news and cursor come together or not at all.
		if (waiting === 0) expect(await findVisits(context.store, [sent])).toEqual(WHOLE);
		expect({
			waiting,
			read: await has(by, read),
			moved: (await cursors(by)) !== before
		}).toEqual({ waiting: result.ok ? 0 : 1, read: result.ok, moved: result.ok });
		if (!result.ok) {
			const code = fault.kind === 'half-open' ? { code: 'timed_out' } : {};
			expect(result).toEqual({ ok: false, failure: { why: 'offline', ...code } });
			// Where the whole machine is slow, the phone gives up before the line breaks.
			await Promise.race([struck, wait(1000)]);
		}
		await by.deliverAll();
		expect(await by.waiting()).toBe(0);
		expect(await has(by, read)).toBe(true);
		return broken;
	}

	/** At the end everybody has everything once. */
	async function agree(by: NetPhone): Promise<void> {
		await by.deliverAll();
		const all = [phone, impatient, other].flatMap(({ saved }) => saved);
		expect(await findVisits(context.store, all)).toEqual(WHOLE);
		expect((await by.device.db.visits.toArray()).map(({ id }) => id).sort()).toEqual(all.sort());
	}

	it(
		`${ALL ? 'every one of them' : `${CUTS} of them`}: one effect of each visit, nothing acknowledged that was not committed, cursors only with their news`,
		async () => {
			const random = seeded(SEED);
			const length = await measure(phone);
			expect(Math.max(length.up, length.down)).toBeLessThan(MOST);
			const places = (['up', 'down'] as const).flatMap((way) =>
				ALL
					? Array.from({ length: length[way] + 1 }, (_, after) => ({ way, after }))
					: Array.from({ length: CUTS / 2 }, () => ({
							way,
							after: Math.floor(random() * (length[way] + 1))
						}))
			);
			let cuts = 0;
			for (const place of places) if (await breakAt(phone, { kind: 'cut', ...place })) cuts += 1;
			await agree(phone);
			// Lengths differ by a byte or two from one exchange to the next: the last few may not come to it.
			expect(cuts).toBeGreaterThan(places.length * 0.95);
			console.log(
				`line cut ${cuts} times, seed ${SEED}: requests of ${length.up} bytes, answers of ${length.down}; ${phone.saved.length + other.saved.length} visits`
			);
		},
		30_000 + (ALL ? 2 * MOST : CUTS) * 300
	);

	it(
		`or that goes silent after one of ${HALF_OPEN}: the same, once the phone has waited long enough`,
		async () => {
			const random = seeded(SEED);
			const length = await measure(phone);
			await impatient.deliverAll();
			let silent = 0;
			// On a slow line, where bytes are still on their way when it goes silent.
			proxy.delay = 5;
			for (let round = 0; round < HALF_OPEN; round += 1) {
				const way = round % 2 === 0 ? 'up' : 'down';
				const after = Math.floor(random() * length[way]);
				if (await breakAt(impatient, { kind: 'half-open', way, after })) silent += 1;
			}
			await agree(impatient);
			expect(silent).toBeGreaterThanOrEqual(HALF_OPEN / 2);
			console.log(`line silent ${silent} times, seed ${SEED}`);
		},
		30_000 + HALF_OPEN * 2000
	);
});
