import type { Device } from '../../../src/lib/device/device.ts';
import { openDevice } from '../../../src/lib/device/open-device.ts';
import { PublicDb } from '../../../src/lib/device/public-db.ts';
import { readStamp } from '../../../src/lib/device/stamp.ts';
import { addVisit, type FieldValues } from '../../../src/lib/device/visits.ts';
import { browserDeps } from '../../../src/lib/sync/carrier.ts';
import { enrol } from '../../../src/lib/sync/enrol.ts';
import { flush } from '../../../src/lib/sync/flush.ts';
import type { FixtureVisit } from '../support/fixture.ts';

let device: Device;

const AT_ONCE = 50;

/** A phone that was enrolled and has read what there is, offline since, with these visits in its outbox. */
export async function prepare(round: number, visits: readonly FixtureVisit[]): Promise<void> {
	const open = new PublicDb(`bench-public-${round}`);
	await open.open();
	const enrolled = await enrol(open, '/api/v1/demo', { door: 'adviser', deviceName: 'bench' });
	if (!('membership' in enrolled)) throw new Error(`Not enrolled: ${JSON.stringify(enrolled)}`);
	device = await openDevice(open, enrolled.membership);
	await flush(device, browserDeps);
	// The demo's door enrols without a code; the phone is an ordinary one, without the switch that the demo asks before it sends.
	device = { ...device, membership: { ...device.membership, demo: undefined } };
	const stamp = await readStamp(device);
	// Several at once, only so that the bench is ready sooner.
	for (let first = 0; first < visits.length; first += AT_ONCE) {
		const some = visits.slice(first, first + AT_ONCE);
		await Promise.all(
			some.map(({ id, now, fields }) => addVisit(device, stamp, fields as FieldValues, { id, now }))
		);
	}
}

/** What every trigger of the app starts; ms until the last receipt is a row. */
export async function send(): Promise<number> {
	const start = performance.now();
	const result = await flush(device, browserDeps);
	const time = performance.now() - start;
	if (!result.ok) throw new Error(`Not delivered: ${JSON.stringify(result)}`);
	return time;
}

/** Ops with a receipt; the databases are deleted. */
export async function finish(): Promise<number> {
	const { db, open } = device;
	const sent = (await db.sent.toArray()).reduce((all, { opIds }) => all + opIds.length, 0);
	const delivered = (await db.outbox.count()) === 0 ? sent : 0;
	await db.delete();
	await open.delete();
	return delivered;
}
