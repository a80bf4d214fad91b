import { existsSync, mkdirSync, statSync } from 'node:fs';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { MAX_BODY } from '#lib/protocol/limits.ts';
import { fromBase64Url } from '#lib/protocol/base64url.ts';
import { newKeyPair } from '#lib/protocol/sealed.ts';
import { dictionary } from '#lib/protocol/sealed-dictionaries.ts';
import { writeFrame, type SealedOp } from '#lib/protocol/sealed-frame.ts';
import { syncAnswer, type WireOp } from '#lib/protocol/sync.ts';
import { enrolmentAnswer } from '#lib/protocol/accounts.ts';
import { revokeDevice } from '#lib/server/accounts/devices.ts';
import { invite } from '#lib/server/accounts/invitations.ts';
import { makeContext } from '#lib/server/context.ts';
import { demoVisits } from '#lib/server/demo/visits.ts';
import { readSettings } from '#lib/server/settings.ts';
import { opText } from '#lib/server/sync/op-text.ts';
import { fixtureVisits } from '../bench/support/fixture.ts';
import { redeemCode } from '../support/enrolment.ts';
import { Jar, newOrganisation, newPhone, Phone, startServer } from '../support/server.ts';
import { deliverSealed, keyOf, sealed, sendFrame } from '../support/sealing.ts';
import { onEveryStore } from '../support/stores.ts';

async function start(database: string) {
	const server = await startServer(database);
	const { organisation, phones } = await newOrganisation(server, 'adviser');
	return { server, organisation, phone: phones[0] as Phone };
}

const journalOf = ({ server }: Phone) =>
	server.store.db
		.selectFrom('journal')
		.innerJoin('journal_bodies', 'journal_bodies.op_id', 'journal.op_id')
		.select(['journal.op_id', 'collection', 'record_id', 'hash', 'outcome', 'code', 'body'])
		.execute();

/** Seals any text as an op, as a phone that is not ours might. */
async function sealText(phone: Phone, opId: string, text: string | Uint8Array): Promise<SealedOp> {
	const suite = new CipherSuite({
		kem: new DhkemP256HkdfSha256(),
		kdf: new HkdfSha256(),
		aead: new Aes256Gcm()
	});
	const { kid, publicKey } = await keyOf(phone);
	const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64Url(publicKey));
	const sender = await suite.createSenderContext({
		recipientPublicKey,
		info: Buffer.from('reppu sealed 1')
	});
	const plain = typeof text === 'string' ? deflateRawSync(text, { dictionary: dictionary(1) }) : text;
	const aad = Buffer.from(`reppu sealed 1|${phone.enrolled.organisation}|${opId}`);
	const parts = [[1], fromBase64Url(kid), [1], new Uint8Array(sender.enc)];
	parts.push(new Uint8Array(await sender.seal(plain, aad)));
	phone.seq += 1;
	return { opId, seq: phone.seq, sealed: new Uint8Array(parts.flatMap((part) => [...part])) };
}

