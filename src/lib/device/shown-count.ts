import { helsinki } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { SERVICE_SHOWN, serviceShown, SHOWN_SCHEMA } from '#lib/domain/service-shown.ts';
import type { Device } from './device.ts';
import { unseal } from './rows.ts';
import type { Stamp } from './stamp.ts';
import { writeRecord } from './write-record.ts';

/** A count is written at most so often, ms: what is shown meanwhile goes along with the next. */
const PAUSE = 60_000;

/** What this page has counted and not written yet, by entry and language. */
const open = new Map<string, { times: number; writtenAt: number }>();

/** A client was shown text of this entry that a machine has translated and nobody has checked. */
export async function countShown(
	device: Device,
	stamp: Stamp,
	service: string,
	language: string,
	now = Date.now()
): Promise<void> {
	const key = `${device.membership.id} ${service} ${language}`;
	const entry = open.get(key) ?? { times: 0, writtenAt: Number.NEGATIVE_INFINITY };
	open.set(key, entry);
	entry.times += 1;
	if (now - entry.writtenAt < PAUSE) return;
	const { times } = entry;
	Object.assign(entry, { times: 0, writtenAt: now });
	await write(device, stamp, { service, language, day: helsinki(now).date }, times, now);
}

async function write(
	device: Device,
	stamp: Stamp,
	counted: { service: string; language: string; day: string },
	times: number,
	now: number
): Promise<void> {
	const { db } = device;
	const rows = await db.records.where('collection').equals(SERVICE_SHOWN).toArray();
	const known = rows.map((row) => ({
		id: row.id,
		values: serviceShown.safeParse(shownValues(unseal<RecordState>(row))).data
	}));
	// What was counted on other days lies on the server, or waits in the outbox.
	const old = known.filter(({ values }) => values?.day !== counted.day);
	await db.records.bulkDelete(old.map(({ id }): [string, string] => [SERVICE_SHOWN, id]));
	const here = known.find(
		({ values }) =>
			values?.day === counted.day &&
			values.service === counted.service &&
			values.language === counted.language
	);
	const target = { collection: SERVICE_SHOWN, recordId: here?.id ?? newId(now), schema: SHOWN_SCHEMA };
	const count = (here?.values?.count ?? 0) + times;
	await writeRecord(device, stamp, target, { ...counted, count }, { about: '', now });
}
