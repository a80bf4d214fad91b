import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { nextClock } from '#lib/domain/clock.ts';
import { newId, newReplica } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { WireOp } from '#lib/protocol/sync.ts';

/** A device's key pair, the public half as an enrolment sends it. */
export function newDeviceKey(): { jwk: object; key: KeyObject } {
	const { publicKey, privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
	return { jwk: { kty, crv, x, y }, key };
}

/** A phone that says to a running server whatever it is told to say. */
export class HttpPhone {
	readonly #url: string;
	readonly #key: KeyObject;
	readonly #device: string;
	readonly membership: string;
	readonly cookie: string;
	readonly #replica = newReplica();
	#seq = 0;

	private constructor(
		url: string,
		key: KeyObject,
		enrolled: { device: string; membership: string },
		cookie: string
	) {
		this.#url = url;
		this.#key = key;
		this.#device = enrolled.device;
		this.membership = enrolled.membership;
		this.cookie = cookie;
	}

	/** Enrols by a door of the demo. */
	static enrol(url: string, door: 'adviser' | 'coordinator'): Promise<HttpPhone> {
		return HttpPhone.#enter(url, '/api/v1/demo', { door });
	}

	/** Enrols by a one-time code. */
	static redeem(url: string, code: string): Promise<HttpPhone> {
		return HttpPhone.#enter(url, '/api/v1/enrolments', { code });
	}

	static async #enter(url: string, path: string, by: Record<string, string>): Promise<HttpPhone> {
		const { jwk, key } = newDeviceKey();
		const answer = await fetch(url + path, {
			method: 'POST',
			headers: { origin: url, 'content-type': 'application/json' },
			body: JSON.stringify({ ...by, deviceName: 'test', publicKey: jwk })
		});
		if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
		const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
		return new HttpPhone(url, key, (await answer.json()) as { device: string; membership: string }, cookie);
	}

	op(collection: string, fields: Record<string, JsonValue>, recordId = newId()): WireOp {
		this.#seq += 1;
		return {
			opId: newId(),
			seq: this.#seq,
			collection,
			recordId,
			fields,
			clock: nextClock(Date.now(), this.#replica),
			schema: 1
		};
	}

	visit(fields: Record<string, JsonValue> = {}): WireOp {
		return this.op('visit', {
			at: new Date().toISOString(),
			desk: null,
			topics: ['work'],
			language: 'ar',
			...fields
		});
	}

	headers(body: string): Record<string, string> {
		const sha = createHash('sha256').update(body).digest('hex');
		const text = ['POST', '/api/v1/sync', this.#replica, sha].join('\n');
		return {
			origin: this.#url,
			'content-type': 'application/json',
			cookie: this.cookie,
			'reppu-device': this.#device,
			'reppu-membership': this.membership,
			'reppu-signature': sign('sha256', Buffer.from(text), {
				key: this.#key,
				dsaEncoding: 'ieee-p1363'
			}).toString('base64')
		};
	}

	/** Asks for something else than to sync, as whoever is signed in on it. */
	ask(path: string, body?: object): Promise<Response> {
		return fetch(this.#url + path, {
			method: body ? 'POST' : 'GET',
			headers: {
				origin: this.#url,
				cookie: this.cookie,
				'reppu-membership': this.membership,
				...(body ? { 'content-type': 'application/json' } : {})
			},
			...(body ? { body: JSON.stringify(body) } : {})
		});
	}

	/** Invites somebody; gives the code. */
	async invite(name: string, role: 'adviser' | 'coordinator'): Promise<string> {
		const answer = await this.ask('/api/v1/invitations', { name, role, delivery: 'face-to-face' });
		if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
		return ((await answer.json()) as { code: string }).code;
	}

	/** Delivers ops; `headers` come on top of a phone's own. */
	send(ops: WireOp[], headers: Record<string, string> = {}): Promise<Response> {
		const body = JSON.stringify({ protocol: 1, replica: this.#replica, highSeq: this.#seq, ops });
		return fetch(`${this.#url}/api/v1/sync`, {
			method: 'POST',
			headers: { ...this.headers(body), ...headers },
			body
		});
	}
}