onEveryStore('sealed ops', (fresh) => {
	it('delivered sealed and plain, in any order, often and at once, have one effect and one receipt', async () => {
		const { phone, server } = await start(fresh());
		const ways = fc.constantFrom('plain', 'sealed', 'both at once');
		const texts = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0'));
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(2), ways), { minLength: 2, maxLength: 6 }),
				fc.array(texts, { minLength: 3, maxLength: 3 }),
				async (steps, said) => {
					const ops = said.map((topicText) => phone.visit({ topicText, extra: { 2: topicText, 1: [null] } }));
					const receipts = new Map<WireOp, unknown[]>();
					for (const [index, way] of steps) {
						const op = ops[index]!;
						const answers = await Promise.all([
							...(way === 'sealed' ? [] : [phone.sync([op])]),
							...(way === 'plain' ? [] : [deliverSealed(phone, [await sealed(phone, op)])])
						]);
						const all = receipts.get(op) ?? [];
						receipts.set(op, [...all, ...answers.flatMap((answer) => answer.receipts)]);
					}
					const rows = new Map((await journalOf(phone)).map((row) => [row.op_id, row]));
					for (const [op, got] of receipts) {
						expect(got[0]).toMatchObject({ opId: op.opId, outcome: 'applied' });
						for (const receipt of got) expect(receipt).toEqual(got[0]);
						const { hash } = opText(JSON.parse(JSON.stringify(op)) as WireOp);
						expect(rows.get(op.opId)).toMatchObject({ hash, record_id: op.recordId });
					}
				}
			),
			{ numRuns: 12 }
		);
		const applied = (await journalOf(phone)).length;
		const facts = await server.store.db.selectFrom('visit_facts').select('visit_id').execute();
		expect([facts.length, applied > 12]).toEqual([applied, true]);
	});

	it('#74, #76, #78: that do not open are kept and hold up no other; plain, the same op has its effect', async () => {
		const { phone, server, organisation } = await start(fresh());
		const other = (await newOrganisation(server, 'adviser')).phones[0]!;
		const [good, foreign, tampered] = [phone.visit(), phone.visit(), phone.visit()];
		const [elsewhere, short] = [phone.visit(), phone.visit()];
		const strange = { kid: 'AAAAAAAA', publicKey: (await newKeyPair()).publicKey };
		const changed = await sealed(phone, tampered);
		changed.sealed[changed.sealed.length - 20]! ^= 1;
		const swapped = await sealed(phone, elsewhere);
		swapped.opId = newId();
		const odd = await Promise.all(
			[
				'no JSON',
				'{}',
				'\ufeff{}',
				JSON.stringify({ ...JSON.parse(opText(good).body), collection: 'visit', recordId: 'x' }),
				`{"collection":"visit","recordId":"${newId()}","fields":{"topicText":"\\ud800"},"clock":"${good.clock}","base":{},"schema":1}`,
				`{"collection":"visit","recordId":"${newId()}","fields":{"__proto__":1},"clock":"${good.clock}","base":{},"schema":1}`,
				'['.repeat(50) + ']'.repeat(50),
				deflateRawSync(Buffer.alloc(20_000_000)),
				Uint8Array.of(7, 7, 7)
			].map((text) => sealText(phone, newId(), text))
		);
		const { receipts } = await deliverSealed(phone, [
			await sealed(phone, foreign, strange),
			changed,
			swapped,
			{ opId: short.opId, seq: short.seq, sealed: new Uint8Array(40) },
			...odd,
			await sealed(phone, good)
		]);
		expect(receipts.map(({ outcome, code }) => code ?? outcome)).toEqual([
			'seal_unknown_key',
			...Array(3 + odd.length).fill('seal_broken'),
			'applied'
		]);
		const rows = await journalOf(phone);
		const kept = rows.find(({ op_id }) => op_id === tampered.opId)!;
		expect(kept).toMatchObject({ collection: 'sealed', record_id: tampered.opId, outcome: 'rejected' });
		const { fields } = JSON.parse(kept.body) as { fields: { sealed: string } };
		expect(Buffer.from(fields.sealed, 'base64')).toEqual(Buffer.from(changed.sealed));

		// Somebody else's try at the same id changes nothing; its author's does, once.
		const thief = await newPhone(server, organisation, (await newMember(phone)).membership);
		thief.seq = 50;
		expect((await thief.sync([{ ...foreign, seq: 51 }])).receipts).toMatchObject([{ code: 'op_reused' }]);
		const again = await phone.sync([foreign, tampered]);
		expect(again.receipts).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
		const late = await deliverSealed(phone, [await sealed(phone, foreign, strange), changed]);
		expect(late.receipts).toEqual(again.receipts);
		// #58: what was sealed to one organisation is nothing to another one.
		expect((await deliverSealed(other, [await sealed(phone, good)])).receipts).toMatchObject([
			{ outcome: 'rejected', code: 'seal_unknown_key' }
		]);
		expect((await other.readAll()).some(({ collection }) => collection === 'visit')).toBe(false);
		const after = (await journalOf(phone)).find(({ op_id }) => op_id === tampered.opId);
		expect(after).toMatchObject({ collection: 'visit', body: opText(tampered).body });
	});

	it('#72: wait on a phone for as long as they like: keys are rotated meanwhile, and nothing is lost', async () => {
		const database = fresh();
		const { phone, server, organisation } = await start(database);
		const first = await keyOf(phone);
		const waiting = await sealed(phone, phone.visit());
		await server.keys.rotate(organisation, Date.now());
		const second = await server.keys.rotate(organisation, Date.now() + 1);
		expect(new Set([first.kid, second.kid, (await keyOf(phone)).kid]).size).toBe(2);
		// The phone has not been here since: it needs the one that it sealed to.
		expect(await server.keys.dropOld(organisation)).toEqual({ kept: 2, dropped: 0 });
		const restarted = new Phone(await startServer(database), phone.enrolled, phone.key);
		Object.assign(restarted, { replica: phone.replica, seq: phone.seq });
		const told = await deliverSealed(restarted, [waiting], { 'reppu-seal-key': first.kid });
		expect(told.receipts).toMatchObject([{ outcome: 'applied' }]);
		expect(told.sealTo).toEqual(second);
		expect((await deliverSealed(restarted, [], { 'reppu-seal-key': second.kid })).sealTo).toBeUndefined();
		expect((await deliverSealed(restarted, [])).sealTo).toBeUndefined();
		const plain = Buffer.from(JSON.stringify({ protocol: 1, replica: restarted.replica, highSeq: 1 }));
		const answer = await restarted.sendBytes(plain, { 'reppu-seal-key': 'none' });
		expect(await answer.json()).toMatchObject({ sealTo: second });
		const later = Date.now() + 100 * 86_400_000;
		await server.store.db.updateTable('devices').set({ seen_at: later }).execute();
		expect(await server.keys.dropOld(organisation)).toEqual({ kept: 0, dropped: 2 });
		expect((await keyOf(phone)).kid).toBe(second.kid);
	});

	it('#86: need the device’s signature of these bytes for this path, and a frame inside its limits', async () => {
		const { phone } = await start(fresh());
		const body = writeFrame({
			replica: phone.replica,
			highSeq: 1,
			ops: [await sealed(phone, phone.visit())]
		});
		const refused = async (bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
			const response = await sendFrame(phone, bytes, headers);
			return [response.status, ((await response.json()) as { error: string }).error];
		};
		expect(await refused(body, phone.headers(body))).toEqual([401, 'bad_signature']);
		expect(await refused(body, { 'reppu-device': newId() })).toEqual([401, 'device_unknown']);
		expect(await refused(body, { origin: 'https://elsewhere.example' })).toEqual([403, 'wrong_origin']);
		expect(await refused(body, { 'content-type': 'application/json' })).toEqual([415, 'not_json']);
		expect(await refused(new Uint8Array(gzipSync(body)), { 'content-encoding': 'gzip' })).toEqual([
			415,
			'bad_encoding'
		]);
		expect(await refused(new Uint8Array(MAX_BODY + 1))).toEqual([413, 'too_large']);
		expect(await refused(new Uint8Array())).toEqual([422, 'bad_request']);
		expect(await refused(body.slice(0, -1))).toEqual([422, 'bad_request']);
		const newer = body.slice();
		newer[3] = 9;
		expect(await refused(newer)).toEqual([426, 'protocol_unknown']);
		// Five megabytes of JSON in a few kilobytes.
		const text = JSON.stringify({
			collection: 'visit',
			recordId: newId(),
			fields: { topicText: 'x'.repeat(250_000) },
			clock: phone.visit().clock,
			base: {},
			schema: 1
		});
		const large = await Promise.all(Array.from({ length: 20 }, () => sealText(phone, newId(), text)));
		const many = writeFrame({ replica: phone.replica, highSeq: 99, ops: large });
		expect([many.length < 20_000, await refused(many)]).toEqual([true, [413, 'too_large']]);
		expect((await sendFrame(phone, body)).status).toBe(200);
	});
});

