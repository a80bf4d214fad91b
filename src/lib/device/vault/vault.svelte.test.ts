import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import type { FieldValues } from '#lib/device/ops.ts';
import { writeRecord } from '#lib/device/write-record.ts';
import { newId } from '#lib/domain/ids.ts';
import { DESK } from '#lib/domain/tour-records.ts';
import { NOTICE, NOTICE_SCHEMA } from '#lib/domain/notice-name.ts';
import { DESK_GUIDE } from '#lib/domain/desk-guide.ts';
import { newKeyPair } from '#lib/protocol/sealed.ts';
import type { Device } from '#lib/device/device.ts';
import { appointments, book } from '#lib/device/appointments.ts';
import { deskGuideOf } from '#lib/device/desk-guides.ts';
import { notices } from '#lib/device/notices.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { readDraft, readyDraft, saveDraft, saveDraftAtOnce } from '#lib/device/drafts.ts';
import { Register } from '#lib/device/register.svelte.ts';
import { isReadable, SealedRow, unseal } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { addVisit, changeVisit } from '#lib/device/visits.ts';
import { derive, prepareDerivation } from './derive.ts';
import { fillVault } from './fill.ts';
import { closeKeys, forgetKeys, heldKey, openKeys } from './keyring.ts';
import { forgetTries, noteWrongTry, triesOf } from './tries.ts';
import {
	addOpener,
	changePassphrase,
	dropPin,
	makeVault,
	openVault,
	openWithPin,
	setPin,
	WrongPin
} from './vault.ts';
import { WrongKey, type Opener } from './wraps.ts';

const CANARY = 'kanarialintu';
/** A passkey's secret opens in no time, where a passphrase takes a quarter of a second. */
const passkey: Opener = {
	kind: 'passkey',
	credential: new Uint8Array([1, 2, 3]),
	secret: new Uint8Array(32).fill(7)
};

let device: TestDevice;
let vaulted: Device;

/** Opens another tab, which has a vault by now. */
const reopen = () => openDevice(device.open, device.membership);

beforeEach(async () => {
	device = await testDevice();
	device.membership.sealTo = { kid: 'AAAAAAAA', publicKey: (await newKeyPair()).publicKey };
	await makeVault(device.open, device.membership, passkey);
	vaulted = await reopen();
});

afterEach(async () => {
	vaulted.db.close();
	forgetKeys(device.membership.id);
	await device.remove();
});

const save = async (to: Device, text = CANARY) =>
	addVisit(to, await readStamp(to), { at: '2026-11-26T10:00:00.000Z', topics: ['work'], language: text });

/** Everything that lies in the database, past Dexie. */
async function bytesOnDisk(name: string): Promise<string> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open(name);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	const latin = new TextDecoder('latin1');
	const show = (_: string, value: unknown) => (value instanceof Uint8Array ? latin.decode(value) : value);
	let all = '';
	for (const store of db.objectStoreNames) {
		const rows = await new Promise<unknown[]>((resolve) => {
			const request = db.transaction(store).objectStore(store).getAll();
			request.onsuccess = () => resolve(request.result as unknown[]);
		});
		all += JSON.stringify(rows, show);
	}
	db.close();
	return all;
}

