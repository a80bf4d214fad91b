/** IndexedDB comes first. */
import { NetPhone } from '../support/net-phone.ts';
import { sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { openDevice } from '#lib/device/open-device.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { forgetKeys } from '#lib/device/vault/keyring.ts';
import { makeVault } from '#lib/device/vault/vault.ts';
import { addVisit } from '#lib/device/visits.ts';
import { revokeDevice } from '#lib/server/accounts/devices.ts';
import { handleSealed } from '#lib/server/sync/handle-sealed.ts';
import { handleSync } from '#lib/server/sync/handle-sync.ts';
import type { Carrier } from '#lib/sync/exchange.ts';
import { flush } from '#lib/sync/flush.ts';
import { lockRescue, newRescueCode, unlockRescue, type Rescue } from '#lib/sync/rescue-file.ts';
import { deliverRescue, packRescue } from '#lib/sync/rescue.ts';
import { keyOf } from '../support/sealing.ts';
import { call, newOrganisation, ORIGIN, startServer, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

/** A phone whose vault is locked, with a visit of before and one of meanwhile that wait. */
async function lockedPhone(database: string) {
	const server = await startServer(database);
	const { organisation, phones } = await newOrganisation(server, 'adviser');
	const phone = phones[0] as Phone;
	const { db, open, membership } = (await NetPhone.open(phone, () => ORIGIN)).device;
	db.close();
	membership.sealTo = await keyOf(phone);
	await makeVault(open, membership, {
		kind: 'passkey',
		credential: new Uint8Array(1),
		secret: new Uint8Array(32)
	});
	const device = await openDevice(open, membership);
	const save = async () =>
		addVisit(device, await readStamp(device), { at: new Date().toISOString(), topics: ['work'] });
	const before = await save();
	forgetKeys(membership.id);
	const meanwhile = await save();
	const carrier: Carrier = {
		fetch: (path, init) => {
			const headers = { ...(init.headers as Record<string, string>), origin: ORIGIN };
			const request = new Request(`${ORIGIN}${path}`, { method: 'POST', body: init.body!, headers });
			return call(server, path === '/api/v1/sealed' ? handleSealed : handleSync, request);
		},
		mayCarry: async () => true,
		sign: async (text) =>
			sign('sha256', Buffer.from(text), { key: phone.key, dsaEncoding: 'ieee-p1363' }).toString('base64'),
		headers: { 'reppu-membership': membership.id, 'reppu-device': membership.device }
	};
	const code = newRescueCode();
	const file = await unlockRescue(await lockRescue(await packRescue(device, carrier), code), code);
	const counted = async () =>
		(await server.store.db.selectFrom('visit_facts').select('visit_id').execute())
			.map(({ visit_id }) => visit_id)
			.sort();
	const deliver = () => flush(device, { carrier: () => carrier, now: () => Date.now(), random: () => 0.5 });
	return { server, organisation, device, carrier, file: file as Rescue, counted, deliver, before, meanwhile };
}

onEveryStore('a rescue file of a locked phone', (fresh) => {
	it('is taken like any other; what the phone delivers itself before or after has no second effect', async () => {
		const { file, carrier, counted, deliver, device, before, meanwhile } = await lockedPhone(fresh());
		expect(file.requests.map(({ sealed, ops }) => [sealed, ops])).toEqual([[true, 2]]);
		expect(await deliverRescue(file, carrier.fetch)).toEqual({ arrived: 2, rejected: 0, left: 0 });
		expect(await counted()).toEqual([before, meanwhile].sort());
		expect(await deliver()).toEqual({ ok: true });
		expect(await device.db.outbox.count()).toBe(0);
		expect(await deliverRescue(file, carrier.fetch)).toEqual({ arrived: 2, rejected: 0, left: 0 });
		expect(await counted()).toEqual([before, meanwhile].sort());
	});

	it('of a phone that was revoked waits for the coordinator', async () => {
		const { server, organisation, file, carrier, counted, device } = await lockedPhone(fresh());
		await revokeDevice(server.store, organisation, device.membership.device, Date.now());
		expect(await deliverRescue(file, carrier.fetch)).toEqual({ arrived: 0, rejected: 2, left: 0 });
		expect(await counted()).toEqual([]);
	});

	it('whose bytes somebody has changed brings nothing', async () => {
		const { file, carrier, counted } = await lockedPhone(fresh());
		const [request] = file.requests;
		const body = Buffer.from(request!.body, 'base64');
		body[body.length - 1]! ^= 1;
		const changed = { ...file, requests: [{ ...request!, body: body.toString('base64') }] };
		expect(await deliverRescue(changed, carrier.fetch)).toMatchObject({ left: 2, failure: { status: 401 } });
		expect(await counted()).toEqual([]);
	});
});
