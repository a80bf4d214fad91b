import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { askServer, noContent, type ApiFailure } from './api.ts';

const membership = { id: '01980000-0000-7000-8000-000000000001' };
const number = z.object({ n: z.int() });

const json = (body: unknown, status = 200) => Response.json(body, { status });
const page = (status = 200) =>
	new Response('<p>Sign in to the network', { status, headers: { 'content-type': 'text/html' } });

describe('asking the server', () => {
	test('names the membership, keeps to its own origin and parses the answer', async () => {
		let asked: { url: unknown; init: RequestInit | undefined } | undefined;
		const answer = await askServer(
			membership,
			{ path: '/api/v1/x', method: 'POST', body: { a: 1 } },
			number,
			async (url, init) => {
				asked = { url, init };
				return json({ n: 3, more: 'of a newer server' });
			}
		);
		expect(answer).toEqual({ ok: true, value: { n: 3 } });
		expect(asked?.url).toBe('/api/v1/x');
		expect(asked?.init).toMatchObject({
			method: 'POST',
			body: '{"a":1}',
			credentials: 'same-origin',
			headers: { 'reppu-membership': membership.id, 'content-type': 'application/json' }
		});
	});

	test('takes an answer without a body where none is due', async () => {
		const answer = await askServer(
			membership,
			{ path: '/x', method: 'DELETE' },
			noContent,
			async () => new Response(null, { status: 204 })
		);
		expect(answer).toEqual({ ok: true, value: undefined });
	});

	test.each<[string, () => Response, ApiFailure]>([
		['a session that has ended', () => json({ error: 'sign_in' }, 401), 'sign_in'],
		['a revoked device', () => json({ error: 'device_revoked' }, 403), 'sign_in'],
		['a role that does not cover it', () => json({ error: 'not_allowed' }, 403), 'not_allowed'],
		['what is not there', () => json({ error: 'not_found' }, 404), 'missing'],
		['tries that were too many', () => json({ error: 'too_many_tries' }, 429), 'often'],
		['a busy server', () => json({ error: 'busy' }, 503), 'other'],
		['a code of a newer server', () => json({ error: 'out_of_tea' }, 418), 'other'],
		['an answer of another form', () => json({ n: 'three' }), 'other'],
		['a broken gateway', () => page(502), 'other'],
		['a captive portal', () => page(), 'offline'],
		['a page that is not there', () => page(404), 'offline'],
		[
			'half an answer',
			() => new Response('{"n":', { headers: { 'content-type': 'application/json' } }),
			'offline'
		]
	])('%s', async (_, respond, failure) => {
		const answer = await askServer(membership, { path: '/x' }, number, async () => respond());
		expect(answer).toEqual({ ok: false, failure });
	});

	test('a network that does not carry', async () => {
		const answer = await askServer(membership, { path: '/x' }, number, () =>
			Promise.reject(new TypeError('Failed to fetch'))
		);
		expect(answer).toEqual({ ok: false, failure: 'offline' });
	});
});
