import { afterAll, expect, it } from 'vitest';
import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { baseOf, conflicts, shownValues, type RecordState } from '#lib/domain/record.ts';
import { overtakenFields, readService, withBefore } from '#lib/domain/service-record.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { applyImport } from '#lib/server/directory/apply.ts';
import { hsdsServices } from '#lib/server/directory/export/services-out.ts';
import { importFiles } from '#lib/server/directory/import-files.ts';
import { Staging } from '#lib/server/directory/staging.ts';
import { handleRejected } from '#lib/server/sync/handle-rejected.ts';
import { call, newOrganisation, ORIGIN, startServer, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const written = (text: string) => ({ text, origin: 'written' as const });
const source = { title: 'Kunta', date: '2026-03-02' };
const wholeEntry: Record<string, JsonValue> = {
	kind: 'local',
	name: { fi: written('Neuvonta') },
	summary: { fi: written('Neuvoja arkeen.') },
	links: [],
	phones: [],
	topics: ['work'],
	serviceLanguages: [],
	municipalities: ['263'],
	critical: [],
	source,
	verified: null,
	mayHandOver: true
};

/** An op of a coordinator, or of somebody who would like to be one. */
function edit(
	phone: Phone,
	recordId: string,
	fields: Record<string, JsonValue>,
	state?: RecordState,
	now = Date.now()
): WireOp {
	const base = state ? baseOf(state, Object.keys(fields)) : {};
	const clock = nextClock(now, phone.replica, Object.values(base).flat());
	const filled = Object.keys(base).length > 0 ? { base } : {};
	return { ...phone.visit(), collection: 'service', recordId, fields, clock, ...filled };
}

async function stateOf(phone: Phone, id: string): Promise<RecordState> {
	const found = (await phone.readAll()).findLast(({ recordId }) => recordId === id);
	if (!found?.state) throw new Error('The entry did not come.');
	expect(found.part).toBe('directory');
	return found.state as RecordState;
}

onEveryStore('the directory, edited by people', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(
			server,
			'coordinator',
			'adviser',
			'administrator',
			'viewer'
		);
		const [coordinator, adviser, administrator, viewer] = phones as [Phone, Phone, Phone, Phone];
		return { server, organisation, coordinator, adviser, administrator, viewer };
	}

	it('a coordinator makes an entry and changes it, and every reader gets it', async () => {
		const { coordinator, adviser, viewer } = await start();
		const id = newId();
		const made = await coordinator.sync([edit(coordinator, id, wholeEntry)]);
		expect(made.receipts).toMatchObject([{ outcome: 'applied' }]);
		const first = await stateOf(adviser, id);
		const fields = { verified: { on: '2026-03-02', by: 'Kaisa' }, status: 'paused', later: { kept: true } };
		await coordinator.sync([edit(coordinator, id, fields, first)]);
		const values = shownValues(await stateOf(viewer, id));
		expect(values).toMatchObject(fields);
		expect(readService(id, values)).toMatchObject({ status: 'paused', verified: { by: 'Kaisa' } });
	});

	it('two languages edited at the same time both stay; the same one becomes a difference', async () => {
		const { coordinator, adviser } = await start();
		const id = newId();
		await coordinator.sync([edit(coordinator, id, wholeEntry)]);
		const seen = await stateOf(coordinator, id);
		const answers = await coordinator.sync([
			edit(coordinator, id, { summary_sv: written('Råd.') }, seen),
			edit(coordinator, id, { summary_ar: written('نصيحة') }, seen),
			edit(coordinator, id, { summary_sv: written('Rådgivning.') }, seen, Date.now() + 5)
		]);
		expect(answers.receipts.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'conflict']);
		const state = await stateOf(adviser, id);
		expect(conflicts(state)).toEqual(['summary_sv']);
		expect(readService(id, shownValues(state))?.summary).toMatchObject({
			fi: written('Neuvoja arkeen.'),
			sv: written('Rådgivning.'),
			ar: written('نصيحة')
		});
	});

	it('nobody but a coordinator writes it, as of the time when it was written', async () => {
		const { server, organisation, coordinator, adviser, administrator, viewer } = await start();
		const id = newId();
		await coordinator.sync([edit(coordinator, id, wholeEntry)]);
		for (const phone of [adviser, administrator, viewer])
			for (const recordId of [id, newId()])
				expect(
					(await phone.sync([edit(phone, recordId, { summary_sv: written('x') })])).receipts
				).toMatchObject([{ outcome: 'rejected', code: 'not_allowed' }]);
		const queue = await call(
			server,
			handleRejected,
			new Request(`${ORIGIN}/api/v1/rejected`, {
				headers: { 'reppu-membership': coordinator.enrolled.membership }
			}),
			{ jar: coordinator.jar }
		);
		expect(await queue.json()).toMatchObject({ rejected: [] });

		const { membership } = coordinator.enrolled;
		await server.store.db
			.updateTable('memberships')
			.set({ role: 'adviser' })
			.where('id', '=', membership)
			.execute();
		const until = Date.now();
		await server.store.db
			.insertInto('former_roles')
			.values({ organisation_id: organisation, membership_id: membership, role: 'coordinator', until })
			.execute();
		const early = edit(coordinator, id, { summary_sv: written('förr') }, undefined, until - 60_000);
		const late = edit(coordinator, id, { summary_sv: written('nu') }, undefined, until + 60_000);
		expect((await coordinator.sync([early, late])).receipts).toMatchObject([
			{ outcome: 'applied' },
			{ outcome: 'rejected', code: 'not_allowed' }
		]);
	});

	it('a value of the wrong form is refused by its name, and a long text in a long script is not', async () => {
		const { coordinator } = await start();
		const id = newId();
		await coordinator.sync([edit(coordinator, id, wholeEntry)]);
		const long = written('ข'.repeat(8000));
		const { receipts } = await coordinator.sync([
			edit(coordinator, id, { phones: [{ number: '+358401234567' }] }),
			edit(coordinator, id, { links: [{ url: 'javascript:alert(1)', language: 'fi' }] }),
			edit(coordinator, id, { description_th: long }),
			edit(coordinator, id, { later: 'x'.repeat(300_000) })
		]);
		expect(receipts).toMatchObject([
			{ outcome: 'rejected', code: 'invalid_value', field: 'phones' },
			{ outcome: 'rejected', code: 'invalid_value', field: 'links' },
			{ outcome: 'applied' },
			{ outcome: 'rejected', code: 'too_many_fields' }
		]);
		expect(readService(id, shownValues(await stateOf(coordinator, id)))?.description?.['th']).toEqual(long);
	});

	it('an import leaves what was edited, brings the rest, and notes what the source says now', async () => {
		const { server, organisation, coordinator } = await start();
		const id = await bring(server, organisation, { fi: 'Vanha.', sv: 'Gammal.' }, '+358401111111');
		const fields = { summary_sv: written('Här.'), phones: [] };
		await coordinator.sync([edit(coordinator, id, fields, await stateOf(coordinator, id))]);
		await bring(server, organisation, { fi: 'Uusi.', sv: 'Gammal.' }, '+358401111111');
		const same = await stateOf(coordinator, id);
		expect(overtakenFields(same)).toEqual([]);
		expect(readService(id, shownValues(same))).toMatchObject({
			summary: { fi: written('Uusi.'), sv: written('Här.') },
			phones: []
		});
		await bring(server, organisation, { fi: 'Uusi.', sv: 'Ny.' }, '+358402222222');
		const state = await stateOf(coordinator, id);
		expect(overtakenFields(state).sort()).toEqual(['phones', 'summary_sv']);
		expect(shownValues(state)).toMatchObject({
			summary_sv_source: written('Ny.'),
			phones_source: [{ number: '+358402222222' }],
			phones: []
		});
	});

	it('an export gives a text as a coordinator has edited it by language, all else as it came, and nothing of what was before', async () => {
		const { server, organisation, coordinator } = await start();
		const record = {
			id: 'a1',
			name: 'Neuvonta',
			status: 'active',
			description: '<p>Vanha <b>teksti</b></p>',
			fees: 'Maksuton',
			unknown_member: { kept: [1, null, 'ä'] },
			phones: [{ id: 'p1', number: '040 123 4567', extension: 12 }]
		};
		const file = { name: 'in.json', open: async function* () { yield Buffer.from(JSON.stringify([record])); } }; // prettier-ignore
		await importFiles(server.store, [file], { organisation, from: 'kunta', language: 'fi' }, Date.now());
		const exported = async () => {
			for await (const service of hsdsServices(server.store, organisation, '2026-03-06'))
				if (service['id'] === 'a1') return service;
			throw new Error('The entry did not go out.');
		};
		expect(await exported()).toEqual(record);
		const { record_id: id } = await server.store.db
			.selectFrom('imported_entries')
			.select('record_id')
			.where('organisation_id', '=', organisation)
			.executeTakeFirstOrThrow();
		const seen = await stateOf(coordinator, id);
		const fields = withBefore(
			{ description_fi: written('Uusi teksti.'), description_sv: written('Ny text.') },
			seen
		);
		expect(fields).toHaveProperty('description_fi_was');
		expect((await coordinator.sync([edit(coordinator, id, fields, seen)])).receipts).toMatchObject([
			{ outcome: 'applied' }
		]);
		const state = await stateOf(coordinator, id);
		expect(readService(id, shownValues(state))?.description?.['sv']).toEqual(written('Ny text.'));
		const out = await exported();
		expect(out).toMatchObject({ ...record, description: 'Uusi teksti.' });
		expect(JSON.stringify(out)).not.toContain('Vanha');
		const undone = withBefore({ description_fi: shownValues(state)['description_fi_was']! }, state);
		await coordinator.sync([edit(coordinator, id, undone, state)]);
		expect(String((await exported())['description'])).toContain('Vanha');
	});
});

/** One entry from elsewhere; its record's id. */
async function bring(
	{ store }: ServerContext,
	organisation: string,
	{ fi, sv }: { fi: string; sv: string },
	number: string
): Promise<string> {
	const staging = new Staging();
	const fields = {
		name: { fi: written('Tuotu') },
		summary: { fi: written(fi), sv: written(sv) },
		phones: [{ number, source }]
	};
	staging.add({ id: 'one', where: 'record 1', fields });
	const origin = { from: 'suomi.fi', format: 'ptv-11', date: '2026-03-06' } as const;
	await applyImport(store, organisation, staging, origin, () => undefined, Date.now());
	staging.remove();
	const row = await store.db.selectFrom('imported_entries').select('record_id').executeTakeFirstOrThrow();
	return row.record_id;
}