describe('an open vault', () => {
	it('seals what is saved, changed and drafted, and reads it back', async () => {
		const id = await save(vaulted);
		await changeVisit(vaulted, await readStamp(vaulted), id, { place: `${CANARY} 2` });
		await saveDraft(vaulted.db, { id: 'draft-1', at: 1, values: { visit: CANARY } });
		const row = await vaulted.db.visits.get(id);
		expect(shownValues(unseal<RecordState>(row!))).toMatchObject({ language: CANARY, place: `${CANARY} 2` });
		expect((await readDraft(vaulted.db, 'draft-1'))?.values).toEqual({ visit: CANARY });
		const ops = await vaulted.db.outbox.toArray();
		expect(ops.map((op) => unseal<{ fields: object }>(op).fields)).toEqual([
			{ at: '2026-11-26T10:00:00.000Z', topics: ['work'], language: CANARY },
			{ place: `${CANARY} 2` }
		]);
		expect(ops.every(({ sealed }) => sealed && sealed.length > 100)).toBe(true);
		expect(await bytesOnDisk(device.membership.database)).not.toContain(CANARY);
	});

	it('keeps who opens the door and the network’s password to itself; the desk stays plain, to serve while locked', async () => {
		const stamp = await readStamp(vaulted);
		const desk = newId();
		const write = (collection: string, fields: FieldValues) =>
			writeRecord(vaulted, stamp, { collection, recordId: desk, schema: 1 }, fields);
		await write(DESK, { name: 'Kirjasto', municipality: '925', placeType: 'library' });
		await write(DESK_GUIDE, { opener: CANARY, wifi: `verkko / ${CANARY}` });
		expect(await deskGuideOf(vaulted.db, desk)).toEqual({ opener: CANARY, wifi: `verkko / ${CANARY}` });
		const onDisk = await bytesOnDisk(device.membership.database);
		expect(onDisk).toContain('Kirjasto');
		expect(onDisk).not.toContain(CANARY);
	});

	it('leaves notices plain: they say nothing of clients, and are read while it is locked', async () => {
		const stamp = await readStamp(vaulted);
		const fields = {
			audience: 'both',
			kind: 'urgent',
			from: '2026-03-02',
			until: '2026-03-06',
			text_fi: { text: 'Kirjasto on kiinni', origin: 'written' }
		};
		const id = newId();
		await writeRecord(vaulted, stamp, { collection: NOTICE, recordId: id, schema: NOTICE_SCHEMA }, fields);
		expect(await bytesOnDisk(device.membership.database)).toContain('Kirjasto on kiinni');
		closeKeys(device.membership.id);
		expect((await notices(vaulted.db)).map((notice) => notice.texts['fi']?.text)).toEqual([
			'Kirjasto on kiinni'
		]);
	});

	it('keeps appointments to itself: when somebody of which language comes where', async () => {
		const stamp = await readStamp(vaulted);
		const slot = { desk: newId(), reception: newId(), date: '2026-03-02', start: '10:00', length: 30 };
		const kept = { language: 'ar', channel: 'desk', asked: 'phone', note: CANARY, reference: 'K7MP' };
		await book(vaulted, stamp, { slot, ...kept });
		expect(await appointments(vaulted.db)).toMatchObject([{ note: CANARY, language: 'ar' }]);
		expect(await bytesOnDisk(device.membership.database)).not.toContain(CANARY);
	});

	it('keeps the last word of a page that goes', async () => {
		const draft = { id: 'draft-1', at: 2, values: { visit: CANARY } };
		await readyDraft(vaulted.db, () => draft);
		saveDraftAtOnce(vaulted.db, draft);
		await expect.poll(async () => (await readDraft(vaulted.db, 'draft-1'))?.values).toEqual(draft.values);
		expect(await bytesOnDisk(device.membership.database)).not.toContain(CANARY);
	});

	it('shows the other visits where one was altered on the medium', async () => {
		const [bad, good] = [await save(vaulted), await save(vaulted)];
		const raw = device.db;
		const stored = (await raw.visits.get(bad))!;
		const body = new Uint8Array(stored.body as unknown as Uint8Array);
		body[20]! ^= 1;
		await raw.visits.put({ ...stored, body: body as never });
		const register = new Register(vaulted.db);
		await register.start();
		expect(register.visits.all.map(({ id }) => id)).toEqual([good]);
		expect(register.visits.sealed).toBe(1);
		register.stop();
	});

	it('does not open a row that was put in the place of another', async () => {
		const [one, two] = [await save(vaulted), await save(vaulted)];
		await device.db.visits.put({ ...(await device.db.visits.get(one))!, id: two });
		expect(isReadable((await vaulted.db.visits.get(two))!)).toBe(false);
		expect(isReadable((await vaulted.db.visits.get(one))!)).toBe(true);
	});
});

