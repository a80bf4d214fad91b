import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import type { OpenApp } from '#lib/components/app.svelte.ts';
import { live } from '#lib/device/live.svelte.ts';
import { seal, unseal, type OpBody } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { addVisit, changeVisit, removeVisit } from '#lib/device/visits.ts';
import { baseOf, conflicts, join, opState, removal, type RecordState } from '#lib/domain/record.ts';
import { m } from '#lib/paraglide/messages.js';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import Unsettled from './Unsettled.svelte';

overwriteGetLocale(() => 'fi');

let device: TestDevice;
let id: string;

beforeEach(async () => {
	device = await testDevice();
	const fields = { at: '2026-03-06T09:32:00Z', desk: null, language: 'ar', topics: ['permits'] };
	id = await addVisit(device, await readStamp(device), fields);
});

afterEach(async () => {
	await cleanup();
	await device.remove();
});

const state = async () => unseal<RecordState>((await device.db.visits.get(id))!);

/** What another device has written on the visit as it was, arrives. */
async function arrives(seen: RecordState, language: string, author: string): Promise<void> {
	const op = {
		opId: `01980000-0000-7000-8000-${language.padStart(12, '0')}`,
		collection: 'visit',
		recordId: id,
		fields: { language },
		clock: `${(Date.now() + 5).toString(16).padStart(12, '0')}-00000000000000bb`,
		base: baseOf(seen, ['language']),
		schema: 1
	};
	await device.db.visits.put({ id, ...seal(join(await state(), opState(op, author))) });
}

async function show(): Promise<void> {
	const rest = { sync: { now: vi.fn(async () => ({ ok: true })) }, desks: live(async () => [], []) };
	const open: OpenApp = { ...(rest as unknown as OpenApp), device, stamp: await readStamp(device) };
	const names = new Map([['colleague', 'Koordinaattori Kaisa']]);
	await render(Unsettled, { open, entry: new VisitEntry((await device.db.visits.get(id))!), names });
}

describe('two values that stand', () => {
	it('stand side by side, and the choice replaces what was shown', async () => {
		const before = await state();
		await changeVisit(device, await readStamp(device), id, { language: 'ru' });
		await arrives(before, 'uk', 'somebody');
		expect(conflicts(await state())).toEqual(['language']);
		await show();
		await expect.element(page.getByRole('heading', { name: /Sinä/ })).toBeVisible();
		const theirs = page.getByRole('listitem').filter({ hasText: 'Toinen käyttäjä' });
		await expect.element(theirs).toMatchTextContent('ukraina');
		await theirs.getByRole('button', { name: 'Pidä tämä' }).click();
		await expect.poll(async () => conflicts(await state())).toEqual([]);
		expect((await state()).heads.language?.map(({ value }) => value)).toEqual(['uk']);
		const last = unseal<OpBody>((await device.db.outbox.orderBy('seq').last())!);
		// Both that stood, and what the own one, which is not delivered yet, had replaced.
		expect(last.base.language).toHaveLength(3);
	});

	it('a colleague’s stands under the name that phones know', async () => {
		const before = await state();
		await changeVisit(device, await readStamp(device), id, { language: 'ru' });
		await arrives(before, 'uk', 'colleague');
		await show();
		await expect.element(page.getByRole('heading', { name: /Koordinaattori Kaisa/ })).toBeVisible();
	});

	it('a third change that comes while somebody chooses is not lost', async () => {
		const before = await state();
		await changeVisit(device, await readStamp(device), id, { language: 'ru' });
		await arrives(before, 'uk', 'somebody');
		await show();
		await arrives(before, 'so', 'a third one');
		await page.getByRole('button', { name: 'Pidä tämä' }).first().click();
		await expect
			.poll(async () => (await state()).heads.language?.map(({ value }) => value).sort())
			.toEqual(['ru', 'so']);
	});

	it('a visit that one removed and another changed is kept or removed by choice', async () => {
		const before = await state();
		await removeVisit(device, await readStamp(device), id);
		await arrives(before, 'uk', 'somebody');
		expect(removal(await state())).toBe('but-changed');
		await show();
		await page.getByRole('button', { name: 'Säilytä käynti' }).click();
		await expect.poll(async () => removal(await state())).toBe('no');
		expect((await state()).heads.language?.map(({ value }) => value)).toContain('uk');
	});

	it('where the choice could not be saved: says so, and both stand', async () => {
		const before = await state();
		await changeVisit(device, await readStamp(device), id, { language: 'ru' });
		await arrives(before, 'uk', 'somebody');
		await show();
		const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw new DOMException('The disk is full.', 'QuotaExceededError');
		});
		await page.getByRole('button', { name: 'Pidä tämä' }).first().click();
		await expect.element(page.getByRole('alert')).toHaveTextContent(m.save_failed_short());
		full.mockRestore();
		expect(conflicts(await state())).toEqual(['language']);
		await page.getByRole('button', { name: 'Pidä tämä' }).first().click();
		await expect.poll(async () => conflicts(await state())).toEqual([]);
		expect(page.getByRole('alert').query()).toBeNull();
	});
});
