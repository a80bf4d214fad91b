import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenApp } from '#lib/components/app.svelte.ts';
import { live } from '#lib/device/live.svelte.ts';
import { unseal, type OpBody } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { reject, testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { visitOf } from '#lib/device/visit-of.ts';
import { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { addVisit } from '#lib/device/visits.ts';
import type { Desk } from '#lib/domain/tour.ts';
import { EditForm } from './edit-form.svelte.ts';

const OLD = '0190f000-0000-7000-8000-000000000001';
const NEW = '0190f000-0000-7000-8000-000000000002';
const desks: Desk[] = [
	{ id: OLD, name: 'Vanha', municipality: '263', placeType: 'library', closedFrom: '2026-01-01' },
	{ id: NEW, name: 'Uusi', municipality: '925', placeType: 'library' }
];

let device: TestDevice;
let open: OpenApp;
let id: string;

beforeEach(async () => {
	device = await testDevice();
	const stamp = await readStamp(device);
	const rest = { sync: { now: vi.fn(async () => ({ ok: true })) }, desks: live(async () => desks, desks) };
	open = { ...(rest as unknown as OpenApp), device, stamp };
	id = await addVisit(device, stamp, {
		at: '2026-03-06T09:32:00Z',
		desk: OLD,
		deskMunicipality: '263',
		channel: 'roaming',
		language: 'ar',
		topics: ['permits']
	});
});

afterEach(() => device.remove());

async function visit() {
	const row = await device.db.visits.get(id);
	if (!row) throw new Error('The visit is gone.');
	return visitOf(new VisitEntry(row));
}
const outbox = async () =>
	(await device.db.outbox.orderBy('seq').toArray()).map((row) => ({
		...row,
		fields: unseal<OpBody>(row).fields
	}));

describe('a change of a saved visit', () => {
	it('writes only what was altered', async () => {
		const form = new EditForm(open, await visit(), 'topics');
		form.change((values) => {
			values.topics = ['work', 'work.job-search'];
		});
		await form.save(false);
		expect((await outbox()).at(-1)?.fields).toEqual({ topics: ['work.job-search'] });
		expect((await visit()).topics).toEqual(['work.job-search']);
		expect(await device.db.drafts.count()).toBe(0);
	});

	it('sends nothing where nothing was altered', async () => {
		await new EditForm(open, await visit(), 'language').save(false);
		expect(await outbox()).toHaveLength(1);
	});

	it('mends a rejected visit: one whole op goes out in place of the rejected one', async () => {
		const [first] = await outbox();
		await reject(device.db, first?.recordId ?? '', { code: 'desk_closed', field: 'desk', at: 0 });
		const form = new EditForm(open, await visit(), 'when');
		form.change((values) => {
			values.desk = NEW;
		});
		await form.save(true);
		const rows = await outbox();
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			fields: { desk: NEW, deskMunicipality: '925', language: 'ar', topics: ['permits'] }
		});
	});

	it('goes on with what was typed before a reload', async () => {
		const before = new EditForm(open, await visit(), 'note');
		before.change((values) => {
			values.note = 'Soittaa huomenna';
		});
		before.keepAtOnce();
		await expect.poll(() => device.db.drafts.count()).toBe(1);
		const after = new EditForm(open, await visit(), 'note');
		await after.restore();
		expect(after.values.note).toBe('Soittaa huomenna');
		await after.save(false);
		expect((await visit()).notes.map(({ text }) => text)).toEqual(['Soittaa huomenna']);
		expect(await device.db.drafts.count()).toBe(0);
		// A page that is gone has no timer that would write once more.
		await before.forget();
	});
});