describe('a locked vault', () => {
	it('still takes a visit, and shows nothing', async () => {
		const before = await save(vaulted);
		forgetKeys(device.membership.id);
		const id = await save(vaulted, `${CANARY} locked`);
		for (const one of [before, id]) {
			const row = (await vaulted.db.visits.get(one))!;
			expect(() => unseal(row)).toThrow(SealedRow);
		}
		expect(await bytesOnDisk(device.membership.database)).not.toContain(CANARY);
		await openVault(device.open, device.membership, passkey);
		const row = await vaulted.db.visits.get(id);
		expect(shownValues(unseal<RecordState>(row!))).toMatchObject({ language: `${CANARY} locked` });
	});

	it('opens by its passphrase only, and by a new one only after that was changed', async () => {
		await addOpener(device.open, device.membership, passkey, {
			kind: 'passphrase',
			passphrase: 'kalo tuvi pohu'
		});
		const id = await save(vaulted);
		forgetKeys(device.membership.id);
		const wrong = openVault(device.open, device.membership, {
			kind: 'passphrase',
			passphrase: 'kalo tuvi'
		});
		await expect(wrong).rejects.toThrow(WrongKey);
		// As the lock's page does it; asked for a key before it is ready.
		const end = prepareDerivation();
		await openVault(device.open, device.membership, {
			kind: 'passphrase',
			passphrase: ' kalo  tuvi pohu '
		});
		end();
		expect(isReadable((await vaulted.db.visits.get(id))!)).toBe(true);
		await changePassphrase(
			device.open,
			device.membership,
			{ kind: 'passphrase', passphrase: 'kalo tuvi pohu' },
			'remu sila vate'
		);
		forgetKeys(device.membership.id);
		const old = openVault(device.open, device.membership, {
			kind: 'passphrase',
			passphrase: 'kalo tuvi pohu'
		});
		await expect(old).rejects.toThrow(WrongKey);
		await openVault(device.open, device.membership, { kind: 'passphrase', passphrase: 'remu sila vate' });
		expect(isReadable((await vaulted.db.visits.get(id))!)).toBe(true);
	});
});

describe('a passkey', () => {
	it('opens a vault beside other ways, with its own credential and secret only, and not under another membership', async () => {
		const second: Opener = {
			...passkey,
			credential: new Uint8Array([4, 5]),
			secret: new Uint8Array(32).fill(8)
		};
		await addOpener(device.open, device.membership, passkey, second);
		const id = await save(vaulted);
		const tries: [Opener, boolean][] = [
			[second, true],
			[passkey, true],
			[{ ...passkey, secret: second.secret }, false],
			[{ ...second, credential: passkey.credential }, false],
			[{ ...second, credential: new Uint8Array([4]) }, false],
			[{ kind: 'passphrase', passphrase: 'kalo tuvi pohu remu' }, false]
		];
		for (const [opener, opens] of tries) {
			forgetKeys(device.membership.id);
			const opening = openVault(device.open, device.membership, opener);
			if (opens) await opening;
			else await expect(opening).rejects.toThrow(WrongKey);
			expect(isReadable((await vaulted.db.visits.get(id))!)).toBe(opens);
		}
		// The same row under another membership is bound to the first one.
		const moved = { ...device.membership, id: crypto.randomUUID() };
		await device.open.memberships.put(moved);
		await expect(openVault(device.open, moved, passkey)).rejects.toThrow(WrongKey);
		await device.open.memberships.delete(moved.id);
	});
});

