import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyRecord, join, opState, removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { countOutbox } from './delivery.ts';
import { Register } from './register.svelte.ts';
import { readDraft, saveDraft } from './drafts.ts';
import { unseal, type OpBody } from './rows.ts';
import { reject, testDevice, type TestDevice } from './test-device.ts';
import {
	addVisit,
	changeVisit,
	mendVisit,
	noteField,
	readStamp,
	readStoredVisit,
	removeVisit,
	type FieldValues,
	type Stamp
} from './visits.ts';

let device: TestDevice;
let stamp: Stamp;
let unhandled: unknown[];
const note = (event: PromiseRejectionEvent) => void unhandled.push(event.reason);

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
	unhandled = [];
	addEventListener('unhandledrejection', note);
});

afterEach(async () => {
	removeEventListener('unhandledrejection', note);
	await device.remove();
});

const fields: FieldValues = { at: '2026-03-06T09:32:00Z', language: 'ar', topics: ['work'], desk: null };
const add = (options?: Parameters<typeof addVisit>[3]) => addVisit(device, stamp, fields, options);
const counts = async () => [
	await device.db.visits.count(),
	await device.db.outbox.count(),
	await device.db.drafts.count()
];
const settle = () => new Promise((resolve) => setTimeout(resolve, 50));

async function read(id: string) {
	const row = await device.db.visits.get(id);
	if (!row) throw new Error('No such visit.');
	return readStoredVisit(row);
}

/** The record as the ops on this device tell it: the row must say the same. */
async function fromOps(id: string): Promise<RecordState> {
	const { db, membership } = device;
	const rows = (await db.outbox.toArray()).filter(({ recordId }) => recordId === id);
	return rows.reduce<RecordState>(
		(state, row) => join(state, opState({ ...row, ...unseal<OpBody>(row) }, membership.id)),
		emptyRecord
	);
}

describe('saving', () => {
	it('writes the record, its op and the end of its draft together', async () => {
		await saveDraft(device.db, { id: 'd', at: 1, values: { language: 'ar' } });
		const id = await add({ id: crypto.randomUUID(), draft: 'd' });
		expect(await counts()).toEqual([1, 1, 0]);
		expect((await read(id)).state).toEqual(await fromOps(id));
	});

	it.each(['visits', 'outbox', 'drafts'] as const)(
		'writes nothing where %s cannot be written',
		async (store) => {
			await saveDraft(device.db, { id: 'd', at: 1, values: { language: 'ar' } });
			const full = () => {
				throw new DOMException('The disk is full.', 'QuotaExceededError');
			};
			const { prototype } = IDBObjectStore;
			const methods = { add: prototype.add, put: prototype.put, delete: prototype.delete };
			for (const name of ['add', 'put', 'delete'] as const) {
				const real = methods[name] as (this: IDBObjectStore, ...args: unknown[]) => IDBRequest;
				Object.assign(prototype, {
					[name](this: IDBObjectStore, ...args: unknown[]) {
						if (this.name === store) full();
						return real.apply(this, args);
					}
				});
			}
			try {
				await expect(add({ draft: 'd' })).rejects.toThrow(/full|Quota/);
			} finally {
				Object.assign(prototype, methods);
			}
			await settle();
			expect(await counts()).toEqual([0, 0, 1]);
			expect((await readDraft(device.db, 'd'))?.values).toEqual({ language: 'ar' });
			expect(unhandled).toEqual([]);
			// Room again: the same form saves.
			await add({ draft: 'd' });
			expect(await counts()).toEqual([1, 1, 0]);
		}
	);

	it('writes nothing where the transaction aborts at its end, as a full disk makes it', async () => {
		const { prototype } = IDBTransaction;
		const { commit } = prototype;
		prototype.commit = function () {
			this.abort();
		};
		try {
			await expect(add({ draft: 'd' })).rejects.toThrow();
		} finally {
			prototype.commit = commit;
		}
		await settle();
		expect(await counts()).toEqual([0, 0, 0]);
		expect(unhandled).toEqual([]);
	});

	it('saves the same form once, however often it is pressed', async () => {
		const id = crypto.randomUUID();
		await saveDraft(device.db, { id, at: 1, values: {} });
		const results = await Promise.allSettled(Array.from({ length: 4 }, () => add({ id, draft: id })));
		expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
		// The others say that it is there already; the screen asks for the visit then and is content.
		for (const result of results)
			if (result.status === 'rejected') expect(String(result.reason)).toContain('ConstraintError');
		await settle();
		expect(await counts()).toEqual([1, 1, 0]);
		expect(unhandled).toEqual([]);
	});

	it('loses nothing of two tabs that save and change at once', async () => {
		const tab = await device.tab();
		const id = await add();
		await Promise.all(
			Array.from({ length: 20 }, (_, index) => {
				const by = index % 2 ? device : tab;
				return index < 10
					? addVisit(by, stamp, fields)
					: changeVisit(by, stamp, id, noteField(`note ${index}`, 1_700_000_000_000 + index));
			})
		);
		expect(await device.db.visits.count()).toBe(11);
		expect(await device.db.outbox.count()).toBe(21);
		const { state, notes } = await read(id);
		expect(notes).toHaveLength(10);
		expect(state).toEqual(await fromOps(id));
	});
});

