import { argon2Key, readyArgon2, type Argon2Request } from './argon2-key.ts';

/** Derives one key and is ended: its memory goes with it. A number: it takes so much memory, KiB, and waits. */
self.onmessage = async ({ data }: MessageEvent<Argon2Request | number>) => {
	try {
		if (typeof data === 'number') await readyArgon2(data);
		else self.postMessage(await argon2Key(data));
	} catch (error) {
		// The browser's own word for a policy against code made from bytes.
		if (typeof WebAssembly !== 'undefined' && !(error instanceof WebAssembly.CompileError))
			return reportError(error);
		if (typeof data !== 'number') self.postMessage(undefined);
	}
};
