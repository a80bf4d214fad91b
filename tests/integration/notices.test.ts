import { afterAll, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { standingNotices } from '#lib/server/notices/standing-notices.ts';
import { publicNotices } from '#lib/directory/public-notices.ts';
import { opOf, recordOf } from '../support/ops.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const written = (text: string) => ({ text, origin: 'written' });
const closed = {
	audience: 'both',
	kind: 'urgent',
	municipalities: null,
	desk: null,
	link: null,
	from: '2026-03-02',
	until: '2026-03-06',
	text_fi: written('Toimisto on kiinni.')
};

onEveryStore('notices', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(
			server,
			'adviser',
			'coordinator',
			'coordinator',
			'viewer',
			'administrator'
		);
		const [adviser, first, second, viewer, administrator] = phones as [Phone, Phone, Phone, Phone, Phone];
		return { server, organisation, adviser, first, second, viewer, administrator };
	}
	const read = async (phone: Phone, id: string) => (await recordOf(phone, id, 'notice'))?.values;

	it('are written by coordinators, read by everybody who works here, and never by viewers', async () => {
		const { adviser, first, viewer, administrator } = await start();
		const made = opOf(first, 'notice', closed);
		expect(await first.outcomes(made)).toEqual(['applied']);
		expect(await read(adviser, made.recordId)).toEqual(closed);
		expect(await read(administrator, made.recordId)).toEqual(closed);
		expect(await read(viewer, made.recordId)).toBeUndefined();
		for (const phone of [adviser, administrator, viewer]) {
			expect(await phone.outcomes(opOf(phone, 'notice', closed))).toEqual(['not_allowed']);
			const ended = { ended: '2026-03-03T10:00:00Z' };
			const theirs = opOf(phone, 'notice', ended, { recordId: made.recordId });
			expect(await phone.outcomes(theirs)).toEqual(['not_allowed']);
		}
	});

	it('two coordinators who write two languages write over nothing; of one language both stay, and a choice settles it', async () => {
		const { adviser, first, second } = await start();
		const made = opOf(first, 'notice', closed);
		const { recordId } = made;
		const write = (phone: Phone, fields: Record<string, JsonValue>) =>
			phone.outcomes(opOf(phone, 'notice', fields, { recordId, base: {} }));
		expect(await first.outcomes(made)).toEqual(['applied']);
		expect(await write(first, { text_sv: written('Kontoret är stängt.') })).toEqual(['applied']);
		expect(await write(second, { text_ar: written('المكتب مغلق.') })).toEqual(['applied']);
		expect(await read(adviser, recordId)).toMatchObject({
			text_sv: written('Kontoret är stängt.'),
			text_ar: written('المكتب مغلق.')
		});
		expect(await write(second, { text_sv: written('Stängt i dag.') })).toEqual(['conflict']);
		expect(await read(adviser, recordId)).toMatchObject({ text_sv: written('Stängt i dag.') });
	});

	it('say which field is wrong', async () => {
		const { first } = await start();
		const bad: [Record<string, JsonValue>, string][] = [
			[{ ...closed, until: '2026-02-01' }, 'until'],
			[{ ...closed, until: '2026-12-31' }, 'until'],
			[{ audience: 'press' }, 'audience'],
			[{ link: 'http://example.com' }, 'link'],
			[{ text_fi: null }, 'text_fi'],
			[{ text_ar: { text: 'x'.repeat(601), origin: 'written' } }, 'text_ar']
		];
		for (const [fields, field] of bad)
			expect(await first.outcomes(opOf(first, 'notice', fields))).toEqual([field]);
	});

	it('public pages have those of their organisation, until their last day or until they were ended', async () => {
		const { server, organisation, first } = await start();
		const other = await newOrganisation(server, 'coordinator');
		const made = opOf(first, 'notice', closed);
		const inTown = opOf(first, 'notice', { ...closed, municipalities: ['925'] });
		expect(await first.outcomes(made, inTown)).toEqual(['applied', 'applied']);
		const at = (date: string, time: string, municipality?: string) => async (of: string) =>
			publicNotices(await standingNotices(server.store, of), {
				language: 'fi',
				now: instantOf(date, time),
				municipality
			}).map(({ id }) => id);
		const noon = at('2026-03-03', '12:00');
		expect(await noon(organisation)).toEqual([made.recordId]);
		expect(await at('2026-03-03', '12:00', '925')(organisation)).toHaveLength(2);
		expect(await noon(other.organisation)).toEqual([]);
		expect(await at('2026-03-06', '23:59')(organisation)).toEqual([made.recordId]);
		expect(await at('2026-03-07', '00:00')(organisation)).toEqual([]);
		const end = opOf(first, 'notice', { ended: '2026-03-03T09:00:00Z' }, { recordId: made.recordId });
		expect(await first.outcomes(end)).toEqual(['applied']);
		expect(await noon(organisation)).toEqual([]);
	});
});
