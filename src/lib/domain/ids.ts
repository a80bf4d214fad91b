/**
 * Ids are made on the device and final from the start (design.md §4). They are UUIDv7 (RFC 9562), because ids that
 * grow with time are written three times faster by the server's database than random ones; nothing relies on their order.
 */

export type FillRandom = (bytes: Uint8Array) => Uint8Array;

/** `crypto.getRandomValues`: present on plain http too, where `crypto.randomUUID` is missing. */
const secureRandom: FillRandom = (bytes) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A new UUIDv7. `now`: ms since 1970 (only used for locality, never for ordering). */
export function newId(now: number = Date.now(), random: FillRandom = secureRandom): string {
	const time = Math.max(0, Math.floor(now)).toString(16).padStart(12, '0').slice(-12);
	const tail = random(new Uint8Array(10));
	tail[0] = (tail[0]! & 0x0f) | 0x70;
	tail[2] = (tail[2]! & 0x3f) | 0x80;
	const rest = hex(tail);
	return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
}

/** A new replica id: 64 random bits as 16 hex digits, one for each device database ever created. */
export function newReplica(random: FillRandom = secureRandom): string {
	return hex(random(new Uint8Array(8)));
}
