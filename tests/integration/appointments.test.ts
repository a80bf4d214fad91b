import { afterAll, expect, it } from 'vitest';
import { bookedFields, isExpected, movedFields, readAppointment } from '#lib/domain/appointment.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { retentionClasses, retentionNames } from '#lib/protocol/retention.ts';
import { monthsBefore } from '#lib/server/retention/months.ts';
import type { Periods } from '#lib/server/retention/periods.ts';
import { retain } from '#lib/server/retention/run.ts';
import { opOf } from '../support/ops.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const today = helsinki(Date.now()).date;
const reception = newId();
const desk = newId();
const slot = (start: string, date = today) => ({ desk, reception, date, start, length: 30 });
const booking = (start: string, date = today) =>
	bookedFields({
		slot: slot(start, date),
		language: 'ar',
		channel: 'desk',
		asked: 'phone',
		note: null,
		reference: 'K7MP'
	});

onEveryStore('appointments', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(
			server,
			'adviser',
			'adviser',
			'coordinator',
			'administrator',
			'viewer'
		);
		const [one, other, coordinator, administrator, viewer] = phones as [Phone, Phone, Phone, Phone, Phone];
		return { server, organisation, one, other, coordinator, administrator, viewer };
	}
	const seen = async (phone: Phone) => {
		const states = new Map<string, RecordState>();
		for (const { collection, recordId, state } of await phone.readAll())
			if (collection === 'appointment' && state) states.set(recordId, state as RecordState);
		return [...states].flatMap(([id, state]) => readAppointment(id, state) ?? []);
	};
	const times = async (phone: Phone) =>
		(await seen(phone)).map(({ slots }) => slots.map(({ value }) => value.start).join(' ')).sort();

	it('that two phones booked for one time without a network both stand, for both, and one is moved', async () => {
		const { one, other, coordinator, viewer } = await start();
		const [a, b] = [opOf(one, 'appointment', booking('10:00')), opOf(other, 'appointment', booking('10:00'))];
		expect(await one.outcomes(a)).toEqual(['applied']);
		expect(await other.outcomes(b)).toEqual(['applied']);
		for (const phone of [one, other, coordinator]) expect(await times(phone)).toEqual(['10:00', '10:00']);
		const base = { slot: [b.clock], state: [b.clock] };
		const moved = opOf(one, 'appointment', movedFields(slot('10:30')), { recordId: b.recordId, base });
		expect(await one.outcomes(moved)).toEqual(['applied']);
		for (const phone of [one, other, coordinator]) expect(await times(phone)).toEqual(['10:00', '10:30']);
		expect(await seen(viewer)).toEqual([]);
	});

	it('that one moves and another cancels at the same time is in conflict, and the client is still expected', async () => {
		const { one, other } = await start();
		const made = opOf(one, 'appointment', booking('10:00'));
		const { recordId } = made;
		const base = { slot: [made.clock], state: [made.clock] };
		expect(await one.outcomes(made)).toEqual(['applied']);
		const cancelled = opOf(other, 'appointment', { state: 'cancelled-by-client' }, { recordId, base });
		expect(await other.outcomes(cancelled)).toEqual(['applied']);
		const moved = opOf(one, 'appointment', movedFields(slot('11:00')), { recordId, base });
		expect(await one.outcomes(moved)).toEqual(['conflict']);
		const [found] = await seen(other);
		expect(found && isExpected(found)).toBe(true);
		expect(found?.states.map(({ value }) => value).sort()).toEqual(['booked', 'cancelled-by-client']);
	});

	it('are written by everybody who works here and by no viewer, and never with a wrong field', async () => {
		const { one, coordinator, administrator, viewer } = await start();
		for (const phone of [one, coordinator, administrator])
			expect(await phone.outcomes(opOf(phone, 'appointment', booking('10:00')))).toEqual(['applied']);
		expect(await viewer.outcomes(opOf(viewer, 'appointment', booking('10:00')))).toEqual(['not_allowed']);
		const bad: [string, Record<string, JsonValue>][] = [
			['slot', { slot: { ...slot('10:00'), date: '2026-02-30' } }],
			['slot', { slot: '10:00' }],
			['reference', { reference: 'Aino Esimerkki' }],
			['note', { note: 'x'.repeat(500) }]
		];
		for (const [field, fields] of bad)
			expect(await one.outcomes(opOf(one, 'appointment', { ...booking('10:00'), ...fields }))).toEqual([
				field
			]);
	});

	it('the times of a reception are a coordinator’s to set, and have limits', async () => {
		const { one, coordinator } = await start();
		const set = (phone: Phone, slots: JsonValue) => phone.outcomes(opOf(phone, 'reception', { slots }));
		const slots = { length: 30, from: '10:00', until: null, atOnce: 2 };
		expect(await set(coordinator, slots)).toEqual(['applied']);
		expect(await set(coordinator, null)).toEqual(['applied']);
		expect(await set(one, slots)).toEqual(['not_allowed']);
		for (const wrong of [
			{ ...slots, length: 1 },
			{ ...slots, atOnce: 0 },
			{ ...slots, from: '25:00' },
			'yes'
		])
			expect(await set(coordinator, wrong)).toEqual(['slots']);
	});

	it('are erased everywhere a month after their day, and not while they are to come, however long ago they were booked', async () => {
		const { server, organisation, one, other } = await start();
		const [past, future] = [
			opOf(one, 'appointment', booking('10:00')),
			opOf(one, 'appointment', booking('11:00', addDays(today, 90)))
		];
		const refused = opOf(one, 'appointment', { ...booking('12:00'), note: 'x'.repeat(500) });
		expect(await one.outcomes(past, future, refused)).toEqual(['applied', 'applied', 'note']);
		const periods = Object.fromEntries(
			retentionNames.map((name) => [name, retentionClasses[name].usual])
		) as Record<keyof Periods, number>;
		const later = async (months: number) =>
			(
				await retain(server.store, organisation, periods, {
					now: monthsBefore(Date.now(), -months) + 86_400_000
				})
			).counts;
		expect(await later(0)).toMatchObject({ appointments: 0 });
		expect(await later(1)).toMatchObject({ appointments: 2 });
		expect(await later(1)).toMatchObject({ appointments: 0 });
		for (const phone of [one, other]) expect(await times(phone)).toEqual(['11:00']);
		const bodies = await server.store.db.selectFrom('journal_bodies').select('body').execute();
		expect(JSON.stringify(bodies)).not.toContain('12:00');
		// Somebody who says it again is told that it is gone.
		const again = opOf(other, 'appointment', booking('10:00'), { recordId: past.recordId });
		expect(await other.outcomes(again)).toEqual(['erased']);
	});
});