onEveryStore('a forgotten passphrase', (fresh) => {
	it('leaves one device: with a new code it goes on, and what was sealed before arrives as its own', async () => {
		const { phone, server, organisation } = await start(fresh());
		const { membership, device } = phone.enrolled;
		const [before, after] = [await sealed(phone, phone.visit()), await sealed(phone, phone.visit())];
		await deliverSealed(phone, [before]);
		const by = { organisation, role: 'administrator' as const };
		const { code } = await server.store.write((trx) =>
			invite(trx, by, { membership }, 'face-to-face', Date.now())
		);
		const answer = await redeemCode(server, new Jar(), code, phone);
		expect(answer.status).toBe(201);
		expect(enrolmentAnswer.parse(await answer.json())).toMatchObject({ membership, device });
		const { receipts } = await deliverSealed(phone, [before, after]);
		expect(receipts.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
		const devices = await server.store.db
			.selectFrom('devices')
			.select(['id', 'revoked_at'])
			.where('membership_id', '=', membership)
			.execute();
		expect(devices).toEqual([{ id: device, revoked_at: null }]);
	});

	it('of somebody whose device was revoked makes a new device; what the old one held is asked about', async () => {
		const { phone, server, organisation } = await start(fresh());
		const { membership, device } = phone.enrolled;
		const waiting = await sealed(phone, phone.visit());
		await revokeDevice(server.store, organisation, device, Date.now());
		const by = { organisation, role: 'administrator' as const };
		const { code } = await server.store.write((trx) =>
			invite(trx, by, { membership }, 'face-to-face', Date.now())
		);
		const answer = await redeemCode(server, new Jar(), code, phone);
		expect(enrolmentAnswer.parse(await answer.json()).device).not.toBe(device);
		const { receipts } = await deliverSealed(phone, [waiting]);
		expect(receipts[0]).toMatchObject({ outcome: 'rejected', code: 'device_revoked' });
	});
});

async function newMember({ server, enrolled }: Phone): Promise<{ membership: string }> {
	const inviter = { organisation: enrolled.organisation, role: 'administrator' as const };
	return server.store.write((trx) =>
		invite(trx, inviter, { name: 'Another', role: 'adviser' }, 'sent', Date.now())
	);
}

onEveryStore('the secret that keys are locked with', (fresh, kind) => {
	const settings = (database: string, secret: Record<string, string>) =>
		makeContext(readSettings({ DATABASE_URL: database, LOG_LEVEL: 'silent', ...secret }));

	it.runIf(kind === 'sqlite')(
		'is made beside the database with the first key, for its user alone',
		async () => {
			const database = fresh();
			const { phone } = await start(database);
			expect(existsSync(`${database}.secret`)).toBe(false);
			await keyOf(phone);
			expect(statSync(`${database}.secret`).mode & 0o777).toBe(0o600);
		}
	);

	it.runIf(kind === 'sqlite')('that cannot be made keeps no phone from delivering', async () => {
		const database = fresh();
		mkdirSync(`${database}.secret`);
		const { phone } = await start(database);
		const body = Buffer.from(
			JSON.stringify({ protocol: 1, replica: phone.replica, highSeq: 1, ops: [phone.visit()] })
		);
		const answer = syncAnswer.parse(await (await phone.sendBytes(body, { 'reppu-seal-key': 'none' })).json());
		expect([answer.receipts[0]?.outcome, answer.sealTo]).toEqual(['applied', undefined]);
	});

	it.runIf(kind === 'postgres')('is needed where the database is shared', async () => {
		await expect(settings(fresh(), {})).rejects.toThrow(
			/^The setting REPPU_SECRET is missing: .*\.env\.example\.$/
		);
	});

	it('is the one that the keys were made with, or the server does not start; in the database none stands readable', async () => {
		const database = fresh();
		const { phone, server } = await start(database);
		const { kid } = await keyOf(phone);
		const row = await server.store.db.selectFrom('organisation_keys').selectAll().executeTakeFirstOrThrow();
		expect(Buffer.from(row.private_key, 'base64url').includes(Buffer.from(row.public_key, 'base64url'))).toBe(
			false
		);
		await expect(
			settings(database, { REPPU_SECRET: 'another one, and long enough as well' })
		).rejects.toThrow(/^The setting REPPU_SECRET is wrong: /);
		await expect(settings(database, { REPPU_SECRET_FILE: '/nowhere' })).rejects.toThrow(
			/^The setting REPPU_SECRET_FILE is wrong: there is no file/
		);
		const again = await startServer(database);
		expect((await again.keys.newest(phone.enrolled.organisation, Date.now())).kid).toBe(kid);
	});
});

it('a sealed visit is some 220 bytes for an everyday one, and 570 with every field and a long note; 700 is the limit', async () => {
	const { phone } = await start(':memory:');
	const weigh = async (ops: WireOp[]) => {
		const all = await Promise.all(ops.map((op) => sealed(phone, op)));
		return writeFrame({ replica: phone.replica, highSeq: ops.length, ops: all }).length / ops.length;
	};
	const everyday = await weigh(demoVisits(Date.UTC(2026, 10, 26), phone.replica).slice(0, 100));
	const full = await weigh(
		fixtureVisits(100, 1, Date.UTC(2026, 10, 26)).map(({ id, now, fields }, index) => ({
			...phone.visit({}, now),
			seq: index + 1,
			recordId: id,
			fields: fields as WireOp['fields']
		}))
	);
	console.log(
		`Sealed: ${everyday.toFixed(0)} bytes for an everyday visit, ${full.toFixed(0)} for a full one`
	);
	expect(everyday).toBeLessThan(250);
	expect(full).toBeLessThan(600);
});
