import * as z from 'zod/mini';
import { askServer } from '#lib/components/office/api.ts';
import { officeMemberships } from '#lib/components/office/office.svelte.ts';
import { rememberMembership } from '#lib/components/memberships.ts';
import { placeNow } from '#lib/components/place.ts';
import type { Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { MembershipDb } from '#lib/device/membership-db.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { desks, receptions } from '#lib/device/records.ts';
import { addVisit, readStamp } from '#lib/device/visits.ts';
import { helsinki } from '#lib/domain/dates.ts';
import { browserDeps } from '#lib/sync/carrier.ts';
import { enrol } from '#lib/sync/enrol.ts';
import { flush } from '#lib/sync/flush.ts';
import { setNetwork } from './network.ts';
import { momentsOfToday, ordinaryVisits, visitAtClosedDesk } from './sample-visits.ts';

/** The door of the demo: enrols without a code. */
const DOOR = '/api/v1/demo';
/** Key in the settings of this device: which demo phone was made ready, and when. */
const KEY = 'demo-phone';
/** A demo phone shows the present: after this, ms, its reception is about to close. */
const FRESH = 3 * 3_600_000;

const readySchema = z.object({ device: z.string(), at: z.number() });
const sessionSchema = z.object({ device: z.string() });

export interface DemoPhone {
	membership: MembershipRow;
	/** Made today, for the reception that is open now. */
	fresh: boolean;
}

const isPhone = (row: MembershipRow) => row.demo === true && row.role === 'adviser';

/** Whether the demo's server still knows this device. One that cannot be asked is taken for good: the phone works without. */
async function isKnown(row: MembershipRow): Promise<boolean> {
	const answer = await askServer(row, { path: '/api/v1/session' }, sessionSchema);
	return answer.ok ? answer.value.device === row.device : answer.failure !== 'sign_in';
}

/** The demo phone that was made ready on this device, if there is one. */
export async function findPhone(publicDb: PublicDb, now: number): Promise<DemoPhone | undefined> {
	const [rows, setting] = await Promise.all([publicDb.memberships.toArray(), publicDb.settings.get(KEY)]);
	const ready = readySchema.safeParse(setting?.value);
	const membership = ready.success
		? rows.find((row) => isPhone(row) && row.device === ready.data.device)
		: undefined;
	if (!ready.success || !membership || !(await isKnown(membership))) return undefined;
	const age = now - ready.data.at;
	return {
		membership,
		fresh: age >= 0 && age < FRESH && helsinki(now).date === helsinki(ready.data.at).date
	};
}

/** Delivers what waits and takes in what is new; waits for its turn where a worker is at it. */
async function deliver(device: Device): Promise<boolean> {
	for (let turn = 0; turn < 20; turn += 1) {
		const result = await flush(device, browserDeps);
		if (result.ok) return true;
		if (!('busy' in result)) return false;
		await new Promise((done) => setTimeout(done, 200));
	}
	return false;
}

/**
 * Makes a new demo phone in place of the one that was there: four visits today, one of which the server really refused,
 * three waiting, and no network. Undefined: the server could not be reached; the old phone is then still there.
 */
export async function makePhone(
	publicDb: PublicDb,
	deviceName: string,
	now: () => number = Date.now
): Promise<DemoPhone | undefined> {
	const old = (await publicDb.memberships.toArray()).filter(isPhone);
	// Out of sight while the door is asked: enrolling again would go on with the old database.
	await publicDb.memberships.bulkDelete(old.map((row) => row.id));
	const enrolled = await enrol(publicDb, DOOR, { door: 'adviser', deviceName });
	if ('failure' in enrolled) {
		await publicDb.memberships.bulkPut(old);
		return undefined;
	}
	// Nobody waits for it: the new phone has a database of its own, and a tab with the old one may hold this up.
	for (const row of old) void new MembershipDb(row.database).delete().catch(() => undefined);
	const { membership } = enrolled;
	await rememberMembership(publicDb, membership.id);
	const device = await openDevice(publicDb, membership);
	try {
		await setNetwork(publicDb, true);
		if (!(await deliver(device)) || !(await fill(device, now))) return undefined;
	} finally {
		device.db.close();
	}
	await publicDb.settings.put({ key: KEY, value: { device: membership.device, at: now() } });
	return { membership, fresh: true };
}

/** The day so far. The visit at the closed desk is delivered and refused, the others stay on the phone. */
async function fill(device: Device, now: () => number): Promise<boolean> {
	const [allDesks, allReceptions, stamp] = await Promise.all([
		desks(device.db),
		receptions(device.db),
		readStamp(device)
	]);
	const place = placeNow(allDesks, allReceptions, device.membership.id, undefined, now());
	const today = helsinki(now()).date;
	const desk =
		place.kind === 'at' ? place.desk : place.kind === 'choose' ? place.options[0]?.desk : undefined;
	const closed = allDesks.find(({ closedFrom }) => closedFrom && closedFrom <= today);
	if (!desk || !closed) return false;
	const [first = now(), ...later] = momentsOfToday(4, now());
	await addVisit(device, stamp, visitAtClosedDesk(first, closed), { now: now() });
	if (!(await deliver(device))) return false;
	await setNetwork(device.open, false);
	for (const visit of ordinaryVisits(later, desk)) await addVisit(device, stamp, visit, { now: now() });
	// Fails, and so the phone says from its first moment on that it has no network.
	await flush(device, browserDeps);
	return true;
}

/** Makes sure that the office opens on this device; false: the server could not be reached. */
export async function openOffice(publicDb: PublicDb, deviceName: string): Promise<boolean> {
	const known = officeMemberships(await publicDb.memberships.toArray()).filter(
		({ role }) => role !== 'viewer'
	);
	for (const row of known) {
		if (!row.demo || (await isKnown(row))) return true;
		await publicDb.memberships.delete(row.id);
	}
	return !('failure' in (await enrol(publicDb, DOOR, { door: 'coordinator', deviceName })));
}
