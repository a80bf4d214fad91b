import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import { baseOf, join, opState, removal, shownValues } from '#lib/domain/record.ts';
import type { ServerContext } from '#lib/server/context.ts';
import {
	applyImport,
	ChangedSince,
	shrinks,
	WouldShrink,
	type ApplyOptions,
	type Outcome
} from '#lib/server/directory/apply.ts';
import type { Draft, ReportLine } from '#lib/server/directory/draft.ts';
import { Staging } from '#lib/server/directory/staging.ts';
import { readState, writeState } from '#lib/domain/record-text.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const origin = { from: 'suomi.fi', format: 'ptv-11', date: '2026-03-06' } as const;
const entry = (id: string, summary = 'Neuvoja arkeen.'): Draft => ({
	id,
	where: `record ${id}`,
	fields: {
		name: { fi: { text: `Palvelu ${id}`, origin: 'written' } },
		summary: { fi: { text: summary, origin: 'written' } }
	}
});
const ten = Array.from({ length: 10 }, (_, index) => entry(`a${index}`));

onEveryStore('an import', (fresh) => {
	let server: ServerContext;
	let organisation: string;
	let phone: Phone;
	let lines: ReportLine[];
	let cursors: Record<string, string>;

	beforeEach(async () => {
		server = await startServer(fresh());
		const made = await newOrganisation(server, 'adviser');
		organisation = made.organisation;
		phone = made.phones[0]!;
		cursors = {};
		await phone.readAll(cursors);
	});
	afterAll(stopServers);

	async function bring(drafts: readonly Draft[], options?: ApplyOptions): Promise<Outcome> {
		const staging = new Staging();
		lines = [];
		try {
			for (const draft of drafts) staging.add(draft);
			return await applyImport(
				server.store,
				organisation,
				staging,
				origin,
				(line) => void lines.push(line),
				Date.now(),
				options
			);
		} finally {
			staging.remove();
		}
	}

	/** What a phone hears of since the last time, by the entry's id at its source. */
	async function heard(): Promise<Map<string, Record<string, unknown>>> {
		const changes = await phone.readAll(cursors);
		return new Map(
			changes.flatMap(({ state }) => {
				const values = state && (shownValues(state as never) as Record<string, unknown>);
				const imported = values?.imported as { id: string } | undefined;
				const gone = state && removal(state as never) === 'yes';
				return imported ? [[imported.id, gone ? { gone } : values!] as const] : [];
			})
		);
	}

	it('brings new entries to every phone, and the same again changes nothing', async () => {
		expect(await bring(ten)).toMatchObject({ new: 10, changed: 0, unchanged: 0, removed: 0, kept: 0 });
		const first = await heard();
		expect(first.size).toBe(10);
		expect(first.get('a3')).toMatchObject({
			name: { fi: { text: 'Palvelu a3' } },
			kind: 'nationwide',
			phones: [],
			source: { title: 'suomi.fi', date: '2026-03-06' },
			imported: { format: 'ptv-11', from: 'suomi.fi', id: 'a3' },
			verified: null
		});
		expect(await bring(ten)).toMatchObject({ new: 0, changed: 0, unchanged: 10, removed: 0, kept: 0 });
		expect((await heard()).size).toBe(0);
	});

	it('writes what has changed at the source, removes what is gone there, and takes back what returns', async () => {
		await bring(ten);
		await heard();
		const next = [entry('a0', 'Uusi teksti.'), ...ten.slice(2)];
		expect(await bring(next)).toMatchObject({ changed: 1, unchanged: 8, removed: 1 });
		const second = await heard();
		expect([...second.keys()].sort()).toEqual(['a0', 'a1']);
		expect(second.get('a0')).toMatchObject({ summary: { fi: { text: 'Uusi teksti.' } } });
		expect(second.get('a1')).toEqual({ gone: true });
		expect(await bring(ten)).toMatchObject({ changed: 2, removed: 0 });
		expect((await heard()).get('a1')).toMatchObject({ name: { fi: { text: 'Palvelu a1' } } });
	});

	it('empties what the source says no more', async () => {
		await bring(ten);
		await heard();
		const { summary: _, ...fields } = ten[0]!.fields;
		await bring([{ ...ten[0]!, fields }, ...ten.slice(1)]);
		expect((await heard()).get('a0')).toMatchObject({ summary: null });
	});

	it('leaves what somebody has edited here, and says that it did', async () => {
		await bring(ten);
		await heard();
		const row = await server.store.db
			.selectFrom('imported_entries')
			.select('record_id')
			.where('organisation_id', '=', organisation)
			.where('source_id', '=', 'a0')
			.executeTakeFirstOrThrow();
		await server.store.write(async (trx) => {
			const { state } = await trx
				.selectFrom('records')
				.select('state')
				.where('organisation_id', '=', organisation)
				.where('id', '=', row.record_id)
				.executeTakeFirstOrThrow();
			const before = readState(state);
			const base = baseOf(before, ['summary']);
			const op = {
				opId: newId(),
				collection: 'service',
				recordId: row.record_id,
				fields: { summary: { fi: { text: 'Paikallinen.', origin: 'written' } } },
				clock: nextClock(Date.now(), '00000000000000aa', Object.values(base).flat()),
				base,
				schema: 1
			};
			await trx
				.updateTable('records')
				.set({ state: writeState(join(before, opState(op, 'a coordinator'))) })
				.where('organisation_id', '=', organisation)
				.where('id', '=', row.record_id)
				.execute();
		});
		expect(await bring([entry('a0', 'Lähteen uusi.'), ...ten.slice(1)])).toMatchObject({
			changed: 0,
			kept: 1,
			unchanged: 10
		});
	});

	it('does not let a fifth of a source vanish without a word, and then nothing is changed', async () => {
		await bring(ten);
		await heard();
		const seven = [entry('a0', 'Uusi teksti.'), ...ten.slice(1, 7)];
		await expect(bring(seven)).rejects.toThrow(WouldShrink);
		const shown = await bring(seven, { dryRun: true });
		expect([shown.removed, shown.before, shrinks(shown)]).toEqual([3, 10, true]);
		expect((await heard()).size).toBe(0);
		expect(await bring(seven, { partial: true })).toMatchObject({ changed: 1, removed: 0 });
		expect(await bring(seven, { mayShrink: true })).toMatchObject({ removed: 3 });
	});

	it('as a dry run says the same and changes nothing', async () => {
		expect(await bring(ten, { dryRun: true })).toMatchObject({ new: 10 });
		expect((await heard()).size).toBe(0);
		expect(await bring(ten)).toMatchObject({ new: 10 });
	});

	it('does what a dry run has shown, or nothing', async () => {
		await bring(ten);
		await heard();
		const next = [entry('a0', 'Uusi teksti.'), ...ten.slice(2)];
		const { plan } = await bring(next, { dryRun: true });
		await bring([entry('a1', 'Toinen ehti ensin.')], { partial: true });
		await heard();
		// What the other one changed stands in no way of this plan: the same is done.
		expect((await bring(next, { dryRun: true })).plan).toBe(plan);
		await bring([entry('a0', 'Uusi teksti.')], { partial: true });
		await heard();
		await expect(bring(next, { plan })).rejects.toThrow(ChangedSince);
		expect((await heard()).size).toBe(0);
		const again = await bring(next, { dryRun: true });
		let also = 0;
		await bring(next, { plan: again.plan, also: async (_trx, { removed }) => void (also = removed) });
		expect(also).toBe(1);
		expect([...(await heard()).keys()]).toEqual(['a1']);
	});

	it('skips a record without a name and leaves out a bad field, each with its line; the last good state stays [fault 94]', async () => {
		await bring(ten);
		await heard();
		const nameless: Draft = { ...ten[0]!, fields: { name: {} } };
		const bad: Draft = {
			...ten[1]!,
			fields: { ...ten[1]!.fields, links: [{ url: 'javascript:alert(1)', language: 'fi' }] }
		};
		const long: Draft = entry('a2', 'x'.repeat(9000));
		expect(await bring([nameless, bad, long, ...ten.slice(3)])).toMatchObject({ changed: 1, unchanged: 8 });
		expect(lines.map(({ id, outcome, code }) => [id, outcome, code])).toEqual([
			['a0', 'skipped', 'no_name'],
			['a1', 'mended', 'bad_value'],
			['a2', 'mended', 'too_long']
		]);
		const left = await heard();
		expect([...left.keys()]).toEqual(['a2']);
	});

	it('of another organisation or another source touches nothing of this one', async () => {
		await bring(ten);
		await heard();
		const other = await newOrganisation(server, 'adviser');
		const staging = new Staging();
		staging.add(entry('a0', 'Toisaalla.'));
		await applyImport(server.store, other.organisation, staging, origin, () => undefined, Date.now());
		await applyImport(
			server.store,
			organisation,
			staging,
			{ ...origin, from: 'elsewhere' },
			() => undefined,
			Date.now()
		);
		staging.remove();
		const found = await heard();
		expect([...found.values()].map(({ imported }) => imported)).toMatchObject([{ from: 'elsewhere' }]);
	});
});

describe('staging', () => {
	it('keeps the first of two entries with one id, and gives them in pages', () => {
		const staging = new Staging();
		expect([staging.add(entry('b', 'first')), staging.add(entry('b', 'second'))]).toEqual([true, false]);
		for (const id of ['d', 'a', 'c']) staging.add(entry(id));
		expect([...staging.pages(3)].map((page) => page.map(({ id }) => id))).toEqual([['a', 'b', 'c'], ['d']]);
		expect([...staging.pages(9)][0]![1]!.fields.summary).toMatchObject({ fi: { text: 'first' } });
		expect([staging.has('a'), staging.has('z')]).toEqual([true, false]);
		staging.remove();
	});
});
