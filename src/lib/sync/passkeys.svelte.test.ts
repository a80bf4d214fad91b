import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { toBase64Url } from '#lib/protocol/base64url.ts';
import { passkeySecret, registerPasskey } from './passkeys.ts';

/** What is used of the browser's own protocol: it holds passkeys that a test can make. */
interface Protocol {
	send: (method: string, parameters?: object) => Promise<{ authenticatorId: string }>;
}

const protocol = () => cdp() as unknown as Protocol;
let authenticator = '';

async function plugIn(hasPrf: boolean) {
	const { authenticatorId } = await protocol().send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
			hasPrf
		}
	});
	authenticator = authenticatorId;
}

/** What the server was sent. */
let sent: Record<string, unknown>[] = [];
const json = (body: object, status = 200) =>
	new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** A server that asks for a passkey and takes whatever comes. */
function serve(excluded: string[] = []) {
	vi.stubGlobal('fetch', async (path: string, { body }: { body?: string } = {}) => {
		if (path === '/api/v1/passkeys/options')
			return json({
				rp: { name: 'Reppu', id: location.hostname },
				user: { id: toBase64Url(new TextEncoder().encode('me')), name: 'me', displayName: 'me' },
				challenge: toBase64Url(crypto.getRandomValues(new Uint8Array(32))),
				pubKeyCredParams: [{ alg: -7, type: 'public-key' }],
				timeout: 60_000,
				excludeCredentials: excluded.map((id) => ({ id, type: 'public-key' })),
				authenticatorSelection: {
					residentKey: 'required',
					requireResidentKey: true,
					userVerification: 'required'
				},
				attestation: 'none'
			});
		const message = JSON.parse(body ?? '{}') as { credential: { id: string } };
		sent.push(message);
		return json({ id: message.credential.id }, 201);
	});
}

beforeEach(async () => {
	sent = [];
	await protocol().send('WebAuthn.enable');
});

afterEach(async () => {
	vi.unstubAllGlobals();
	await protocol().send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: authenticator });
	await protocol().send('WebAuthn.disable');
});

const salt = (fill: number) => new Uint8Array(32).fill(fill);

test('a passkey has one secret for each salt, without the network, and the server is never told it', async () => {
	await plugIn(true);
	serve();
	const made = await registerPasskey({ id: 'm' }, 'My key', { salt: salt(1) });
	if ('failure' in made) throw new Error(made.failure);
	expect(made.prf.available).toBe(true);
	vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
	const first = await passkeySecret([made.id], salt(1));
	const again = await passkeySecret([made.id], salt(1));
	const other = await passkeySecret([made.id], salt(2));
	if ('failure' in first || 'failure' in again || 'failure' in other) throw new Error('no secret');
	expect(first.secret).toHaveLength(32);
	expect(first.roams).toBe(false);
	// Asked for none in particular, it says whose it is.
	expect(await passkeySecret([], salt(1))).toEqual({ ...first, whose: 'me' });
	expect(again).toEqual(first);
	expect(other.secret).not.toEqual(first.secret);
	if (made.prf.secret) expect(made.prf.secret).toEqual(first.secret);
	expect(JSON.stringify(sent)).not.toContain(toBase64Url(first.secret));
	expect(sent).toMatchObject([{ name: 'My key', credential: { id: made.id, type: 'public-key' } }]);
	expect(Object.keys(sent[0]?.['credential'] as object).sort()).toEqual(['id', 'rawId', 'response', 'type']);
});

test('a passkey without such secrets says so, and one that is there already is not made again', async () => {
	await plugIn(false);
	serve();
	const made = await registerPasskey({ id: 'm' }, 'My key', { salt: salt(1) });
	if ('failure' in made) throw new Error(made.failure);
	expect(made.prf).toEqual({ available: false, secret: undefined });
	expect(await passkeySecret([made.id], salt(1))).toEqual({ failure: 'unable' });
	serve([made.id]);
	expect(await registerPasskey({ id: 'm' }, 'Again')).toEqual({ failure: 'exists' });
	expect(sent).toHaveLength(1);
});

test('a server that cannot be reached, or refuses, is told apart, and no passkey is made', async () => {
	await plugIn(true);
	vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
	expect(await registerPasskey({ id: 'm' }, 'My key')).toEqual({ failure: 'offline' });
	vi.stubGlobal('fetch', async () => json({ error: 'sign_in' }, 401));
	expect(await registerPasskey({ id: 'm' }, 'My key')).toEqual({ failure: 'code', code: 'sign_in' });
	expect(await passkeySecret([toBase64Url(salt(9))], salt(1))).toEqual({ failure: 'cancelled' });
});
