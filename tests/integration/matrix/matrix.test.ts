import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles } from '#lib/protocol/accounts.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { Jar, newPhone, startServer, stopServers } from '../../support/server.ts';
import { onEveryStore } from '../../support/stores.ts';
import { TABLE } from './table.ts';
import {
	ask,
	callerOf,
	make,
	newSide,
	nothing,
	routesOnDisk,
	rowsOf,
	seen,
	serverPages,
	type Caller,
	type Side
} from './world.ts';

afterAll(stopServers);
const routes = await routesOnDisk();

describe('the table of routes', () => {
	it('has every verb of every route, and no other (#84) [fault 84]', () => {
		expect(Object.keys(TABLE).sort()).toEqual([...routes.keys()].sort());
	});

	it('leaves nothing out: pages take no forms, and their files on the server are known', () => {
		expect(serverPages()).toEqual(['(public)/demo/+page.server.ts']);
	});
});

onEveryStore('every route, role and organisation', (fresh) => {
	let server: ServerContext;
	let mine: Side;
	let other: Side;

	beforeAll(async () => {
		server = await startServer(fresh());
		[mine, other] = [await newSide(server), await newSide(server)];
	});

	/** Whoever is nobody here. */
	const nobodies = (): Record<string, Caller> => {
		const { administrator } = mine.phones;
		const forged = new Jar();
		forged.values.set(`reppu-${administrator.enrolled.membership}`, 'x'.repeat(43));
		const ended = mine.gone.map((phone, index) => [`gone ${index}`, callerOf(phone)]);
		return {
			'no session': {},
			'a name alone': { membership: administrator.enrolled.membership },
			'a forged cookie': { ...callerOf(administrator), jar: forged },
			'cookies of another organisation': { ...callerOf(administrator), jar: other.phones.administrator.jar },
			...Object.fromEntries(ended)
		};
	};

	it.each(Object.entries(TABLE))('%s', async (name, expected) => {
		const { thing, ends } = expected;
		const answer = routes.get(name)!;
		const to = (caller: Caller, id?: string) => ask(server, name, answer, expected, caller, id);
		const elsewhere = await rowsOf(server, other.organisation);

		for (const [who, caller] of Object.entries(nobodies())) {
			const id = thing && (await make(server, mine, thing));
			expect([who, (await to(caller, id)).status]).toEqual([who, expected.none]);
		}

		const got: Record<string, number> = {};
		for (const role of roles) {
			const id = thing && (await make(server, mine, thing));
			const { organisation, phones } = mine;
			const phone = ends
				? await newPhone(server, organisation, phones[role].enrolled.membership)
				: phones[role];
			const response = await to(callerOf(phone), id);
			got[role] = response.status;
			const text = await response.text();
			for (const { enrolled } of Object.values(other.phones)) {
				expect(text).not.toContain(enrolled.membership);
				expect(text).not.toContain(enrolled.device);
			}
		}
		expect(got).toEqual(Object.fromEntries(roles.map((role) => [role, expected[role]])));
		expect(await rowsOf(server, other.organisation)).toBe(elsewhere);

		if (!thing) return;
		const foreign = await make(server, other, thing);
		const before = await rowsOf(server, other.organisation);
		for (const role of roles) {
			const caller = callerOf(mine.phones[role]);
			const missing = await seen(await to(caller, nothing(thing)));
			expect([role, missing.status]).toEqual([role, expected[role] === 403 ? 403 : 404]);
			for (const id of [foreign, 'x', "' or 1=1 --", ''])
				expect(await seen(await to(caller, id))).toEqual(missing);
		}
		expect(await rowsOf(server, other.organisation)).toBe(before);
	});
});
