import type { JsonValue } from '#lib/domain/json.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { Phone } from './server.ts';

/** An op of a phone on a record of any collection, of a new one unless `more` names one. */
export const opOf = (
	phone: Phone,
	collection: string,
	fields: Record<string, JsonValue>,
	more: object = {}
): WireOp => ({ ...phone.visit(), collection, fields, ...more });

/** A record as a phone is given it, with the part that it belongs to; undefined where it is not. */
export async function recordOf(phone: Phone, id: string, of?: string) {
	const found = (await phone.readAll()).findLast(
		({ recordId, collection }) => recordId === id && (of === undefined || collection === of)
	);
	return found && { part: found.part, values: shownValues(found.state as RecordState) };
}
