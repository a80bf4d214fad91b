import type { JsonValue } from '#lib/domain/json.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { SERVICE, SERVICE_SCHEMA, withBefore } from '#lib/domain/service-record.ts';
import { MAX_FIELDS, MAX_SERVICE_BYTES } from '#lib/protocol/limits.ts';
import type { Device } from './device.ts';
import type { Stamp } from './stamp.ts';
import { writeRecord } from './write-record.ts';

/**
 * Writes fields of a directory entry, as one op or, where it is too much for one, as several. Saved here; it goes out like everything else.
 *
 * @param seen the entry as its author saw it: what came in since is not written over but stands beside it
 */
export async function changeService(
	device: Device,
	stamp: Stamp,
	id: string,
	fields: Readonly<Record<string, JsonValue>>,
	seen: RecordState,
	now = Date.now()
): Promise<void> {
	const target = { collection: SERVICE, recordId: id, schema: SERVICE_SCHEMA };
	for (const piece of pieces(fields, seen)) await writeRecord(device, stamp, target, piece, { seen, now });
}

/** Fields in portions that the server takes as one op each, every field together with what it said before, where there is room for it. */
function pieces(fields: Readonly<Record<string, JsonValue>>, seen: RecordState): Record<string, JsonValue>[] {
	const size = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;
	const found: { fields: Record<string, JsonValue>; bytes: number }[] = [];
	for (const [name, value] of Object.entries(fields)) {
		const whole = withBefore({ [name]: value }, seen);
		const unit = size(whole) > MAX_SERVICE_BYTES ? { [name]: value } : whole;
		const bytes = size(unit);
		const last = found.at(-1);
		const names = Object.keys({ ...last?.fields, ...unit }).length;
		if (last && last.bytes + bytes <= MAX_SERVICE_BYTES && names <= MAX_FIELDS) {
			Object.assign(last.fields, unit);
			last.bytes += bytes;
		} else found.push({ fields: unit, bytes });
	}
	return found.map((piece) => piece.fields);
}
