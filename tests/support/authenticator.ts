import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();

/** Flags of authenticator data (W3C Web Authentication §6.1). */
const FLAGS = { present: 0x01, verified: 0x04, synced: 0x08, backedUp: 0x10, made: 0x40 };

export interface Conditions {
	/** Where its browser thinks it is. */
	origin?: string;
	rpId?: string;
	/** Whether its user has opened it. */
	verified?: boolean;
	/** How often it says it has signed. */
	counter?: number;
	crossOrigin?: boolean;
}

/** A passkey in software, as a phone or a key on a ring would have it. */
export class Authenticator {
	readonly id = randomBytes(16);
	readonly #key: KeyObject;
	readonly #cose: Buffer;
	counter = 0;
	handle = '';

	constructor() {
		const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
		this.#key = privateKey;
		// COSE_Key: EC2, ES256, P-256, and the coordinates.
		this.#cose = Buffer.concat([
			Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
			Buffer.from(x, 'base64url'),
			Buffer.from([0x22, 0x58, 0x20]),
			Buffer.from(y, 'base64url')
		]);
	}

	/** What a browser sends for `PublicKeyCredentialCreationOptionsJSON`. */
	make(
		{ challenge, rp, user }: { challenge: string; rp: { id: string }; user: { id: string } },
		conditions: Conditions = {}
	) {
		this.handle = user.id;
		const size = Buffer.alloc(2);
		size.writeUInt16BE(this.id.length);
		const made = Buffer.concat([Buffer.alloc(16), size, this.id, this.#cose]);
		const data = Buffer.concat([this.#data(rp.id, FLAGS.made, conditions), made]);
		const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
		// {"fmt": "none", "attStmt": {}, "authData": bytes}
		const attestationObject = Buffer.concat([
			Buffer.from([0xa3]),
			text('fmt'),
			text('none'),
			text('attStmt'),
			Buffer.from([0xa0]),
			text('authData'),
			Buffer.from([0x58, data.length]),
			data
		]);
		return {
			...this.#names(),
			response: {
				clientDataJSON: b64(this.#client('webauthn.create', challenge, conditions)),
				attestationObject: b64(attestationObject),
				transports: ['internal']
			}
		};
	}

	/** What a browser sends for `PublicKeyCredentialRequestOptionsJSON`. */
	sign({ challenge, rpId }: { challenge: string; rpId: string }, conditions: Conditions = {}) {
		this.counter = conditions.counter ?? this.counter + 1;
		const data = this.#data(rpId, 0, conditions);
		const client = this.#client('webauthn.get', challenge, conditions);
		return {
			...this.#names(),
			response: {
				clientDataJSON: b64(client),
				authenticatorData: b64(data),
				signature: b64(sign('sha256', Buffer.concat([data, sha256(client)]), this.#key)),
				userHandle: this.handle
			}
		};
	}

	#names() {
		return { id: b64(this.id), rawId: b64(this.id), type: 'public-key' as const };
	}

	#data(rpId: string, more: number, { rpId: other = rpId, verified = true }: Conditions): Buffer {
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(this.counter);
		const flags = FLAGS.present | (verified ? FLAGS.verified : 0) | more;
		return Buffer.concat([sha256(other), Buffer.from([flags]), counter]);
	}

	#client(
		type: string,
		challenge: string,
		{ origin = 'http://localhost:3000', crossOrigin = false }: Conditions
	) {
		return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }));
	}
}
