import { expect, it } from 'vitest';
import { rejectedAnswer } from '#lib/protocol/rejected.ts';
import { syncAnswer, type SyncAnswer, type WireOp } from '#lib/protocol/sync.ts';
import { revokeDevice } from '#lib/server/accounts/devices.ts';
import { handleWiped } from '#lib/server/accounts/handle-wiped.ts';
import { listPeople } from '#lib/server/accounts/people.ts';
import { handleDecision, handleRejected } from '#lib/server/sync/handle-rejected.ts';
import { deliverSealed, sealed, signedFor } from '../support/sealing.ts';
import {
	call,
	newOrganisation,
	newPhone,
	ORIGIN,
	post,
	startServer,
	stateOf,
	type Phone
} from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const asMember = ({ enrolled }: Phone) => ({ 'reppu-membership': enrolled.membership });

async function list(phone: Phone) {
	const request = new Request(`${ORIGIN}/api/v1/rejected`, { headers: asMember(phone) });
	const response = await call(phone.server, handleRejected, request, { jar: phone.jar });
	return response.status === 200 ? rejectedAnswer.parse(await response.json()).rejected : response.status;
}

async function decide(phone: Phone, { opId: id }: WireOp, state: string) {
	const request = post(`/api/v1/rejected/${id}`, { state }, asMember(phone));
	const response = await call(phone.server, handleDecision, request, { jar: phone.jar, params: { id } });
	return response.status === 204
		? 204
		: [response.status, ((await response.json()) as { error: string }).error];
}

const brief = ({ receipts }: SyncAnswer) => receipts.map(({ outcome, code }) => code ?? outcome);

async function start(database: string) {
	const server = await startServer(database);
	const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator', 'administrator');
	const [lost, coordinator, administrator] = phones as [Phone, Phone, Phone];
	const facts = async () =>
		(await server.store.db.selectFrom('visit_facts').select(['visit_id', 'membership_id']).execute()).sort(
			(a, b) => (a.visit_id < b.visit_id ? -1 : 1)
		);
	const revoke = () => revokeDevice(server.store, organisation, lost.enrolled.device, Date.now());
	return { server, organisation, lost, coordinator, administrator, facts, revoke };
}

