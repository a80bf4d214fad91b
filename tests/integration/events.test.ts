import { afterAll, expect, it } from 'vitest';
import { countsOf } from '#lib/domain/event-count.ts';
import { dayOn } from '#lib/domain/event-days.ts';
import { doneField, EVENT, EVENT_COUNT, eventVisitId } from '#lib/domain/event-records.ts';
import { eventVisitFields } from '#lib/domain/event-visit.ts';
import { readEvent } from '#lib/domain/event.ts';
import { newId } from '#lib/domain/ids.ts';
import { conflicts, shownValues } from '#lib/domain/record.ts';
import { figuresOf } from '#lib/server/reports/figures.ts';
import { opOf, recordOf } from '../support/ops.ts';
import { newOrganisation, startServer, stateOf, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const date = '2026-03-06';
const plan = {
	title: 'Asuminen',
	desk: null,
	place: 'Monitoimitalo',
	municipality: '263',
	start: `${date}T17:00`,
	end: `${date}T18:30`,
	rule: null,
	except: [],
	languages: ['ar', 'so'],
	topics: ['housing']
};
const about = (event: string) => ({ event, date, topics: {} });
const visitOp = (phone: Phone, event: string, people: Record<string, number>) => {
	const day = dayOn(readEvent(event, plan)!, date)!;
	const fields = eventVisitFields(day, countsOf([{ people, topics: {} }]), undefined);
	return opOf(phone, 'visit', fields, { recordId: eventVisitId(event, date) });
};

onEveryStore('events', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(
			server,
			'adviser',
			'adviser',
			'coordinator',
			'viewer',
			'administrator'
		);
		const [first, second, coordinator, viewer, administrator] = phones as [Phone, Phone, Phone, Phone, Phone];
		const figures = () =>
			figuresOf(server.store, organisation, {
				from: date,
				to: date,
				where: {},
				tables: [],
				measure: 'participants'
			});
		return { server, organisation, first, second, coordinator, viewer, administrator, figures };
	}

	it('are planned and counted by advisers and coordinators, and read by everybody who works here', async () => {
		const { first, coordinator, viewer, administrator } = await start();
		const event = opOf(first, EVENT, plan);
		expect(await first.outcomes(event)).toEqual(['applied']);
		const moved = opOf(
			coordinator,
			EVENT,
			{ title: 'Asuminen 2' },
			{
				recordId: event.recordId,
				base: { title: [event.clock] }
			}
		);
		expect(await coordinator.outcomes(moved)).toEqual(['applied']);
		const sheet = opOf(first, EVENT_COUNT, { ...about(event.recordId), people: { ar: 3 } });
		expect(await first.outcomes(sheet)).toEqual(['applied']);
		expect((await recordOf(administrator, event.recordId))?.values).toMatchObject({ title: 'Asuminen 2' });
		expect((await recordOf(coordinator, sheet.recordId))?.values).toMatchObject({ people: { ar: 3 } });
		expect(await recordOf(viewer, event.recordId)).toBeUndefined();
		for (const phone of [viewer, administrator])
			expect(await phone.outcomes(opOf(phone, EVENT, plan))).toEqual(['not_allowed']);
	});

	it('refuse what makes no event and no count, by field', async () => {
		const { first } = await start();
		const end = { start: `${date}T18:00`, end: `${date}T17:00` };
		expect(
			await first.outcomes(
				opOf(first, EVENT, { ...plan, ...end }),
				opOf(first, EVENT, { ...plan, topics: [] }),
				opOf(first, EVENT, { [doneField(date)]: { state: 'maybe', by: newId() } }),
				opOf(first, EVENT_COUNT, { ...about(newId()), people: { ar: 1.5 } }),
				opOf(first, EVENT_COUNT, { ...about(newId()), people: { ar: 5_000_000 } })
			)
		).toEqual(['end', 'topics', doneField(date), 'people', 'people']);
	});

	it('make one contact, though two members end it without knowing of each other', async () => {
		const { server, organisation, first, second, figures } = await start();
		const event = opOf(first, EVENT, plan);
		await first.outcomes(event);
		const id = event.recordId;
		const [one, other] = [visitOp(first, id, { ar: 10 }), visitOp(second, id, { ar: 10, so: 5 })];
		expect(await first.outcomes(one)).toEqual(['applied']);
		expect(await second.outcomes(other)).toEqual(['conflict']);
		// Which of the two numbers stands until then is told by their clocks; it is one contact either way.
		expect((await figures()).contacts).toBe(1);
		const settled = visitOp(second, id, { ar: 10, so: 5 });
		const base = Object.keys(settled.fields).map((field) => [field, [one.clock, other.clock]]);
		expect(await second.outcomes({ ...settled, base: Object.fromEntries(base) })).toEqual(['applied']);
		expect(await figures()).toMatchObject({ contacts: 1, count: 15 });
		const state = await stateOf(server, organisation, eventVisitId(id, date));
		expect(shownValues(state)).toMatchObject({ event: id, channel: 'event' });
		expect(conflicts(state)).toEqual([]);
	});

	it('open no other visit to a colleague, whatever event an op names', async () => {
		const { first, second } = await start();
		const visit = first.visit();
		expect(await first.outcomes(visit)).toEqual(['applied']);
		// An event whose id fits that visit, made for the purpose.
		const fitting = `01980000-0000${visit.recordId.slice(13)}`;
		expect(await second.outcomes(opOf(second, EVENT, plan, { recordId: fitting }))).toEqual(['applied']);
		const forged = opOf(
			second,
			'visit',
			{ event: fitting, topics: ['permits'] },
			{ recordId: visit.recordId }
		);
		expect(await second.outcomes(forged)).toEqual(['not_yours']);
		// Nor does naming none, or another one, open the visit of an event.
		const event = opOf(first, EVENT, plan);
		await first.outcomes(event, visitOp(first, event.recordId, { ar: 1 }));
		const recordId = eventVisitId(event.recordId, date);
		expect(await second.outcomes(opOf(second, 'visit', { topics: ['work'] }, { recordId }))).toEqual([
			'not_yours'
		]);
		// It is opened again by whoever ends it; words of somebody’s own it takes from its author only.
		const words = { event: event.recordId, topicText: 'x' };
		expect(await second.outcomes(opOf(second, 'visit', words, { recordId }))).toEqual(['not_yours']);
		expect(await second.outcomes(opOf(second, 'visit', { removed: true }, { recordId }))).toEqual([
			'applied'
		]);
		expect(
			await second.outcomes(opOf(second, 'visit', { removed: true }, { recordId: visit.recordId }))
		).toEqual(['not_yours']);
		const other = opOf(second, 'visit', { event: fitting, topics: ['work'] }, { recordId });
		expect(await second.outcomes(other)).toEqual(['not_yours']);
	});

	it('keep what an adviser counted before they were removed, and hold what comes after for the coordinator', async () => {
		const { server, first, coordinator } = await start();
		const event = opOf(coordinator, EVENT, plan);
		await coordinator.outcomes(event);
		const before = opOf(first, EVENT_COUNT, { ...about(event.recordId), people: { ar: 4 } });
		expect(await first.outcomes(before)).toEqual(['applied']);
		await server.store.db
			.updateTable('memberships')
			.set({ ended_at: Date.now() })
			.where('id', '=', first.enrolled.membership)
			.execute();
		const after = opOf(first, EVENT_COUNT, { ...about(event.recordId), people: { ar: 9 } });
		expect(await first.outcomes(after)).toEqual(['device_revoked']);
		expect((await recordOf(coordinator, before.recordId))?.values).toMatchObject({ people: { ar: 4 } });
		expect(await recordOf(coordinator, after.recordId)).toBeUndefined();
		const { body } = await server.store.db
			.selectFrom('journal_bodies')
			.select('body')
			.where('op_id', '=', after.opId)
			.executeTakeFirstOrThrow();
		expect(body).toContain('"ar":9');
	});
});
