import { afterAll, expect, it } from 'vitest';
import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import { WORK_HOURS, workHoursId } from '#lib/domain/work-hours.ts';
import { basisOf } from '#lib/server/reports/basis.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { opOf, recordOf } from '../support/ops.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const FRIDAY = '2026-11-27';
const MONTH = { from: '2026-11-01', to: '2026-11-30' };

onEveryStore('working hours', (fresh) => {
	let toldAt = Date.UTC(2026, 10, 27, 15);
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(
			server,
			'adviser',
			'adviser',
			'coordinator',
			'viewer'
		);
		const [adviser, colleague, coordinator, viewer] = phones as [Phone, Phone, Phone, Phone];
		const desk = opOf(coordinator, 'desk', { name: 'Kirjasto', municipality: '263', placeType: 'library' });
		const reception = opOf(coordinator, 'reception', {
			desk: desk.recordId,
			start: `${FRIDAY}T10:00`,
			end: `${FRIDAY}T15:00`,
			rule: null,
			except: [],
			languages: ['fi']
		});
		await coordinator.sync([desk, reception]);
		const tell = async (phone: Phone, more: object = {}) => {
			const told = {
				desk: desk.recordId,
				reception: reception.recordId,
				date: FRIDAY,
				held: true,
				from: '10:00',
				to: '13:00',
				...more
			};
			const recordId = await workHoursId(phone.enrolled.membership, told);
			// Told one after the other: within one millisecond nobody knows which came last.
			toldAt += 1000;
			return opOf(phone, WORK_HOURS, told, { recordId, clock: nextClock(toldAt, '00000000000000aa') });
		};
		const held = async () => (await basisOf(server.store, organisation, MONTH)).held;
		return { adviser, colleague, coordinator, viewer, desk, tell, held };
	}

	it('count where they were told, once however often, and as planned until then', async () => {
		const { adviser, colleague, tell, held } = await start();
		const one = { municipality: '263', receptions: 1, languages: ['fi'] };
		expect(await held()).toEqual([{ ...one, told: 0, minutes: 300 }]);
		await adviser.sync([await tell(adviser), await tell(adviser, { to: '14:30' })]);
		expect(await held()).toEqual([{ ...one, told: 1, minutes: 270 }]);
		await colleague.sync([await tell(colleague, { held: false })]);
		expect(await held()).toEqual([{ ...one, told: 1, minutes: 270 }]);
		await adviser.sync([await tell(adviser, { held: false })]);
		expect(await held()).toEqual([]);
	});

	it('are the adviser’s own and the coordinator’s to read, and nobody else’s', async () => {
		const { adviser, colleague, coordinator, viewer, tell } = await start();
		const op = await tell(adviser);
		expect(await adviser.outcomes(op)).toEqual(['applied']);
		expect((await recordOf(adviser, op.recordId))?.values).toMatchObject({ to: '13:00' });
		expect((await recordOf(coordinator, op.recordId))?.values).toMatchObject({ to: '13:00' });
		for (const phone of [colleague, viewer]) expect(await recordOf(phone, op.recordId)).toBeUndefined();
		// Nor may a colleague be first, where the adviser has not told anything yet.
		const next = await tell(adviser, { date: '2026-11-20' });
		const early = { ...(await tell(colleague, { date: '2026-11-20' })), recordId: next.recordId };
		expect(await colleague.outcomes(early)).toEqual(['not_yours']);
		expect(await adviser.outcomes(next)).toEqual(['applied']);
		const forged = opOf(colleague, WORK_HOURS, { to: '23:00' }, { recordId: op.recordId });
		expect(await colleague.outcomes(forged)).toEqual(['not_yours']);
		expect(await viewer.outcomes(await tell(viewer))).toEqual(['not_allowed']);
	});

	it('are refused where they say what nobody can work, and cost nothing else', async () => {
		const { adviser, tell, held } = await start();
		const bad = [
			{ from: '25:00' },
			{ to: '8' },
			{ date: 'perjantai' },
			{ desk: 'kirjasto' },
			{ held: 'yes' }
		];
		for (const fields of bad)
			expect(await adviser.outcomes(await tell(adviser, fields))).toEqual(Object.keys(fields));
		// Of a desk that nobody knows, and of a day of another month: kept, and counted nowhere.
		await adviser.sync([
			await tell(adviser, { desk: newId(), reception: null }),
			await tell(adviser, { date: '2026-12-04', reception: null })
		]);
		expect(await held()).toMatchObject([{ receptions: 1, told: 0, minutes: 300 }]);
	});
});
