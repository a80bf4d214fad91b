import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerContext } from '#lib/server/context.ts';
import { newPhone, startServer, stopServers } from '../../support/server.ts';
import { TABLE, type Expected } from './table.ts';
import { ask, callerOf, make, newSide, routesOnDisk, rowsOf, type Side } from './world.ts';

afterAll(stopServers);
const routes = await routesOnDisk();
const writing = Object.entries(TABLE).filter(([name]) => !name.startsWith('GET '));
const withJson = writing.filter(([, { body }]) => typeof body === 'object');

/** Everything by which a page of another site, or a form, could make a browser ask. */
const CROSS_SITE: Record<string, Record<string, string | null>> = {
	'another origin': { origin: 'https://evil.example' },
	'an origin that looks like ours': { origin: 'http://localhost:3000.evil.example' },
	'a page without an origin': { origin: 'null' },
	'no origin at all': { origin: null },
	'a fetch across sites': { origin: null, 'sec-fetch-site': 'cross-site' },
	'a subdomain': { origin: null, 'sec-fetch-site': 'same-site' },
	'a typed address': { origin: null, 'sec-fetch-site': 'none' }
};

/** Bodies that a form sends without asking first. */
const FORM_TYPES = [
	'application/x-www-form-urlencoded',
	'multipart/form-data; boundary=x',
	'text/plain',
	'text/plain; application/json',
	null
];

/** What only the server decides; a request that names it is no request. */
const NOT_THEIRS = [
	'organisation',
	'organisation_id',
	'orgId',
	'createdBy',
	'created_at',
	'rev',
	'id',
	'membership_id',
	'made_by'
];

/** Nobody gets in by a session: what the route asks for instead comes first. */
const isClosed = ({ none, administrator }: Expected) => none === administrator && none !== 422;

describe('requests that somebody else has made up', () => {
	let server: ServerContext;
	let side: Side;

	beforeAll(async () => {
		server = await startServer(':memory:');
		side = await newSide(server);
	});

	/** Whoever the table lets do most. */
	const strongest = async ([, expected]: (typeof writing)[number]) => {
		const role =
			(['administrator', 'coordinator', 'adviser'] as const).find((one) => expected[one] < 300) ??
			'coordinator';
		const { enrolled } = side.phones[role];
		return callerOf(
			expected.ends ? await newPhone(server, side.organisation, enrolled.membership) : side.phones[role]
		);
	};

	it.each(writing)('%s from another site is refused before anything else (#87)', async (name, expected) => {
		const caller = await strongest([name, expected]);
		const id = expected.thing && (await make(server, side, expected.thing));
		const before = await rowsOf(server, side.organisation);
		for (const [what, headers] of Object.entries(CROSS_SITE)) {
			const response = await ask(server, name, routes.get(name)!, expected, caller, id, { headers });
			expect([what, response.status, await response.text()]).toEqual([what, 403, '{"error":"wrong_origin"}']);
		}
		expect(await rowsOf(server, side.organisation)).toBe(before);
	});

	it.each(withJson)('%s takes no form (#87)', async (name, expected) => {
		const caller = await strongest([name, expected]);
		const id = expected.thing && (await make(server, side, expected.thing));
		const before = await rowsOf(server, side.organisation);
		for (const type of FORM_TYPES) {
			const body = Buffer.from(JSON.stringify(expected.body));
			const response = await ask(server, name, routes.get(name)!, expected, caller, id, {
				headers: { 'content-type': type },
				body
			});
			expect([type, response.status]).toEqual([type, isClosed(expected) ? expected.none : 415]);
		}
		expect(await rowsOf(server, side.organisation)).toBe(before);
	});

	it.each(withJson)('%s takes nothing that only the server decides (#85)', async (name, expected) => {
		const caller = await strongest([name, expected]);
		const id = expected.thing && (await make(server, side, expected.thing));
		const before = await rowsOf(server, side.organisation);
		for (const key of NOT_THEIRS) {
			const body = JSON.stringify({
				...(expected.body as object),
				[key]: side.phones.administrator.enrolled.membership
			});
			const { status } = await ask(server, name, routes.get(name)!, expected, caller, id, { body });
			expect([key, status]).toEqual([key, isClosed(expected) ? expected.none : 422]);
		}
		expect(await rowsOf(server, side.organisation)).toBe(before);
	});
});
