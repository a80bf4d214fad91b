import { openPublic } from '../../../src/lib/device/device.ts';
import { openDevice } from '../../../src/lib/device/open-device.ts';
import { browserDeps } from '../../../src/lib/sync/carrier.ts';
import { enrol } from '../../../src/lib/sync/enrol.ts';
import { flush } from '../../../src/lib/sync/flush.ts';

/** A phone as any other, without the bar and the switch of the demo; it has read nothing yet. */
export async function enrolPhone(): Promise<void> {
	const open = await openPublic();
	const enrolled = await enrol(open, '/api/v1/demo', { door: 'adviser', deviceName: 'bench' });
	if (!('membership' in enrolled)) throw new Error(`Not enrolled: ${JSON.stringify(enrolled)}`);
	await open.memberships.update(enrolled.membership.id, { demo: undefined });
	open.close();
}

/** Everything that the server has, read without the app around it. Says how many visits are here then, and how long it took. */
export async function pull(): Promise<{ visits: number; ms: number }> {
	const open = await openPublic();
	const [membership] = await open.memberships.toArray();
	const device = await openDevice(open, membership!);
	const start = performance.now();
	const result = await flush(device, browserDeps);
	const ms = performance.now() - start;
	if (!result.ok) throw new Error(`Not read: ${JSON.stringify(result)}`);
	const visits = await device.db.visits.count();
	device.db.close();
	open.close();
	return { visits, ms };
}

/** How many visits are here now. */
export async function count(): Promise<number> {
	const open = await openPublic();
	const [membership] = await open.memberships.toArray();
	const device = await openDevice(open, membership!);
	const visits = await device.db.visits.count();
	device.db.close();
	open.close();
	return visits;
}