describe('a quick PIN', () => {
	const PIN = '407319';
	const tryPin = (pin: string) => openWithPin(device.open, device.membership, pin);
	beforeEach(() => setPin(device.open, device.membership, passkey, PIN));

	it('opens again what has locked itself in this page, and nothing is readable meanwhile', async () => {
		const id = await save(vaulted);
		closeKeys(device.membership.id);
		expect(isReadable((await vaulted.db.visits.get(id))!)).toBe(false);
		await expect(tryPin('407318')).rejects.toMatchObject({ left: 4 });
		expect(openKeys(device.membership.id)).toBeUndefined();
		await tryPin(PIN);
		expect(isReadable((await vaulted.db.visits.get(id))!)).toBe(true);
		closeKeys(device.membership.id);
		// What was wrong before is forgiven.
		await expect(tryPin('407318')).rejects.toMatchObject({ left: 4 });
	});

	it('is good for five tries, in all tabs together; then only the passphrase opens', async () => {
		closeKeys(device.membership.id);
		const tried = await Promise.allSettled(['1', '2', '3', '4', '5', PIN].map(tryPin));
		expect(tried.map(({ status }) => status)).toEqual(Array(6).fill('rejected'));
		expect(heldKey(device.membership.id)).toBeUndefined();
		await expect(tryPin(PIN)).rejects.toThrow(WrongPin);
		await openVault(device.open, device.membership, passkey);
		closeKeys(device.membership.id);
		await tryPin(PIN);
	});

	it('opens nothing in a page that was loaded anew, nor once it was ended', async () => {
		// What a page that is loaded anew knows.
		forgetKeys(device.membership.id);
		await expect(tryPin(PIN)).rejects.toThrow(WrongPin);
		await openVault(device.open, device.membership, passkey);
		await dropPin(device.open, device.membership);
		closeKeys(device.membership.id);
		await expect(tryPin(PIN)).rejects.toThrow(WrongPin);
	});

	it('is set only by whoever can open the vault, and lies on the device under its key', async () => {
		const stranger = { ...passkey, secret: new Uint8Array(32) };
		await expect(setPin(device.open, device.membership, stranger, '925814')).rejects.toThrow(WrongKey);
		const { pin } = (await device.open.memberships.get(device.membership.id))!.vault!;
		const made = await derive(PIN, pin!.salt, pin!.derivation);
		expect(await bytesOnDisk(device.open.name)).not.toContain(new TextDecoder('latin1').decode(made));
		expect(pin!.key).toHaveLength(12 + 32 + 16);
	});

	it('outlives a new passphrase, and one that another tab has set meanwhile', async () => {
		const elsewhere = structuredClone({ vault: device.membership.vault }).vault!;
		await setPin(device.open, device.membership, passkey, '925814');
		device.membership.vault = elsewhere;
		await addOpener(device.open, device.membership, passkey, { ...passkey, credential: new Uint8Array(2) });
		closeKeys(device.membership.id);
		await expect(tryPin(PIN)).rejects.toThrow(WrongPin);
		await tryPin('925814');
	});
});

describe('a device that is there already', () => {
	it('is sealed in place, also when it takes two goes', async () => {
		const plain = await testDevice();
		const ids: string[] = [];
		for (let count = 0; count < 30; count += 1) ids.push(await save(plain));
		await makeVault(plain.open, plain.membership, passkey);
		const opened = await openDevice(plain.open, plain.membership);
		// The first try dies on the way.
		const outbox = opened.db.outbox.toCollection.bind(opened.db.outbox);
		opened.db.outbox.toCollection = () => {
			throw new Error('gone');
		};
		await expect(fillVault(opened.db, plain.open, plain.membership)).rejects.toThrow('gone');
		expect(plain.membership.vault?.filling).toBe(true);
		const half = (await opened.db.visits.bulkGet(ids)).map((row) => isReadable(row!));
		expect(half).toEqual(ids.map(() => true));
		opened.db.outbox.toCollection = outbox;
		await fillVault(opened.db, plain.open, plain.membership);
		expect(plain.membership.vault?.filling).toBe(false);
		expect(await bytesOnDisk(plain.membership.database)).not.toContain(CANARY);
		const states = (await opened.db.visits.bulkGet(ids)).map((row) => shownValues(unseal<RecordState>(row!)));
		expect(new Set(states.map(({ language }) => language))).toEqual(new Set([CANARY]));
		opened.db.close();
		forgetKeys(plain.membership.id);
		await plain.remove();
	});
});

