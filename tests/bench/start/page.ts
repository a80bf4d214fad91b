import { openPublic } from '../../../src/lib/device/device.ts';
import { openDevice } from '../../../src/lib/device/open-device.ts';
import { readStamp } from '../../../src/lib/device/stamp.ts';
import { addVisit, type FieldValues } from '../../../src/lib/device/visits.ts';
import { browserDeps } from '../../../src/lib/sync/carrier.ts';
import { enrol } from '../../../src/lib/sync/enrol.ts';
import { flush } from '../../../src/lib/sync/flush.ts';
import type { FixtureVisit } from '../support/fixture.ts';

/** A phone in use: enrolled, desks, tour and directory read, a season's visits delivered and today's waiting. */
export async function prepare(
	delivered: readonly FixtureVisit[],
	waiting: readonly FixtureVisit[]
): Promise<void> {
	const open = await openPublic();
	const enrolled = await enrol(open, '/api/v1/demo', { door: 'adviser', deviceName: 'bench' });
	if (!('membership' in enrolled)) throw new Error(`Not enrolled: ${JSON.stringify(enrolled)}`);
	const device = await openDevice(open, enrolled.membership);
	const stamp = await readStamp(device);
	for (const { id, now, fields } of delivered)
		await addVisit(device, stamp, fields as FieldValues, { id, now });
	const result = await flush(device, browserDeps);
	if (!result.ok) throw new Error(`Not delivered: ${JSON.stringify(result)}`);
	for (const { id, now, fields } of waiting)
		await addVisit(device, stamp, fields as FieldValues, { id, now });
	// The demo's door enrols without a code; the phone is an ordinary one, without the bar that the demo shows.
	await open.memberships.update(enrolled.membership.id, { demo: undefined });
	device.db.close();
	open.close();
}
