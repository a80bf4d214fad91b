import { argon2Sync } from 'node:crypto';
import fc from 'fast-check';
import { argon2id } from 'hash-wasm';
import { afterEach, expect, it, vi } from 'vitest';
import { ARGON2 } from './derive.ts';
import { argon2Key, readyArgon2, type Argon2Request } from './argon2-key.ts';

afterEach(() => vi.restoreAllMocks());

const requests = fc.record({
	// Letters of all lengths in UTF-8, and pairs of surrogates.
	passphrase: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
	salt: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => new Uint8Array(bytes)),
	memory: fc.integer({ min: 32, max: 600 }),
	passes: fc.integer({ min: 1, max: 4 }),
	lanes: fc.integer({ min: 1, max: 4 }),
	bytes: fc.constantFrom(16, 32, 64)
});

const byOpenSsl = ({ passphrase, salt, memory, passes, lanes, bytes }: Argon2Request) =>
	argon2Sync('argon2id', {
		message: new TextEncoder().encode(passphrase),
		nonce: salt,
		memory,
		passes,
		parallelism: lanes,
		tagLength: bytes
	});

it('is what OpenSSL makes of the same, whatever is asked', async () => {
	await fc.assert(
		fc.asyncProperty(requests, async (request) => {
			expect(Buffer.from(await argon2Key(request))).toEqual(byOpenSsl(request));
		}),
		{ numRuns: 150 }
	);
});

it('is the key with which vaults were made before, one after the other in the same memory', async () => {
	await readyArgon2(ARGON2.memory);
	for (const passphrase of ['kalo tuvi pohu remu', 'yö älä äiti öljy']) {
		const salt = new Uint8Array(16).fill(passphrase.length);
		const before = await argon2id({
			password: passphrase,
			salt,
			memorySize: ARGON2.memory,
			iterations: ARGON2.passes,
			parallelism: ARGON2.lanes,
			hashLength: 32,
			outputType: 'binary'
		});
		expect(await argon2Key({ ...ARGON2, passphrase, salt, bytes: 32 })).toEqual(before);
	}
});

it('is the same where there is no SIMD', async () => {
	vi.resetModules();
	const compiling = vi
		.spyOn(WebAssembly, 'instantiate')
		.mockRejectedValueOnce(new WebAssembly.CompileError('no SIMD'));
	const elsewhere = await import('./argon2-key.ts');
	const request = { ...ARGON2, memory: 64, passphrase: 'öljy', salt: new Uint8Array(16), bytes: 32 };
	expect(Buffer.from(await elsewhere.argon2Key(request))).toEqual(byOpenSsl(request));
	expect(compiling.mock.calls.length).toBeGreaterThan(1);
});
