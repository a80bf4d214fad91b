import { describe, expect, it } from 'vitest';
import { compressed, unlessKnown } from './page-answer.ts';

const asks = (encoding?: string) =>
	new Request('http://localhost/', { headers: encoding ? { 'accept-encoding': encoding } : {} });
const page = () =>
	new Response('<p>مرحبا</p>'.repeat(500), {
		status: 404,
		headers: { 'content-type': 'text/html; charset=utf-8', etag: '"one"', vary: 'accept-language' }
	});

it('compresses a page and keeps what it says', async () => {
	const answer = compressed(asks('br, gzip;q=0.8'), page());
	expect(answer.status).toBe(404);
	expect(answer.headers.get('content-encoding')).toBe('gzip');
	expect(answer.headers.get('vary')).toBe('accept-language, accept-encoding');
	expect(answer.headers.get('etag')).toBe('W/"one"');
	const bytes = await answer.arrayBuffer();
	expect(bytes.byteLength).toBeLessThan(400);
	const text = await new Response(
		new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
	).text();
	expect(text).toBe(await page().text());
});

it('compresses a calendar', () => {
	const calendar = new Response('BEGIN:VCALENDAR', {
		headers: { 'content-type': 'text/calendar; charset=utf-8' }
	});
	expect(compressed(asks('gzip'), calendar).headers.get('content-encoding')).toBe('gzip');
});

it('leaves alone what is no page, has no body, or is asked for as it is', () => {
	const json = Response.json({ ok: true });
	expect(compressed(asks('gzip'), json)).toBe(json);
	const unchanged = new Response(null, { status: 304, headers: { 'content-type': 'text/html' } });
	expect(compressed(asks('gzip'), unchanged)).toBe(unchanged);
	const plain = page();
	expect(compressed(asks(), plain)).toBe(plain);
});

describe('a page that the browser has', () => {
	const response = () =>
		new Response('page', { headers: { etag: '"a"', 'cache-control': 'public, max-age=300' } });
	const answer = (header: string) =>
		unlessKnown(new Request('https://reppu.example/s', { headers: { 'if-none-match': header } }), response());

	it.each(['"a"', 'W/"a"', '"b", W/"a"'])('is not sent again to one that knows %s', async (header) => {
		const short = answer(header);
		expect([short.status, await short.text(), short.headers.get('etag')]).toEqual([304, '', '"a"']);
		expect(short.headers.get('cache-control')).toBe('public, max-age=300');
	});

	it.each(['', '"b"', 'a'])('is sent to one that knows "%s"', (header) => {
		expect(answer(header).status).toBe(200);
	});
});
