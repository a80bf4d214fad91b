import wasm from '@phi-ag/argon2/argon2.wasm?url&inline';
import { argon2id } from 'hash-wasm';

/** What a key is made of. */
export interface Argon2Request {
	passphrase: string;
	salt: Uint8Array<ArrayBuffer>;
	/** KiB. */
	memory: number;
	passes: number;
	lanes: number;
	bytes: number;
}

type Engine = (request: Argon2Request) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;

/** What the C code of Argon2's authors exports; it imports nothing, so all that it can do is reckon. */
interface Argon2Code {
	memory: WebAssembly.Memory;
	_initialize: () => void;
	malloc: (bytes: number) => number;
	free: (at: number) => void;
	argon2_hash: (...numbers: number[]) => number;
}

const ARGON2ID = 2;
const VERSION = 0x13;

/**
 * By SIMD, in half the time. The package's own JavaScript is left out: it tells the code the length of a passphrase in UTF-16, so that
 * what comes after an `ä` would count for less.
 */
async function vectorEngine(): Promise<Engine> {
	const bytes = Uint8Array.from(atob(wasm.slice(wasm.indexOf(',') + 1)), (char) => char.charCodeAt(0));
	const { instance } = await WebAssembly.instantiate(bytes);
	const code = instance.exports as unknown as Argon2Code;
	code._initialize();
	return ({ passphrase, salt, memory, passes, lanes, bytes: length }) => {
		const taken: number[] = [];
		const room = (size: number) => {
			const at = code.malloc(size);
			taken.push(at);
			return at;
		};
		const put = (given: Uint8Array) => {
			const at = room(given.length);
			new Uint8Array(code.memory.buffer).set(given, at);
			return [at, given.length] as const;
		};
		try {
			const out = room(length);
			const what = [...put(new TextEncoder().encode(passphrase)), ...put(salt), out, length];
			const failed = code.argon2_hash(passes, memory, lanes, ...what, 0, 0, ARGON2ID, VERSION);
			if (failed !== 0) throw new Error(`Argon2 failed: ${failed}`);
			return new Uint8Array(code.memory.buffer).slice(out, out + length);
		} finally {
			taken.forEach(code.free);
		}
	};
}

/** Where a processor or a browser has no SIMD. It lies beside the other: a vault opens without a network, too. */
const plainEngine: Engine = ({ passphrase, salt, memory, passes, lanes, bytes }) =>
	argon2id({
		password: passphrase,
		salt,
		memorySize: memory,
		iterations: passes,
		parallelism: lanes,
		hashLength: bytes,
		outputType: 'binary'
	}) as Promise<Uint8Array<ArrayBuffer>>;

let engine: Promise<Engine> | undefined;

/** Argon2id, on the thread that asks. Throws `WebAssembly.CompileError` where a policy refuses code made from bytes. */
export async function argon2Key(request: Argon2Request): Promise<Uint8Array<ArrayBuffer>> {
	engine ??= vectorEngine().catch((error: unknown) => {
		if (error instanceof WebAssembly.CompileError) return plainEngine;
		throw error;
	});
	return (await engine)(request);
}

/** Compiles the code and takes the memory: half of what a key costs for the first time. */
export async function readyArgon2(memory: number): Promise<void> {
	await argon2Key({ passphrase: 'ready', salt: new Uint8Array(16), memory, passes: 1, lanes: 1, bytes: 32 });
}
