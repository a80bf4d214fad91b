import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { emptyRecord, join, opState, type RecordState } from '#lib/domain/record.ts';
import { changesOf } from '#lib/domain/service-history.ts';
import { isNote } from '#lib/domain/service-record.ts';
import { newId } from '#lib/domain/ids.ts';
import { changeService } from './service-edits.ts';
import { serviceOps } from './service-ops.ts';
import { dropGivenBack, services, serviceState, storedServices } from './services.ts';
import { giveUp } from './rejections.ts';
import { seal, unseal, type OpBody } from './rows.ts';
import { readStamp } from './stamp.ts';
import { reject, testDevice, type TestDevice } from './test-device.ts';

const written = (text: string) => ({ text, origin: 'written' as const });
const whole: Record<string, JsonValue> = {
	kind: 'nationwide',
	name: { fi: written('Kela') },
	links: [],
	phones: [],
	topics: [],
	serviceLanguages: [],
	municipalities: [],
	critical: [],
	source: { title: 'Kela', date: '2026-02-01' },
	verified: null,
	mayHandOver: true
};

let device: TestDevice;
let id: string;

/** As the server's answer leaves an entry behind. */
async function said(state: RecordState): Promise<void> {
	await device.open.services.put({ organisation: device.membership.organisation, id, ...seal(state) });
}
const namesIn = async () => (await services(device)).map(({ name }) => name);
const edit = async (fields: Record<string, JsonValue>) =>
	changeService(device, await readStamp(device), id, fields, await serviceState(device, id));

beforeEach(async () => {
	device = await testDevice();
	id = newId();
	const op = { opId: newId(), collection: 'service', recordId: id, fields: whole, base: {}, schema: 1 };
	await said(opState({ ...op, clock: '000000000001-0000000000000000' }, 'server'));
});
afterEach(() => device.remove());

describe('an entry that is edited on this device', () => {
	it('shows the edit at once, with one op on its way that knows what it replaces', async () => {
		await edit({ name_sv: written('Fpa'), phones: [{ number: '116117', source: whole['source']! }] });
		expect(await namesIn()).toEqual([{ fi: written('Kela'), sv: written('Fpa') }]);
		const [row, ...more] = await device.db.outbox.toArray();
		expect(more).toEqual([]);
		expect(row).toMatchObject({ collection: 'service', recordId: id });
		expect(unseal<OpBody>(row!).base).toEqual({ phones: ['000000000001-0000000000000000'] });
		// What the memberships of this device share is the server's word alone.
		expect((await device.open.services.toArray())[0]?.body).not.toContain('Fpa');
	});

	it('may be a new one, and may be taken out of the directory and back', async () => {
		id = newId();
		await edit({ ...whole, name: { fi: written('Uusi') } });
		expect(await namesIn()).toContainEqual({ fi: written('Uusi') });
		await edit({ removed: true });
		expect(await namesIn()).toEqual([{ fi: written('Kela') }]);
		await edit({ removed: false });
		expect(await storedServices(device)).toHaveLength(2);
	});

	it('is read from the server alone once the server has given it back, and not a moment sooner', async () => {
		await edit({ name_sv: written('Fpa') });
		await dropGivenBack(device, [id]);
		expect(await device.db.records.count()).toBe(1);
		await said(await serviceState(device, id));
		await dropGivenBack(device, [id]);
		expect(await device.db.records.count()).toBe(0);
		expect(await namesIn()).toEqual([{ fi: written('Kela'), sv: written('Fpa') }]);
	});

	it('is given up as a whole where the server refuses it', async () => {
		await edit({ name_sv: written('Fpa') });
		await reject(device.db, id, { code: 'not_allowed', at: 1 });
		expect(await namesIn()).toEqual([{ fi: written('Kela'), sv: written('Fpa') }]);
		await giveUp(device, await readStamp(device), id);
		expect(await namesIn()).toEqual([{ fi: written('Kela') }]);
	});

	it('goes out in portions that the server takes', async () => {
		const places = Array.from({ length: 5 }, (_, at) => [`later${at}`, 'x'.repeat(100_000)] as const);
		await edit(Object.fromEntries(places));
		const rows = await device.db.outbox.toArray();
		const said = (names: object) => Object.keys(names).filter((name) => !isNote(name));
		expect(rows.map((row) => said(unseal<OpBody>(row).fields).length)).toEqual([2, 2, 1]);
		const ops = rows.map((row) => ({
			...unseal<OpBody>(row),
			opId: row.opId,
			collection: 'service',
			recordId: id
		}));
		const all = ops.reduce((state, op) => join(state, opState(op, device.membership.id)), emptyRecord);
		expect(said(all.heads)).toEqual(places.map(([name]) => name));
		// What was as large before would not go into the same op.
		const huge = 'y'.repeat(200_000);
		await edit({ later0: huge });
		await edit({ later0: [huge] });
		const last = (await device.db.outbox.toArray()).at(-1);
		expect(Object.keys(unseal<OpBody>(last!).fields)).toEqual(['later0']);
	});

	it('says what stood before, and is taken back by one more change', async () => {
		await edit({
			name_fi: written('Kansaneläkelaitos'),
			phones: [{ number: '116117', source: whole['source']! }]
		});
		const changes = async () =>
			changesOf(await serviceState(device, id), await serviceOps(device, id), device.membership.id);
		expect(await changes()).toMatchObject([
			{ field: 'name_fi', before: written('Kela'), value: written('Kansaneläkelaitos'), stands: true },
			{ field: 'phones', before: [], stands: true }
		]);
		await edit({ name_fi: (await changes())[0]!.before! });
		expect(await namesIn()).toEqual([{ fi: written('Kela') }]);
		const name = (await changes()).filter(({ field }) => field === 'name_fi');
		expect(name.map(({ value, stands }) => [value, stands])).toEqual([
			[written('Kela'), true],
			[written('Kansaneläkelaitos'), false]
		]);
	});
});
