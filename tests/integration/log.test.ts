import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { HttpPhone } from '../support/http-phone.ts';
import { rawAnswer } from '../support/raw-answer.ts';

/** Would be a line of its own, an order to a terminal, and an object that looks like ours. */
const CANARY = 'salasanahauki';
const HOSTILE = [
	`${CANARY}\n{"level":50,"msg":"${CANARY}"}`,
	`\u001b[31m${CANARY}\u001b[2J`,
	`"},{"level":50,"msg":"${CANARY}`,
	`${CANARY}\u202e\u2028`
];

describe.skipIf(!hasBuild())('the log', () => {
	const server = new BuiltServer({ LOG_LEVEL: 'debug' });
	beforeAll(() => server.start(), 60_000);
	afterAll(() => server.remove());

	it('is lines of JSON with a time in UTC, and nothing that anybody sent is in it [fault 98]', async () => {
		const phone = await HttpPhone.enrol(server.url, 'coordinator');
		const session = { cookie: phone.cookie, 'reppu-membership': phone.membership, origin: server.url };
		const json = { ...session, 'content-type': 'application/json' };
		const post = (path: string, body: object) =>
			rawAnswer(`${server.url}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
		for (const text of HOSTILE) {
			const at = new Date().toISOString();
			const note = { 'notes/01890a5d-ac96-774b-bcce-b302099a8057': { text, at } };
			const visits = [
				phone.visit({ topicText: text, ...note }),
				phone.visit({ at: text }),
				phone.op(CANARY, { x: text })
			];
			expect((await phone.send(visits)).status).toBe(200);
			await phone.send([phone.visit()], { 'reppu-signature': CANARY });
			await phone.send([phone.visit()], { origin: `https://${CANARY}.example` });
			await post('/api/v1/enrolments', { code: text, deviceName: text, publicKey: {} });
			await post('/api/v1/invitations', { name: text, role: text });
			await post('/api/v1/imports', { source: text });
			const encoded = encodeURIComponent(text);
			for (const path of [
				`/api/v1/${encoded}`,
				`/api/v1/devices/${encoded}`,
				`/${encoded}`,
				`/api/v1/report?from=${encoded}`
			])
				await rawAnswer(`${server.url}${path}`, {
					method: path.includes('devices') ? 'DELETE' : 'GET',
					headers: {
						...session,
						'user-agent': CANARY,
						referer: `https://x/${CANARY}`,
						'x-forwarded-for': CANARY,
						cookie: `${phone.cookie}; x=${CANARY}`
					}
				});
		}
		const lines = server.output.split('\n').filter((line) => line.startsWith('{'));
		const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
		expect(entries.length).toBeGreaterThan(20);
		for (const entry of entries) expect(entry['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		expect(server.output).not.toContain(CANARY);
		// What ends a line, orders a terminal about, or turns the direction of what follows.
		expect(server.output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
		const [, token = ''] = phone.cookie.split('=');
		expect(server.output).not.toContain(token);
		// What was refused is there with its route and code.
		for (const code of ['bad_signature', 'wrong_origin', 'bad_request', 'not_found'])
			expect(entries).toContainEqual(
				expect.objectContaining({ msg: 'refused', code, route: expect.stringMatching(/^\/api\//) })
			);
		expect(entries.filter(({ level }) => level === 50)).toEqual([]);
	});
});
