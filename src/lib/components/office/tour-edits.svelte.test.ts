import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { receptions } from '#lib/device/records.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { recordState } from './record-state.ts';
import type { OpenDirectory } from './office-directory.svelte.ts';
import { Saving } from './saving.svelte.ts';
import { cancelDay, writeReceptions } from './tour-edits.ts';

let device: TestDevice;

beforeEach(async () => {
	device = await testDevice();
});
afterEach(() => device.remove());

const held = {
	desk: newId(),
	start: '2026-03-06T10:00',
	end: '2026-03-06T15:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi']
};

it('a day that is cancelled by two taps in a second is cancelled once, with one reason', async () => {
	const stamp = await readStamp(device);
	const id = newId();
	await writeReceptions(device, stamp, [{ id, fields: held }]);
	const opened = { sync: { now: () => Promise.resolve() } } as unknown as OpenDirectory;
	const saving = new Saving();
	const tap = () => saving.run(opened, () => cancelDay(device, stamp, id, '2026-03-13', 'Koulutus'));
	const before = await device.db.outbox.count();
	expect(await Promise.all([tap(), tap()])).toEqual([true, false]);
	expect(await device.db.outbox.count()).toBe(before + 1);
	// In two tabs nothing holds the second back: it says the same, and no two values stand.
	await Promise.all([1, 2].map(() => cancelDay(device, stamp, id, '2026-03-20', 'Loma')));
	const state = (await recordState(device, 'reception', id)) as RecordState;
	expect(state.heads['cancelled_2026-03-20']).toHaveLength(1);
	expect(shownValues(state)).toMatchObject({
		'cancelled_2026-03-13': 'Koulutus',
		'cancelled_2026-03-20': 'Loma'
	});
});

it('receptions that belong together are written together, and each says what its author has seen', async () => {
	const stamp = await readStamp(device);
	const id = newId();
	await writeReceptions(device, stamp, [{ id, fields: held }]);
	const seen = await recordState(device, 'reception', id);
	await cancelDay(device, stamp, id, '2026-03-13', 'Koulutus');
	await writeReceptions(device, stamp, [
		{ id: undefined, fields: { ...held, rule: null } },
		{ id, fields: { note: 'Ovi C' }, seen }
	]);
	const all = await receptions(device.db);
	expect(all.map(({ rule }) => rule).sort()).toEqual(['FREQ=WEEKLY', null]);
	expect(all.find((one) => one.id === id)).toMatchObject({
		note: 'Ovi C',
		'cancelled_2026-03-13': 'Koulutus'
	});
});