onEveryStore('a lost phone', (fresh) => {
	it('#51: reads nothing more; what it brings, plain or sealed, waits for the coordinator, who takes it in once', async () => {
		const { server, organisation, lost, coordinator, administrator, facts, revoke } = await start(fresh());
		const before = lost.visit();
		expect(brief(await lost.sync([before]))).toEqual(['applied']);
		const [plain, hidden, given] = [lost.visit(), lost.visit(), lost.visit()];
		const change = {
			...lost.visit(),
			recordId: before.recordId,
			fields: { language: 'so' },
			base: { language: [before.clock] }
		};
		await revoke();
		expect((await lost.send({ ops: [plain], cursors: {} })).status).toBe(403);
		expect((await lost.send({ cursors: {} })).status).toBe(403);
		const brought = await lost.sync([before, plain, change, { ...lost.visit(), fields: {} }]);
		// What had its receipt before has it still, and the header of an op that was given up fills its place.
		expect(brief(brought)).toEqual(['applied', 'device_revoked', 'device_revoked', 'applied']);
		expect([brought.revoked, brought.changes, brought.sealTo]).toEqual([true, [], undefined]);
		const envelope = [await sealed(lost, hidden), await sealed(lost, given)];
		const answer = await deliverSealed(lost, envelope, { 'reppu-seal-key': 'none' });
		expect([brief(answer), answer.revoked, answer.sealTo]).toEqual([
			['device_revoked', 'device_revoked'],
			true,
			undefined
		]);
		expect(await facts()).toHaveLength(1);

		// Its author has a new phone and goes on: nothing of what waits is thereby settled.
		const next = await newPhone(server, organisation, lost.enrolled.membership);
		expect((await next.readAll()).filter(({ collection }) => collection === 'visit')).toHaveLength(1);
		await next.sync([{ ...next.visit(), recordId: before.recordId, fields: { channel: 'phone' } }]);
		const waiting = [plain, change, hidden, given].map(({ opId }) => opId).sort();
		expect([await list(next), await list(administrator)]).toEqual([403, 403]);
		const listed = await list(coordinator);
		if (typeof listed === 'number') throw new Error('The coordinator sees no list.');
		expect(listed.map(({ opId }) => opId).sort()).toEqual(waiting);
		for (const one of listed)
			expect(one).toMatchObject({
				code: 'device_revoked',
				revokedDevice: { id: lost.enrolled.device, name: 'phone' },
				member: 'The adviser'
			});
		const stranger = (await newOrganisation(server, 'coordinator')).phones[0]!;
		expect(await list(stranger)).toEqual([]);
		for (const by of [next, administrator])
			expect(await decide(by, plain, 'taken-in')).toEqual([403, 'not_allowed']);
		expect(await decide(stranger, plain, 'taken-in')).toEqual([404, 'not_found']);
		expect(await facts()).toHaveLength(1);

		for (const op of [plain, change, hidden]) expect(await decide(coordinator, op, 'taken-in')).toBe(204);
		expect(await decide(coordinator, given, 'discarded')).toBe(204);
		expect(await decide(coordinator, plain, 'taken-in')).toEqual([404, 'not_found']);
		expect(await decide(coordinator, before, 'taken-in')).toEqual([404, 'not_found']);
		expect(await list(coordinator)).toEqual([]);
		const counted = await facts();
		expect(counted.map(({ visit_id }) => visit_id)).toEqual(
			[before, plain, hidden].map(({ recordId }) => recordId).sort()
		);
		expect(new Set(counted.map((row) => row.membership_id))).toEqual(new Set([lost.enrolled.membership]));
		const { heads } = await stateOf(server, organisation, before.recordId);
		expect(heads.language).toMatchObject([{ value: 'so', author: lost.enrolled.membership }]);
		const told = (await next.readAll()).filter(({ collection }) => collection === 'rejection');
		expect(told.flatMap(({ state }) => state?.heads.state?.map(({ author }) => author))).toEqual(
			Array(4).fill(coordinator.enrolled.membership)
		);

		// The thief sends it all again, both ways.
		const again = await lost.sync([before, plain, change, hidden, given]);
		expect(brief(again)).toEqual(['applied', 'applied', 'applied', 'applied', 'device_revoked']);
		expect(brief(await deliverSealed(lost, envelope))).toEqual(['applied', 'device_revoked']);
		expect([await facts(), await list(coordinator)]).toEqual([counted, []]);
		expect((await stateOf(server, organisation, before.recordId)).heads).toEqual(heads);
	});

	it('#57: whose user has left: what was written until then can be taken in, what came later cannot', async () => {
		const { server, lost, coordinator, facts } = await start(fresh());
		const ended = Date.now();
		const [early, late] = [lost.visit({}, ended - 60_000), lost.visit({}, ended + 60_000)];
		await server.store.write((trx) =>
			trx
				.updateTable('memberships')
				.set({ ended_at: ended })
				.where('id', '=', lost.enrolled.membership)
				.execute()
		);
		expect((await lost.send({ ops: [early], cursors: {} })).status).toBe(403);
		expect(brief(await lost.sync([early, late]))).toEqual(['device_revoked', 'device_revoked']);
		expect(await decide(coordinator, early, 'taken-in')).toBe(204);
		expect(await decide(coordinator, late, 'taken-in')).toEqual([403, 'not_allowed']);
		expect((await facts()).map(({ visit_id }) => visit_id)).toEqual([early.recordId]);
		// It waits on for that reason.
		expect(await list(coordinator)).toMatchObject([{ opId: late.opId, code: 'not_allowed' }]);
	});

	it('says that it has emptied itself, and only then its browser is told to drop the rest', async () => {
		const { server, organisation, lost, revoke } = await start(fresh());
		const wiped = (headers: Record<string, string> = {}, more = {}) => {
			const body = Buffer.from(JSON.stringify({ replica: lost.replica, ...more }));
			const signature = signedFor(lost, '/api/v1/wiped', body);
			return call(server, handleWiped, post('/api/v1/wiped', body, { ...signature, ...headers }));
		};
		const early = await wiped();
		expect([early.status, early.headers.get('clear-site-data')]).toEqual([403, null]);
		await revoke();
		expect((await wiped({ 'reppu-signature': 'x' })).status).toBe(401);
		// A worker has done it, and nobody has been told why yet.
		const unseen = await wiped({}, { stays: true });
		expect([unseen.status, unseen.headers.get('clear-site-data')]).toEqual([204, null]);
		const done = await wiped();
		expect([done.status, done.headers.get('clear-site-data')]).toEqual([
			204,
			'"cache", "cookies", "storage"'
		]);
		expect((await wiped()).status).toBe(204);
		const { people } = await listPeople(server.store, organisation, Date.now());
		const device = people.flatMap(({ devices }) => devices).find(({ id }) => id === lost.enrolled.device);
		expect(device?.wipedAt).toBeTypeOf('number');
		const raw = await lost.send({ ops: [] });
		expect(syncAnswer.parse(await raw.json()).revoked).toBe(true);
	});
});
