import { afterAll, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import { receptionFields } from '#lib/domain/tour.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { opOf, recordOf } from '../support/ops.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const desk = { name: 'Vieremän kirjasto', municipality: '925', placeType: 'library', room: null };
const receptionOf = (id: string) => ({
	desk: id,
	start: '2026-03-02T10:00',
	end: '2026-03-02T15:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi', 'ar'],
	note: null
});

onEveryStore('the tour', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(
			server,
			'adviser',
			'coordinator',
			'coordinator',
			'viewer',
			'administrator'
		);
		const [adviser, first, second, viewer, administrator] = phones as [Phone, Phone, Phone, Phone, Phone];
		return { server, adviser, first, second, viewer, administrator };
	}
	const read = async (phone: Phone, id: string) => (await recordOf(phone, id))?.values;

	it('is planned by coordinators, and read by everybody who works here', async () => {
		const { adviser, first, viewer } = await start();
		const made = opOf(first, 'desk', desk);
		const reception = opOf(first, 'reception', receptionOf(made.recordId));
		expect(await first.outcomes(made, reception)).toEqual(['applied', 'applied']);
		expect(await read(adviser, made.recordId)).toEqual(desk);
		expect(await read(adviser, reception.recordId)).toMatchObject({ desk: made.recordId });
		expect(await read(viewer, made.recordId)).toBeUndefined();
		for (const phone of [adviser, viewer]) {
			expect(await phone.outcomes(opOf(phone, 'desk', desk))).toEqual(['not_allowed']);
			const moved = opOf(phone, 'reception', { note: 'x' }, { recordId: reception.recordId });
			expect(await phone.outcomes(moved)).toEqual(['not_allowed']);
		}
	});

	it('has a desk for the visits that are delivered with it, and none that its author might not make', async () => {
		const { adviser, first } = await start();
		const made = opOf(first, 'desk', desk);
		const visit = first.visit({ desk: made.recordId });
		expect(await first.outcomes(made, visit)).toEqual(['applied', 'applied']);
		const forged = opOf(adviser, 'desk', desk);
		const theirs = adviser.visit({ desk: forged.recordId });
		expect(await adviser.outcomes(forged, theirs)).toEqual(['not_allowed', 'desk']);
		// Closed: later visits are refused, also in the batch that closes it.
		const closed = opOf(first, 'desk', { closedFrom: '2000-01-01' }, { recordId: made.recordId });
		const late = first.visit({ desk: made.recordId });
		expect(await first.outcomes(closed, late)).toEqual(['applied', 'desk']);
	});

	it('two coordinators who cancel different days write over nothing, and a day can be held after all', async () => {
		const { first, second, adviser } = await start();
		const made = opOf(first, 'desk', desk);
		const { recordId } = opOf(first, 'reception', {});
		const reception = opOf(first, 'reception', receptionOf(made.recordId), { recordId });
		expect(await first.outcomes(made, reception)).toEqual(['applied', 'applied']);
		const cancel = (phone: Phone, date: string, reason: string | null) =>
			phone.outcomes(opOf(phone, 'reception', { [`cancelled_${date}`]: reason }, { recordId }));
		expect(await cancel(first, '2026-03-09', 'Sairaus')).toEqual(['applied']);
		expect(await cancel(second, '2026-03-16', 'Kirjasto on kiinni')).toEqual(['applied']);
		const days = async () => {
			const values = receptionFields.parse(await read(adviser, recordId));
			return stopsBetween([{ ...values, id: recordId }], '2026-03-01', '2026-03-31').map(({ date }) => date);
		};
		expect(await days()).toEqual(['2026-03-02', '2026-03-23', '2026-03-30']);
		const { base: _, ...undo } = opOf(first, 'reception', { 'cancelled_2026-03-09': null }, { recordId });
		expect(['applied', 'conflict']).toContain((await first.outcomes(undo))[0]);
		expect(await cancel(adviser, '2026-03-23', 'x')).toEqual(['not_allowed']);
	});

	it('who opens the door is a coordinator’s to write, reaches advisers, and never viewers', async () => {
		const { first, adviser, viewer, administrator } = await start();
		const made = opOf(first, 'desk', desk);
		const { recordId } = made;
		const fields = { opener: 'Vahtimestari', openerPhone: '040 123 4567', wifi: 'kirjasto / salasana' };
		const guide = opOf(first, 'desk-guide', { ...fields, materials: ['Tulostin'] }, { recordId });
		expect(await first.outcomes(made, guide)).toEqual(['applied', 'applied']);
		expect((await recordOf(adviser, recordId, 'desk-guide'))?.values).toMatchObject(fields);
		expect(await recordOf(viewer, recordId, 'desk-guide')).toBeUndefined();
		expect((await recordOf(administrator, recordId, 'desk-guide'))?.values).toMatchObject(fields);
		const theirs = opOf(adviser, 'desk-guide', { wifi: 'x' }, { recordId });
		expect(await adviser.outcomes(theirs)).toEqual(['not_allowed']);
	});

	it('says which field is wrong, and keeps those of a later version', async () => {
		const { first } = await start();
		const id = newId();
		const bad: [string, Record<string, JsonValue>, string][] = [
			['desk', { municipality: 'Vieremä' }, 'municipality'],
			['desk', { closedFrom: 'soon' }, 'closedFrom'],
			['desk', { closedFrom: '2026-13-45' }, 'closedFrom'],
			['reception', { start: '2026-03-02T25:00', end: '2026-03-02T26:00' }, 'start'],
			['reception', { start: '2026-02-30T10:00', end: '2026-03-02T11:00' }, 'start'],
			['reception', { start: '2026-03-02T10:00', end: '2026-13-40T11:00' }, 'end'],
			['reception', { start: '2026-03-02T10:00', end: '2026-03-02T10:00' }, 'end'],
			['reception', { start: '2026-03-02T10:00', end: '2026-03-09T11:00' }, 'end'],
			['reception', { end: '2026-03-02T11:00' }, 'start'],
			['reception', { start: '2026-03-02 10:00' }, 'start'],
			['reception', { desk: 'library' }, 'desk'],
			['reception', { except: 'never' }, 'except'],
			['reception', { 'cancelled_2026-03-09': '' }, 'cancelled_2026-03-09'],
			['reception', { 'held_2026-03-09': [] }, 'held_2026-03-09'],
			['reception', { 'held_2026-03-09': ['Aino'] }, 'held_2026-03-09'],
			['reception', { advisers: 'Aino' }, 'advisers'],
			['reception', { 'cancelled_2026-03-09': 'x'.repeat(201) }, 'cancelled_2026-03-09'],
			['reception', { rule: 'FREQ=WEEKLY;'.repeat(20) }, 'rule'],
			['desk-guide', { openerPhone: 'call me' }, 'openerPhone'],
			['desk-guide', { materials: 'printer' }, 'materials'],
			['desk-guide', { wifi: 'x'.repeat(201) }, 'wifi']
		];
		for (const [collection, fields, field] of bad)
			expect(await first.outcomes(opOf(first, collection, fields, { recordId: id }))).toEqual([field]);
		const later = { ...receptionOf(newId()), doorCode: { of: 'a later version' } };
		expect(await first.outcomes(opOf(first, 'reception', later))).toEqual(['applied']);
	});
});
