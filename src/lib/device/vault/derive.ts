import { startWorker } from '#lib/trusted-worker.ts';
import type { Argon2Request } from './argon2-key.ts';
import url from './argon2-worker.ts?worker&url';
import type { Derivation } from './vault-row.ts';

/** 64 MiB, three passes: more than OWASP's ASVS 5.0 asks (appendix C: 46 MiB, one pass); a second on a processor four times slower. */
export const ARGON2 = {
	name: 'argon2id',
	memory: 64 * 1024,
	passes: 3,
	lanes: 1
} as const satisfies Derivation;
/** Where the browser refuses WebAssembly: the floor of the same appendix. */
export const PBKDF2: Derivation = { name: 'pbkdf2-sha256', rounds: 600_000 };

/** Bytes of a key, and of a salt. */
const KEY = 32;
export const SALT = 16;

/** Thrown where a wrap was made by WebAssembly and this browser refuses it. */
export class NoWebAssembly extends Error {
	constructor() {
		super('This browser refuses WebAssembly.');
		this.name = 'NoWebAssembly';
	}
}

/** Letters that look the same are the same, however the keyboard makes them; spaces around and between words count once. */
const normal = (passphrase: string) => passphrase.normalize('NFKC').trim().replace(/\s+/g, ' ');

/** The key that a passphrase stands for. Argon2id runs in a worker of its own: the page stays awake for the second it takes. */
export async function derive(
	passphrase: string,
	salt: Uint8Array<ArrayBuffer>,
	derivation: Derivation
): Promise<Uint8Array<ArrayBuffer>> {
	const text = normal(passphrase);
	if (derivation.name === 'pbkdf2-sha256') {
		const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(text), 'PBKDF2', false, [
			'deriveBits'
		]);
		const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: derivation.rounds };
		return new Uint8Array(await crypto.subtle.deriveBits(parameters, secret, KEY * 8));
	}
	const { memory, passes, lanes } = derivation;
	const bytes = await inWorker({ passphrase: text, salt, memory, passes, lanes, bytes: KEY });
	if (!bytes) throw new NoWebAssembly();
	return bytes;
}

/** Whether this browser runs Argon2id; else new wraps are made by PBKDF2. */
export async function bestDerivation(): Promise<Derivation> {
	const probe = {
		passphrase: 'probe',
		salt: new Uint8Array(SALT),
		memory: 8,
		passes: 1,
		lanes: 1,
		bytes: KEY
	};
	return (await inWorker(probe)) ? ARGON2 : PBKDF2;
}

const start = () => startWorker('app-vault-worker', url);
/** A worker that has compiled its code and taken its memory, and waits. */
let waiting: Worker | undefined;

/**
 * Makes ready what derives a key, while its user still types the passphrase: that is half of the time. It holds 64 MiB from then on, which a
 * phone in somebody's pocket has a better use for: not before the first letter is there.
 *
 * @returns what ends it where no key was asked for
 */
export function prepareDerivation(): () => void {
	const worker = (waiting ??= start());
	const end = () => {
		if (waiting !== worker) return;
		waiting = undefined;
		worker.terminate();
	};
	// Whoever needs a key starts another one, and hears why that fails.
	worker.onerror = (event) => {
		event.preventDefault();
		end();
	};
	worker.postMessage(ARGON2.memory);
	return end;
}

/** The worker answers with the key's bytes, or with nothing where WebAssembly is refused. */
function inWorker(request: Argon2Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const worker = waiting ?? start();
	waiting = undefined;
	return new Promise<Uint8Array<ArrayBuffer> | undefined>((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer> | undefined>) => resolve(data);
		worker.onerror = (event) => {
			event.preventDefault();
			reject(new Error('The worker for the passphrase did not start.'));
		};
		worker.postMessage(request);
	}).finally(() => worker.terminate());
}
