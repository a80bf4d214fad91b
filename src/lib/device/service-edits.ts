import type { JsonValue } from '#lib/domain/json.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { SERVICE, SERVICE_SCHEMA } from '#lib/domain/service-record.ts';
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
	for (const piece of pieces(fields)) await writeRecord(device, stamp, target, piece, { seen, now });
}

/** Fields in portions that the server takes as one op each. */
function pieces(fields: Readonly<Record<string, JsonValue>>): Record<string, JsonValue>[] {
	const size = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;
	const found: { fields: Record<string, JsonValue>; bytes: number }[] = [];
	for (const [name, value] of Object.entries(fields)) {
		const bytes = size({ [name]: value });
		let last = found.at(-1);
		if (!last || last.bytes + bytes > MAX_SERVICE_BYTES || Object.keys(last.fields).length === MAX_FIELDS)
			found.push((last = { fields: {}, bytes: 0 }));
		last.fields[name] = value;
		last.bytes += bytes;
	}
	return found.map((piece) => piece.fields);
}
