import { newId, newReplica } from '../../../src/lib/domain/ids.ts';
import { nextClock } from '../../../src/lib/domain/clock.ts';
import type { JsonValue } from '../../../src/lib/domain/json.ts';
import type { WireOp } from '../../../src/lib/protocol/sync.ts';
import { wrap, type Carrier } from '../../../src/lib/sync/exchange.ts';
import type { FixtureVisit } from '../support/fixture.ts';
import type { Shot } from './load.ts';

/** A phone as the server sees it, which lays out, compresses and signs with the client's own code. */
export interface Phone {
	carrier: Pick<Carrier, 'sign' | 'headers'>;
	replica: string;
	seq: number;
}

/** Enrols a phone at the demo's door. */
export async function enrolPhone(port: number): Promise<Phone> {
	const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
		'sign',
		'verify'
	]);
	const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key.publicKey);
	const origin = `http://localhost:${port}`;
	const response = await fetch(`${origin}/api/v1/demo`, {
		method: 'POST',
		headers: { origin, 'content-type': 'application/json' },
		body: JSON.stringify({ door: 'adviser', deviceName: 'bench', publicKey: { kty, crv, x, y } })
	});
	if (response.status !== 201) throw new Error(`Not enrolled: ${response.status} ${await response.text()}`);
	const { device, membership } = (await response.json()) as { device: string; membership: string };
	return {
		carrier: {
			sign: async (text) =>
				Buffer.from(
					await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, Buffer.from(text))
				).toString('base64'),
			headers: { 'reppu-device': device, 'reppu-membership': membership, origin }
		},
		replica: newReplica(),
		seq: 0
	};
}

/** One request with these visits, ready to go: the same bytes that a phone would send. */
export async function request(phone: Phone, visits: readonly FixtureVisit[]): Promise<Shot> {
	const ops = visits.map(({ id, now, fields }): WireOp => ({
		opId: newId(now),
		seq: (phone.seq += 1),
		collection: 'visit',
		recordId: id,
		fields: fields as Record<string, JsonValue>,
		clock: nextClock(now, phone.replica),
		schema: 1
	}));
	const { replica, seq: highSeq } = phone;
	const { body, headers } = await wrap({ replica, highSeq, ops }, phone.carrier as Carrier);
	return {
		path: '/api/v1/sync',
		headers: { ...headers, 'accept-encoding': 'gzip, deflate, br' },
		body: Buffer.from(body)
	};
}
