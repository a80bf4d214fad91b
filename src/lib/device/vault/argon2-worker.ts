import { argon2id } from 'hash-wasm';
import type { Argon2Request } from './derive.ts';

/** As little as there is: it compiles the code. */
const LEAST: Argon2Request = {
	passphrase: 'ready',
	salt: new Uint8Array(16),
	memory: 8,
	passes: 1,
	lanes: 1,
	bytes: 32
};

/** Derives one key and is ended: its memory goes with it. */
self.onmessage = async ({ data }: MessageEvent<Argon2Request | undefined>) => {
	const { passphrase, salt, memory, passes, lanes, bytes } = data ?? LEAST;
	try {
		const key = await argon2id({
			password: passphrase,
			salt,
			memorySize: memory,
			iterations: passes,
			parallelism: lanes,
			hashLength: bytes,
			outputType: 'binary'
		});
		if (data) self.postMessage(key);
	} catch (error) {
		// The browser's own word for a policy against code made from bytes.
		if (typeof WebAssembly !== 'undefined' && !(error instanceof WebAssembly.CompileError)) throw error;
		if (data) self.postMessage(undefined);
	}
};
