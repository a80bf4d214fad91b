import { MAX_BODY, MAX_OPS } from './limits.ts';
import { wireOp } from './sync.ts';

/**
 * The body of `POST /api/v1/sealed`: sealed ops and what the server must know before it opens them. Bytes, because base64 would
 * cost a third more. docs/protocol.md §10 has an example byte by byte.
 */

/** `RSO`, and the version. */
const MAGIC = [0x52, 0x53, 0x4f];
const VERSION = 1;
const REPLICA_BYTES = 8;
const ID_BYTES = 16;
/** Bytes of the longest number: `Number.MAX_SAFE_INTEGER` has 53 bits, 7 in each. */
const LONGEST_NUMBER = 8;

export interface SealedOp {
	opId: string;
	seq: number;
	/** The replica that numbered the op, where it is not the frame's. */
	replica?: string | undefined;
	sealed: Uint8Array<ArrayBuffer>;
}

export interface Frame {
	replica: string;
	/** Highest sequence number that this replica ever gave out. */
	highSeq: number;
	ops: SealedOp[];
}

/** Why bytes are no frame. `newer`: made by a newer version. `too_many`: more ops than one request may have. */
export type FrameFault = 'not_a_frame' | 'newer' | 'too_many';

const fromHex = (digits: string) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Little-endian, 7 bits a byte, the highest bit says that more follow. */
function numberBytes(value: number): number[] {
	const bytes: number[] = [];
	let rest = value;
	for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
	return [...bytes, rest];
}

/** A frame of ops that fit; the caller keeps to the limits of a request. */
export function writeFrame({ replica, highSeq, ops }: Frame): Uint8Array<ArrayBuffer> {
	const parts: ArrayLike<number>[] = [
		[...MAGIC, VERSION],
		fromHex(replica),
		numberBytes(highSeq),
		numberBytes(ops.length)
	];
	for (const { opId, seq, replica: other, sealed } of ops) {
		const ownNumber = other === undefined || other === replica;
		parts.push(fromHex(opId.replaceAll('-', '')), numberBytes(seq));
		// Its lowest bit says whether a replica follows.
		parts.push(numberBytes(2 * sealed.length + (ownNumber ? 0 : 1)));
		if (!ownNumber) parts.push(fromHex(other));
		parts.push(sealed);
	}
	const frame = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		frame.set(part, at);
		at += part.length;
	}
	return frame;
}

/** Thrown inside this module only: the bytes end too early, or say what no frame says. */
class NotAFrame extends Error {}

class Reader {
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get atEnd(): boolean {
		return this.#at === this.#bytes.length;
	}

	take(count: number): Uint8Array<ArrayBuffer> {
		if (count > this.#bytes.length - this.#at) throw new NotAFrame();
		this.#at += count;
		return this.#bytes.slice(this.#at - count, this.#at);
	}

	/** A number in as few bytes as it needs: each number has one form. */
	number(): number {
		let value = 0;
		for (let index = 0; index < LONGEST_NUMBER; index += 1) {
			const byte = this.take(1)[0]!;
			value += (byte % 128) * 128 ** index;
			if (byte >= 128) continue;
			if ((byte === 0 && index > 0) || !Number.isSafeInteger(value)) throw new NotAFrame();
			return value;
		}
		throw new NotAFrame();
	}

	replica(): string {
		return toHex(this.take(REPLICA_BYTES));
	}

	id(): string {
		const id = toHex(this.take(ID_BYTES)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
		// Any 16 bytes have this form; not all are a UUID.
		if (!wireOp.shape.opId.safeParse(id).success) throw new NotAFrame();
		return id;
	}
}

/** Reads a frame; every byte of it counts, and none is left over. */
export function readFrame(bytes: Uint8Array): Frame | FrameFault {
	if (bytes.length > MAX_BODY || MAGIC.some((byte, index) => bytes[index] !== byte)) return 'not_a_frame';
	const version = bytes[MAGIC.length];
	if (version !== VERSION) return version !== undefined && version > VERSION ? 'newer' : 'not_a_frame';
	const reader = new Reader(bytes.subarray(MAGIC.length + 1));
	try {
		const replica = reader.replica();
		const highSeq = reader.number();
		const count = reader.number();
		if (count > MAX_OPS) return 'too_many';
		const ops: SealedOp[] = [];
		while (ops.length < count) {
			const opId = reader.id();
			const seq = reader.number();
			if (seq === 0) return 'not_a_frame';
			const length = reader.number();
			const other = length % 2 === 1 ? reader.replica() : undefined;
			if (other === replica) return 'not_a_frame';
			const sealed = reader.take(Math.floor(length / 2));
			ops.push({ opId, seq, ...(other === undefined ? {} : { replica: other }), sealed });
		}
		return reader.atEnd ? { replica, highSeq, ops } : 'not_a_frame';
	} catch (error) {
		if (error instanceof NotAFrame) return 'not_a_frame';
		throw error;
	}
}
