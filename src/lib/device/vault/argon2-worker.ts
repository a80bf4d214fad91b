import { argon2id } from 'hash-wasm';
import type { Argon2Request } from './derive.ts';

/** Derives one key and ends: its memory goes with it. */
self.onmessage = async ({ data }: MessageEvent<Argon2Request>) => {
	const { passphrase, salt, memory, passes, lanes, bytes } = data;
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
		self.postMessage(key);
	} catch (error) {
		// The browser's own word for a policy against code made from bytes.
		if (error instanceof WebAssembly.CompileError || typeof WebAssembly === 'undefined')
			self.postMessage(undefined);
		else throw error;
	}
};