describe('changing, removing, bringing back', () => {
	it('keeps the row equal to the join of its ops, whatever is done', async () => {
		const action = fc.oneof(
			fc.record({ language: fc.constantFrom('ar', 'ru', 'so') }),
			fc.record({ topics: fc.subarray(['work', 'kela', 'housing']) }),
			fc.constant({ note: 'x' }),
			fc.boolean()
		);
		await fc.assert(
			fc.asyncProperty(fc.array(action, { maxLength: 6 }), async (actions) => {
				const id = await add();
				let removed = false;
				for (const step of actions) {
					if (typeof step === 'boolean') {
						await removeVisit(device, stamp, id, step);
						removed = step;
					} else if ('note' in step) await changeVisit(device, stamp, id, noteField('x', Date.now()));
					else await changeVisit(device, stamp, id, step);
					const { state } = await read(id);
					expect(state).toEqual(await fromOps(id));
					if (typeof step !== 'boolean' && !('note' in step)) expect(shownValues(state)).toMatchObject(step);
					if (typeof step === 'boolean') expect(removal(state)).toBe(removed ? 'yes' : 'no');
				}
			}),
			{ numRuns: 40 }
		);
	});

	it('says that a visit is not here instead of making half of one', async () => {
		expect(await changeVisit(device, stamp, crypto.randomUUID(), { language: 'fi' })).toBeUndefined();
		expect(await removeVisit(device, stamp, crypto.randomUUID())).toBeUndefined();
		expect(await mendVisit(device, stamp, crypto.randomUUID(), { desk: null })).toBeUndefined();
		expect(await counts()).toEqual([0, 0, 0]);
	});

	it('gives a change a clock after everything it saw, though the phone’s clock went back ten years', async () => {
		const now = Date.UTC(2036, 0, 1);
		const id = await add({ now });
		await changeVisit(device, stamp, id, { language: 'fi' }, Date.UTC(2026, 0, 1));
		await changeVisit(device, stamp, id, { language: 'sv' }, Date.UTC(1980, 0, 1));
		expect((await read(id)).language).toBe('sv');
		expect((await read(id)).state.heads['language']).toHaveLength(1);
	});
});

/** Where a record stands, as screens are told. */
async function pending(id: string) {
	const register = new Register(device.db);
	await register.start();
	register.stop();
	return register.outbox.pending.get(id);
}

describe('a visit that was rejected', () => {
	it('is mended by one op with everything that was held and what was changed', async () => {
		const id = await add();
		await changeVisit(device, stamp, id, { duration: '30' });
		await reject(device.db, id);
		expect(await countOutbox(device.db)).toMatchObject({ waiting: 0, attention: 1 });
		const opId = await mendVisit(device, stamp, id, { desk: null, topics: ['housing'] });
		const rows = await device.db.outbox.toArray();
		expect(rows.map((row) => row.opId)).toEqual([opId]);
		expect(await device.db.rejected.count()).toBe(0);
		expect(unseal<OpBody>(rows[0]!).fields).toEqual({ ...fields, topics: ['housing'], duration: '30' });
		expect(await countOutbox(device.db)).toMatchObject({ waiting: 1, attention: 0 });
		expect(await read(id)).toMatchObject({ language: 'ar', topics: ['housing'], duration: '30' });
	});

	it('is mended whole or not at all', async () => {
		const id = await add();
		await reject(device.db, id);
		const everything = () =>
			Promise.all([device.db.rejected, device.db.outbox, device.db.visits].map((table) => table.toArray()));
		const before = await everything();
		device.db.rejected.hook('deleting', () => {
			throw new Error('No more.');
		});
		await expect(mendVisit(device, stamp, id, { language: 'fi' })).rejects.toThrow('No more.');
		expect(await everything()).toEqual(before);
	});

	it('asks for nothing once its author removed it, and asks again when it is brought back', async () => {
		const id = await add();
		await reject(device.db, id);
		await removeVisit(device, stamp, id);
		expect(await countOutbox(device.db)).toMatchObject({ waiting: 1, attention: 0 });
		expect(await pending(id)).toEqual({ state: 'saved' });
		await removeVisit(device, stamp, id, false);
		expect(await pending(id)).toEqual({
			state: 'attention',
			reason: { code: 'desk_unknown', field: 'desk', at: 1 }
		});
		await mendVisit(device, stamp, id, { desk: null });
		expect(await countOutbox(device.db)).toMatchObject({ waiting: 1, attention: 0 });
		expect(removal((await read(id)).state)).toBe('no');
	});
});
