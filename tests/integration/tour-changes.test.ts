import { expect, it } from 'vitest';
import { emptyRecord } from '#lib/domain/record.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import { readTourChange, TOUR_CHANGE } from '#lib/domain/tour-change.ts';
import { receptionFields } from '#lib/domain/tour.ts';
import { rejectedAnswer } from '#lib/protocol/rejected.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { periodsOf } from '#lib/server/retention/periods.ts';
import { retain } from '#lib/server/retention/run.ts';
import { handleDecision, handleRejected } from '#lib/server/sync/handle-rejected.ts';
import { call, newOrganisation, ORIGIN, post, startServer, type Phone } from '../support/server.ts';
import { opOf, recordOf } from '../support/ops.ts';
import { onEveryStore } from '../support/stores.ts';

const desk = { name: 'Vieremän kirjasto', municipality: '925', placeType: 'library', room: null };
const day = '2026-03-09';

onEveryStore('reported changes', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(
			server,
			'adviser',
			'adviser',
			'coordinator',
			'coordinator',
			'viewer',
			'administrator'
		);
		const [adviser, colleague, first, second, viewer, administrator] = phones as [
			Phone,
			Phone,
			Phone,
			Phone,
			Phone,
			Phone
		];
		const place = opOf(first, 'desk', desk);
		const held = opOf(first, 'reception', {
			desk: place.recordId,
			start: '2026-03-02T10:00',
			end: '2026-03-02T15:00',
			rule: 'FREQ=WEEKLY',
			except: [],
			languages: ['fi'],
			note: null
		});
		await first.sync([place, held]);
		const report = (phone: Phone, more = {}) =>
			opOf(phone, TOUR_CHANGE, {
				reception: held.recordId,
				desk: place.recordId,
				date: day,
				at: '2026-03-08T18:00:00Z',
				what: 'cannot-hold',
				why: 'journey',
				text: null,
				...more
			});
		/** What a coordinator writes on a colleague's report. */
		const answer = (by: Phone, op: WireOp, of: Phone, state: string, words: string | null = null) =>
			opOf(
				by,
				TOUR_CHANGE,
				{ decision: { state, words } },
				{ recordId: op.recordId, of: of.enrolled.membership }
			);
		const cancel = (by: Phone) =>
			opOf(by, 'reception', { [`cancelled_${day}`]: 'Matka ei onnistu' }, { recordId: held.recordId });
		const daysHeld = async (reader: Phone) => {
			const values = receptionFields.parse((await recordOf(reader, held.recordId))?.values);
			return stopsBetween([{ ...values, id: held.recordId }], day, '2026-03-16').map(({ date }) => date);
		};
		return {
			server,
			organisation,
			adviser,
			colleague,
			first,
			second,
			viewer,
			administrator,
			report,
			answer,
			cancel,
			daysHeld
		};
	}
	const read = async (phone: Phone, { recordId }: WireOp) => {
		const found = (await phone.readAll()).findLast(
			(one) => one.recordId === recordId && one.collection === TOUR_CHANGE
		);
		return found && readTourChange(recordId, found.state ?? emptyRecord, memberOfPart(found.part ?? ''));
	};

	it('reach coordinators and nobody else; an answer and what follows from it reach the adviser', async () => {
		const { adviser, colleague, first, viewer, administrator, report, answer, cancel, daysHeld } =
			await start();
		const made = report(adviser);
		expect(await adviser.outcomes(made)).toEqual(['applied']);
		expect(await read(first, made)).toMatchObject({
			what: 'cannot-hold',
			member: adviser.enrolled.membership
		});
		for (const other of [colleague, viewer, administrator]) expect(await read(other, made)).toBeUndefined();
		expect(await daysHeld(colleague)).toEqual([day, '2026-03-16']);
		const accepted = [cancel(first), answer(first, made, adviser, 'accepted', 'Kiitos')];
		expect(await first.outcomes(...accepted)).toEqual(['applied', 'applied']);
		// The same request again, as where its answer was lost, does the same once.
		expect(await first.outcomes(...accepted)).toEqual(['applied', 'applied']);
		expect((await read(adviser, made))?.decisions).toEqual([{ state: 'accepted', words: 'Kiitos' }]);
		expect(await daysHeld(colleague)).toEqual(['2026-03-16']);
	});

	it('are made by whoever works here, and decided by coordinators only', async () => {
		const { adviser, colleague, first, viewer, administrator, report, answer } = await start();
		expect(await viewer.outcomes(report(viewer))).toEqual(['not_allowed']);
		for (const phone of [adviser, first, administrator])
			expect(await phone.outcomes(report(phone))).toEqual(['applied']);
		const made = report(adviser);
		await adviser.sync([made]);
		const own = opOf(
			adviser,
			TOUR_CHANGE,
			{ decision: { state: 'accepted', words: null } },
			{ recordId: made.recordId }
		);
		expect(await adviser.outcomes(own)).toEqual(['not_allowed']);
		expect(await administrator.outcomes(answer(administrator, made, adviser, 'declined'))).toEqual([
			'not_allowed'
		]);
		const theirs = opOf(colleague, TOUR_CHANGE, { text: 'x' }, { recordId: made.recordId });
		expect(await colleague.outcomes(theirs)).toEqual(['not_yours']);
		expect(await read(first, made)).toMatchObject({ decisions: [], text: null });
	});

	it('of two advisers about one day both stand; what two coordinators answer differently waits for one who has seen both', async () => {
		const { adviser, colleague, first, second, report, answer } = await start();
		const [one, other] = [report(adviser), report(colleague, { what: 'door-closed', why: null })];
		expect(await adviser.outcomes(one)).toEqual(['applied']);
		expect(await colleague.outcomes(other)).toEqual(['applied']);
		expect(await first.outcomes(answer(first, one, adviser, 'accepted'))).toEqual(['applied']);
		expect(await second.outcomes(answer(second, one, adviser, 'declined', 'Sijainen tulee'))).toEqual([
			'conflict'
		]);
		expect((await read(adviser, one))?.decisions.map(({ state }) => state).sort()).toEqual([
			'accepted',
			'declined'
		]);
		expect((await read(first, other))?.decisions).toEqual([]);
	});

	it('two coordinators who move one day without knowing of each other hold it once', async () => {
		const { first, second, adviser, cancel } = await start();
		const recordId = '0190f000-0000-8000-8000-00000000000c';
		const moved = (by: Phone, date: string) =>
			opOf(
				by,
				'reception',
				{
					desk: recordId,
					start: `${date}T10:00`,
					end: `${date}T15:00`,
					rule: null,
					except: [],
					languages: ['fi'],
					note: null
				},
				{ recordId }
			);
		expect(await first.outcomes(moved(first, '2026-03-10'), cancel(first))).toEqual(['applied', 'applied']);
		expect(await second.outcomes(moved(second, '2026-03-11'), cancel(second))).toEqual([
			'conflict',
			'applied'
		]);
		const values = receptionFields.parse((await recordOf(adviser, recordId))?.values);
		const days = stopsBetween([{ ...values, id: recordId }], '2026-03-01', '2026-03-31');
		expect(days.map(({ date }) => date)).toEqual(['2026-03-11']);
	});

	it('of a reception that is gone, or of another organisation, are kept and reveal nothing', async () => {
		const { server, adviser, first, report, answer } = await start();
		const made = report(adviser);
		const gone = opOf(first, 'reception', { removed: true }, { recordId: String(made.fields['reception']) });
		expect(await first.outcomes(gone)).toEqual(['applied']);
		expect(await adviser.outcomes(made)).toEqual(['applied']);
		expect(await first.outcomes(answer(first, made, adviser, 'declined', 'Lopetettu'))).toEqual(['applied']);
		const [stranger, theirs] = (await newOrganisation(server, 'adviser', 'coordinator')).phones as [
			Phone,
			Phone
		];
		const foreign = report(stranger);
		expect(await stranger.outcomes(foreign)).toEqual(['applied']);
		expect(await read(first, foreign)).toBeUndefined();
		expect(await recordOf(theirs, String(foreign.fields['reception']))).toBeUndefined();
		expect(await theirs.outcomes(answer(theirs, made, adviser, 'accepted'))).toEqual(['not_yours']);
	});

	it('of an adviser who was removed while on tour wait for the coordinator, who reads them and takes them in', async () => {
		const { server, organisation, adviser, first, report } = await start();
		const ended = Date.now();
		const written = report(adviser, { text: 'Tie on poikki' });
		await server.store.write((trx) =>
			trx
				.updateTable('memberships')
				.set({ ended_at: ended + 60_000 })
				.where('organisation_id', '=', organisation)
				.where('id', '=', adviser.enrolled.membership)
				.execute()
		);
		expect(await adviser.outcomes(written)).toEqual(['device_revoked']);
		expect(await read(first, written)).toBeUndefined();
		const headers = { 'reppu-membership': first.enrolled.membership };
		const request = new Request(`${ORIGIN}/api/v1/rejected`, { headers });
		const listed = await call(server, handleRejected, request, { jar: first.jar });
		const { rejected } = rejectedAnswer.parse(await listed.json());
		expect(rejected).toMatchObject([
			{ opId: written.opId, collection: TOUR_CHANGE, fields: { text: 'Tie on poikki', date: day } }
		]);
		const taking = post(`/api/v1/rejected/${written.opId}`, { state: 'taken-in' }, headers);
		const taken = await call(server, handleDecision, taking, {
			jar: first.jar,
			params: { id: written.opId }
		});
		expect(taken.status).toBe(204);
		expect(await read(first, written)).toMatchObject({ text: 'Tie on poikki', decisions: [] });
	});

	it('are erased like other reports of advisers, two years after the last word about them', async () => {
		const { server, organisation, adviser, first, report, answer } = await start();
		const made = report(adviser);
		await adviser.sync([made]);
		await first.sync([answer(first, made, adviser, 'declined', 'Sijainen tulee')]);
		const periods = await periodsOf(server.store, organisation, 5, Date.now());
		const retained = async (days: number) =>
			(await retain(server.store, organisation, periods, { now: Date.now() + days * 86_400_000 })).counts
				.reports;
		expect(await retained(700)).toBe(0);
		expect(await read(first, made)).toBeDefined();
		expect(await retained(760)).toBe(1);
		for (const phone of [adviser, first]) expect(await read(phone, made)).toBeUndefined();
	});

	it('say which field is wrong', async () => {
		const { adviser, report } = await start();
		for (const [fields, field] of [
			[{ date: '2026-02-30' }, 'date'],
			[{ to: '25:00' }, 'to'],
			[{ text: 'x'.repeat(201) }, 'text'],
			[{ what: '' }, 'what']
		] as const)
			expect(await adviser.outcomes(report(adviser, fields))).toEqual([field]);
	});
});
