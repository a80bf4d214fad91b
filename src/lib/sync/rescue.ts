import type { Device } from '#lib/device/device.ts';
import { nextBatch, sealedOp, wireOp } from './batch.ts';
import { DEVICE_HEADER, MEMBERSHIP_HEADER } from './carrier.ts';
import { exchange, wrap, wrapSealed, type Carrier, type Failure, type Parcel } from './exchange.ts';
import { base64ToBytes, bytesToBase64, type Rescue } from './rescue-file.ts';

/** Ops in one request of a rescue file: a few, so that one which is refused as a whole takes few along. */
const OPS = 100;

/**
 * Everything that waits on this device, in requests as it would send them: what cannot be read here, because the vault is locked or its
 * passphrase was forgotten, as it was sealed to the server. Nothing on the device changes.
 */
export async function packRescue(device: Device, carrier: Carrier, now = Date.now()): Promise<Rescue> {
	const { organisationName, name: member, id: membership, device: id } = device.membership;
	const requests: Rescue['requests'] = [];
	const visits = new Set<string>();
	const packed = new Set<string>();
	for (const sealed of device.db.guard?.locked ? [true] : [false, true]) {
		let after: number | undefined;
		for (let more = true; more;) {
			const batch = await nextBatch(device, OPS, packed, after, sealed);
			more = batch.more;
			after = batch.last;
			if (batch.rows.length === 0) continue;
			for (const { row } of batch.rows) {
				packed.add(row.opId);
				visits.add(row.about ?? row.recordId);
			}
			const { replica, highSeq, rows } = batch;
			const parcel = sealed
				? await wrapSealed({ replica, highSeq, ops: rows.map(sealedOp) }, carrier)
				: await wrap({ replica, highSeq, ops: rows.map(({ row, seq }) => wireOp(row, seq)) }, carrier);
			requests.push(requestOf(parcel, replica, rows.length));
		}
	}
	return { organisationName, member, membership, device: id, madeAt: now, visits: visits.size, requests };
}

function requestOf(
	{ body, gzipped, sealed, headers }: Parcel,
	replica: string,
	ops: number
): Rescue['requests'][number] {
	const signature = headers['reppu-signature'] ?? '';
	return { replica, ops, ...(sealed ? { sealed } : {}), gzipped, signature, body: bytesToBase64(body) };
}

/** What became of a rescue file at the server. */
export interface Delivered {
	/** Ops with their effect, now or because they had arrived before. */
	arrived: number;
	/** Ops that the server did not accept: they are in the coordinator's queue. */
	rejected: number;
	/** Ops of which nothing was decided: the same file can be brought again. */
	left: number;
	failure?: Failure;
}

/** Brings the requests of a rescue file to the server, one after the other, until one does not get through. */
export async function deliverRescue(
	{ requests, device, membership }: Rescue,
	send: Carrier['fetch']
): Promise<Delivered> {
	const done: Delivered = { arrived: 0, rejected: 0, left: requests.reduce((sum, { ops }) => sum + ops, 0) };
	const carrier: Carrier = { fetch: send, mayCarry: async () => true, sign: async () => '', headers: {} };
	for (const { body, gzipped, sealed = false, signature } of requests) {
		const parcel = {
			sealed,
			body: base64ToBytes(body),
			gzipped,
			headers: {
				'content-type': sealed ? 'application/octet-stream' : 'application/json',
				...(gzipped ? { 'content-encoding': 'gzip' } : {}),
				[DEVICE_HEADER]: device,
				[MEMBERSHIP_HEADER]: membership,
				'reppu-signature': signature
			}
		};
		const result = await exchange(Promise.resolve(parcel), carrier);
		if ('failure' in result) return { ...done, failure: result.failure };
		for (const { outcome } of result.answer.receipts) {
			if (outcome === 'later') continue;
			done[outcome === 'rejected' ? 'rejected' : 'arrived'] += 1;
			done.left -= 1;
		}
	}
	return done;
}
