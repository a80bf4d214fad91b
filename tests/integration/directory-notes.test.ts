import { afterAll, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { opOf, recordOf } from '../support/ops.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const outcome = async (phone: Phone, ...ops: WireOp[]) =>
	(await phone.sync(ops)).receipts.map(({ outcome, code }) => code ?? outcome);

onEveryStore('what people say about the directory', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'adviser', 'adviser', 'coordinator', 'viewer');
		const [author, colleague, coordinator, viewer] = phones as [Phone, Phone, Phone, Phone];
		return { server, author, colleague, coordinator, viewer };
	}
	const at = '2026-03-02T08:00:00Z';
	const report = { service: newId(), at, what: ['phone', 'a code of later'] };

	it("a report is its author's and every coordinator's, who answers in it", async () => {
		const { author, colleague, coordinator, viewer } = await start();
		const made = opOf(author, 'service-report', report);
		expect(await outcome(author, made)).toEqual(['applied']);
		expect(await recordOf(colleague, made.recordId)).toBeUndefined();
		expect(await recordOf(viewer, made.recordId)).toBeUndefined();
		const member = author.enrolled.membership;
		expect(await recordOf(coordinator, made.recordId)).toMatchObject({
			part: `member:${member}`,
			values: report
		});
		const answer = { state: 'declined', answer: 'Numero on oikea.' };
		const about = { recordId: made.recordId, of: member };
		expect(await outcome(coordinator, opOf(coordinator, 'service-report', answer, about))).toEqual([
			'applied'
		]);
		expect(await recordOf(author, made.recordId)).toMatchObject({ part: 'own', values: answer });
	});

	it('nobody answers but a coordinator, and nobody writes in the name of others', async () => {
		const { author, colleague, viewer } = await start();
		const made = opOf(author, 'service-report', report);
		await author.sync([made]);
		const { recordId } = made;
		const answer = { state: 'settled' };
		expect(await outcome(author, opOf(author, 'service-report', answer, { recordId }))).toEqual([
			'not_allowed'
		]);
		const theirs = { text: 'x' };
		expect(await outcome(colleague, opOf(colleague, 'service-report', theirs, { recordId }))).toEqual([
			'not_yours'
		]);
		expect(await outcome(viewer, opOf(viewer, 'service-report', report))).toEqual(['not_allowed']);
	});

	it('the contact log is the coordinators’ own', async () => {
		const { author, coordinator, viewer } = await start();
		const contact = { service: newId(), at, who: 'Palvelupiste', outcome: 'Oikein.' };
		for (const phone of [author, viewer])
			expect(await outcome(phone, opOf(phone, 'service-contact', contact))).toEqual(['not_allowed']);
		const made = opOf(coordinator, 'service-contact', contact);
		expect(await outcome(coordinator, made)).toEqual(['applied']);
		expect(await recordOf(author, made.recordId)).toBeUndefined();
	});

	it('counts of what was shown come in from everybody who works, and go to nobody', async () => {
		const { author, coordinator, viewer } = await start();
		const shown = { service: newId(), language: 'ar', day: '2026-03-02', count: 3 };
		const made = opOf(author, 'service-shown', shown);
		expect(await outcome(author, made)).toEqual(['applied']);
		expect(await outcome(viewer, opOf(viewer, 'service-shown', shown))).toEqual(['not_allowed']);
		for (const phone of [author, coordinator, viewer])
			expect(await recordOf(phone, made.recordId)).toBeUndefined();
	});

	it('an approved phrase is a coordinator’s word, and everybody who works here reads it', async () => {
		const { author, coordinator, viewer } = await start();
		const check = {
			language: 'ar',
			phrase: 'emergency',
			text: 'اتصل بالرقم 112.',
			on: '2026-03-02',
			by: 'Aino'
		};
		for (const phone of [author, viewer])
			expect(await outcome(phone, opOf(phone, 'phrase-check', check))).toEqual(['not_allowed']);
		const made = opOf(coordinator, 'phrase-check', check);
		expect(await outcome(coordinator, made)).toEqual(['applied']);
		const { recordId } = made;
		expect(await outcome(author, opOf(author, 'phrase-check', { text: 'x' }, { recordId }))).toEqual([
			'not_allowed'
		]);
		expect(await recordOf(author, recordId)).toEqual({ part: 'organisation', values: check });
		// Whoever only looks at figures reads nothing of the organisation.
		expect(await recordOf(viewer, recordId)).toBeUndefined();
	});

	it('values of the wrong form are refused by their names', async () => {
		const { author } = await start();
		const wrong: [string, Record<string, JsonValue>][] = [
			['service-report', { ...report, what: [] }],
			['service-report', { ...report, text: 'x'.repeat(201) }],
			['service-shown', { service: newId(), language: 'ar', day: '2026-03-02', count: -1 }],
			['phrase-check', { text: ' ' }]
		];
		const { receipts } = await author.sync(
			wrong.map(([collection, fields]) => opOf(author, collection, fields))
		);
		expect(receipts.map(({ code, field }) => [code, field])).toEqual([
			['invalid_value', 'what'],
			['invalid_value', 'text'],
			['invalid_value', 'count'],
			['invalid_value', 'text']
		]);
	});
});
