import { newId } from '#lib/domain/ids.ts';
import { LANGUAGE_HELP, LANGUAGE_HELP_SCHEMA } from '#lib/domain/language-help-records.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { sameJson } from '#lib/domain/same-json.ts';
import type { Device } from '#lib/device/device.ts';
import type { FieldValues } from '#lib/device/ops.ts';
import type { Stamp } from '#lib/device/stamp.ts';
import { writeRecord } from '#lib/device/write-record.ts';

/** Language help is written like visits: on this device first. Only a coordinator's change has an effect. */

/**
 * Writes fields of language help that has this id, or is to have it. Only what differs from what its author saw is written, so that two who work at once write
 * over nothing that the other did.
 */
export async function writeHelp(
	device: Device,
	stamp: Stamp,
	id: string,
	fields: FieldValues,
	seen: RecordState | undefined
): Promise<void> {
	const before = seen && shownValues(seen);
	const changed = Object.fromEntries(
		Object.entries(fields).filter(([name, value]) => !before || !sameJson(value, before[name] ?? null))
	);
	const target = { collection: LANGUAGE_HELP, recordId: id, schema: LANGUAGE_HELP_SCHEMA };
	await writeRecord(device, stamp, target, changed, { now: Date.now(), ...(seen && { seen }) });
}

/** The id of new language help, made when its form opens: a second try makes no second one. */
export const newHelpId = (): string => newId(Date.now());
