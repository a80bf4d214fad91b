import { afterAll, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { readLanguageHelp } from '#lib/domain/language-help.ts';
import { opOf, recordOf } from '../support/ops.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const hours = {
	kind: 'hours',
	start: '2026-03-02T09:00',
	end: '2026-03-02T15:00',
	rule: 'FREQ=WEEKLY;BYDAY=MO,TU',
	notOnHolidays: true
};
const help: Record<string, JsonValue> = {
	languages: ['so', 'ar'],
	ways: ['interpreter-phone'],
	provider: 'Tulkkikeskus',
	bought: true,
	municipality: null,
	place: null,
	times: hours,
	phone: { number: '+358401234567', source: 'tulkkikeskus.example', date: '2026-03-01' },
	booking: 'https://tulkkikeskus.example/varaus',
	price: null,
	note: null,
	validUntil: null
};

onEveryStore('language help', (fresh) => {
	async function start() {
		const { phones } = await newOrganisation(
			await startServer(fresh()),
			'adviser',
			'coordinator',
			'viewer',
			'administrator'
		);
		const [adviser, coordinator, viewer, administrator] = phones as [Phone, Phone, Phone, Phone];
		return { adviser, coordinator, viewer, administrator };
	}

	it('is a coordinator’s to write, reaches all staff, and never viewers', async () => {
		const { adviser, coordinator, viewer, administrator } = await start();
		const made = opOf(coordinator, 'language-help', help);
		expect(await coordinator.outcomes(made)).toEqual(['applied']);
		for (const phone of [adviser, administrator])
			expect((await recordOf(phone, made.recordId))?.values).toEqual(help);
		expect(await recordOf(viewer, made.recordId)).toBeUndefined();
		for (const phone of [adviser, viewer, administrator]) {
			const changed = opOf(phone, 'language-help', { note: 'x' }, { recordId: made.recordId });
			expect(await phone.outcomes(changed)).toEqual(['not_allowed']);
		}
		const ended = opOf(
			coordinator,
			'language-help',
			{ validUntil: '2026-03-31' },
			{ recordId: made.recordId, base: { validUntil: [made.clock] } }
		);
		expect(await coordinator.outcomes(ended)).toEqual(['applied']);
		expect((await recordOf(adviser, made.recordId))?.values).toMatchObject({ validUntil: '2026-03-31' });
	});

	it('says which field is wrong, and keeps those of a later version', async () => {
		const { coordinator, adviser } = await start();
		const recordId = newId();
		const bad: [JsonValue, string][] = [
			[{ languages: [] }, 'languages'],
			[{ languages: ['Somali'] }, 'languages'],
			[{ ways: [] }, 'ways'],
			[{ provider: ' ' }, 'provider'],
			[{ times: { kind: 'sometimes' } }, 'times'],
			[{ times: { ...hours, start: '2026-02-30T09:00' } }, 'times'],
			[{ times: { ...hours, end: '2026-03-02T09:00' } }, 'times'],
			[{ times: { ...hours, end: '2026-03-05T09:00' } }, 'times'],
			[{ phone: { number: '+358401234567' } }, 'phone'],
			[{ phone: { number: '+358401234567', source: 'x', date: '2026-02-30' } }, 'phone'],
			[{ phone: { number: 'call us', source: 'x', date: '2026-03-01' } }, 'phone'],
			[{ booking: 'http://tulkki.example' }, 'booking'],
			[{ booking: 'javascript:alert(1)' }, 'booking'],
			[{ validUntil: '2026-13-01' }, 'validUntil'],
			[{ municipality: 'Oulu' }, 'municipality'],
			[{ note: 'x'.repeat(301) }, 'note']
		];
		for (const [fields, field] of bad)
			expect(
				await coordinator.outcomes(opOf(coordinator, 'language-help', fields as typeof help, { recordId }))
			).toEqual([field]);
		const later = opOf(coordinator, 'language-help', { ...help, ways: ['hologram'], colour: 'red' });
		expect(await coordinator.outcomes(later)).toEqual(['applied']);
		const read = (await recordOf(adviser, later.recordId))?.values;
		expect(read).toMatchObject({ colour: 'red' });
		expect(readLanguageHelp(later.recordId, read)).toMatchObject({ ways: ['hologram'] });
		// What this version cannot read of it is not shown; the rest is.
		expect(readLanguageHelp('one', { ...help, phone: { number: '112' } })).toMatchObject({
			provider: 'Tulkkikeskus'
		});
		expect(readLanguageHelp('one', { ...help, phone: { number: '112' } })?.phone).toBeUndefined();
		expect(readLanguageHelp('one', { ...help, times: 'often' })).toBeUndefined();
	});
});