describe('a passphrase that is forgotten', () => {
	it('costs nothing that waits: it goes out sealed, and the rest comes back from the server [fault 54]', async () => {
		const waiting = await save(vaulted);
		const [op] = await vaulted.db.outbox.toArray();
		await vaulted.db.meta.put({ key: 'cursors', value: { own: 'somewhere' } });
		forgetKeys(device.membership.id);
		// A new code, and another passphrase.
		device.membership.vault = undefined;
		await makeVault(device.open, device.membership, { ...passkey, secret: new Uint8Array(32).fill(8) });
		const anew = await reopen();
		await fillVault(anew.db, device.open, device.membership);
		expect(await anew.db.visits.count()).toBe(0);
		const [left] = await anew.db.outbox.toArray();
		expect(left).toMatchObject({ opId: op!.opId, recordId: waiting, sealed: op!.sealed });
		expect(isReadable(left!)).toBe(false);
		expect((await anew.db.meta.get('cursors'))?.value).toEqual({ own: '' });
		const later = await save(anew);
		expect(isReadable((await anew.db.visits.get(later))!)).toBe(true);
		anew.db.close();
	});

	it('has what was let go read again, also where the phone dies before all of it is', async () => {
		await save(vaulted);
		await vaulted.db.meta.put({ key: 'cursors', value: { own: 'somewhere' } });
		await vaulted.db.meta.put({ key: 'have', value: [[1, 2]] });
		forgetKeys(device.membership.id);
		device.membership.vault = undefined;
		await makeVault(device.open, device.membership, { ...passkey, secret: new Uint8Array(32).fill(8) });
		const anew = await reopen();
		anew.db.outbox.toCollection = () => {
			throw new Error('gone');
		};
		await expect(fillVault(anew.db, device.open, device.membership)).rejects.toThrow('gone');
		expect(await anew.db.visits.count()).toBe(0);
		expect((await anew.db.meta.get('cursors'))?.value).toEqual({ own: '' });
		expect((await anew.db.meta.get('have'))?.value).toEqual([]);
		anew.db.close();
	});
});

describe('two people on one device', () => {
	it('have a vault each: what one opens shows nothing of the other [fault 53]', async () => {
		const other = await testDevice();
		await makeVault(other.open, other.membership, { ...passkey, secret: new Uint8Array(32).fill(9) });
		const [mine, theirs] = [await save(vaulted), await openDevice(other.open, other.membership)];
		const id = await save(theirs);
		forgetKeys(other.membership.id);
		expect(isReadable((await vaulted.db.visits.get(mine))!)).toBe(true);
		const row = (await theirs.db.visits.get(id))!;
		expect(isReadable(row)).toBe(false);
		// Not even under the same id in the other's database.
		await device.db.visits.put(row);
		expect(isReadable((await vaulted.db.visits.get(id))!)).toBe(false);
		theirs.db.close();
		await other.remove();
	});
});

describe('guessing', () => {
	it('has to be waited for from the fifth wrong try on, longer each time, also after a reload [fault 55]', async () => {
		const { open, membership } = device;
		const waits: number[] = [];
		let now = Date.parse('2026-11-26T12:00:00Z');
		for (let wrong = 0; wrong < 9; wrong += 1) {
			const { wait } = await triesOf(open, membership.id, now);
			waits.push(wait);
			now += wait;
			await noteWrongTry(open, membership.id, now);
		}
		expect(waits).toEqual([0, 0, 0, 0, 0, 30_000, 60_000, 300_000, 900_000]);
		expect(await triesOf(open, membership.id, now - 3_600_000)).toEqual({ wait: 900_000, left: 0 });
		await forgetTries(open, membership.id);
		expect(await triesOf(open, membership.id, now)).toEqual({ wait: 0, left: 5 });
	});
});
