import type { Op } from '#lib/domain/record.ts';
import { SERVICE } from '#lib/domain/service-record.ts';
import type { Device } from './device.ts';
import { unseal, type OpBody } from './rows.ts';
import { opsOf } from './sent-ops.ts';

/** What this device has written of an entry and still keeps: what waits, and what was sent since the last backup. */
export async function serviceOps(
	{ db }: Pick<Device, 'db'>,
	id: string
): Promise<Pick<Op, 'opId' | 'clock' | 'fields'>[]> {
	const [waiting, sent] = await Promise.all([
		db.outbox.filter((row) => row.collection === SERVICE && row.recordId === id).toArray(),
		db.sent.where('records').equals(id).toArray()
	]);
	const delivered = await Promise.all(sent.map((row) => opsOf(db, row)));
	return [
		...waiting.map((row) => ({ ...unseal<OpBody>(row), opId: row.opId })),
		...delivered.flat().filter((op) => op.collection === SERVICE && op.recordId === id)
	];
}
