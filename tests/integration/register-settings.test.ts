import { randomFillSync } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { newClientCard, showClientCard } from '#lib/domain/client-card.ts';
import { isSensitiveTopic, topicIds } from '#lib/domain/code-lists.ts';
import { readSettings, topicField } from '#lib/domain/register-settings.ts';
import { VISIT_SCHEMA } from '#lib/domain/visit.ts';
import type { CardAnswer } from '#lib/protocol/client-card.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { openCard } from '#lib/server/subject-access/open-card.ts';
import { call, newOrganisation, post, startServer, stopServers, type Phone } from '../support/server.ts';
import { opOf, recordOf } from '../support/ops.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const card = newClientCard((bytes) => randomFillSync(bytes));
const consent = { language: 'ar', text: 'fi-0123456789ab', on: '2026-03-02', how: 'interpreted' };
const outcome = async (phone: Phone, ...ops: WireOp[]) =>
	(await phone.sync(ops)).receipts.map(({ outcome, code, field }) => [code ?? outcome, field]);
const read = async (phone: Phone, id: string) => (await recordOf(phone, id))?.values;

onEveryStore('register settings', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator', 'viewer');
		const [adviser, coordinator, viewer] = phones as [Phone, Phone, Phone];
		return { server, adviser, coordinator, viewer, recordId: coordinator.enrolled.organisation };
	}

	it('are a coordinator’s to write and reach every phone of the organisation, and old visits keep their meaning', async () => {
		const { adviser, coordinator, viewer, recordId } = await start();
		// Of today: older ones need not be on a phone any more.
		const visit = opOf(adviser, 'visit', {
			at: new Date().toISOString(),
			topics: ['housing.own-4k2m', 'space-travel.moon'],
			ageBand: '25-44'
		});
		expect(await outcome(adviser, visit)).toEqual([['applied', undefined]]);
		const fields = { notAsked: ['ageBand'], retired: ['housing.own-4k2m'], clientCard: true };
		for (const phone of [adviser, viewer])
			expect(await outcome(phone, opOf(phone, 'settings', fields, { recordId }))).toEqual([
				['not_allowed', undefined]
			]);
		const made = opOf(
			coordinator,
			'settings',
			{ ...fields, [topicField('housing.own-4k2m')]: { fi: 'Mökki' } },
			{ recordId }
		);
		expect(await outcome(coordinator, made)).toEqual([['applied', undefined]]);
		const settings = readSettings(await read(adviser, recordId));
		expect(settings).toMatchObject({ notAsked: ['ageBand'], clientCard: true });
		expect(settings.topics.get('housing.own-4k2m')).toEqual({ fi: 'Mökki' });
		expect(await read(viewer, recordId)).toBeUndefined();
		expect(await read(adviser, visit.recordId)).toMatchObject({
			topics: ['housing.own-4k2m', 'space-travel.moon'],
			ageBand: '25-44'
		});
	});

	it('and visits of the wrong form are refused by the name of the field, each by itself', async () => {
		const { adviser, coordinator, recordId } = await start();
		expect(
			await outcome(coordinator, opOf(coordinator, 'settings', { clientCard: 'yes' }, { recordId }))
		).toEqual([['invalid_value', 'clientCard']]);
		const at = '2026-03-02T08:00:00Z';
		const count = (n: number) => opOf(adviser, 'visit', { at, participants: [{ language: 'ar', count: n }] });
		const received = await outcome(
			adviser,
			count(-1),
			count(0),
			count(12),
			opOf(adviser, 'visit', { at, followUp: '2026-13-01' }),
			opOf(adviser, 'visit', {
				at,
				followUp: '2026-03-16',
				takenUp: [{ to: 'kela', result: 'code-of-later' }]
			}),
			opOf(adviser, 'visit', { at, clientCard: '0OIL' }),
			opOf(adviser, 'visit', { at, clientCard: card, cardConsent: { ...consent, at } })
		);
		expect(received).toEqual([
			['invalid_value', 'participants'],
			['invalid_value', 'participants'],
			['applied', undefined],
			['invalid_value', 'followUp'],
			['applied', undefined],
			['invalid_value', 'clientCard'],
			['invalid_value', 'cardConsent']
		]);
	});

	it('let nobody write a card without its client’s consent but a phone that could not know of it', async () => {
		const { server, adviser, coordinator, recordId } = await start();
		await coordinator.sync([opOf(coordinator, 'settings', { clientCard: true }, { recordId })]);
		const at = '2026-03-02T08:00:00Z';
		const schema = VISIT_SCHEMA;
		const bare = (more: object) => opOf(adviser, 'visit', { at, clientCard: card }, more);
		const earlier = bare({ schema: 1 });
		const agreed = opOf(adviser, 'visit', { at, clientCard: card, cardConsent: consent }, { schema });
		expect(await outcome(adviser, bare({ schema }), bare({ schema: schema + 1 }), earlier)).toEqual([
			['invalid_value', 'cardConsent'],
			['invalid_value', 'cardConsent'],
			['applied', undefined]
		]);
		const opened = async () => {
			const headers = { 'reppu-membership': coordinator.enrolled.membership };
			const request = post('/api/v1/client-card', { code: card }, headers);
			return (await (await call(server, openCard, request, { jar: coordinator.jar })).json()) as CardAnswer;
		};
		expect(await opened()).toMatchObject({ visits: [{ id: earlier.recordId }], consent: null });
		// The client was asked at the next use, and on another day again.
		const later = { ...consent, on: '2026-04-01', how: 'heard' };
		const again = opOf(adviser, 'visit', { at, clientCard: card, cardConsent: later }, { schema });
		expect(await outcome(adviser, again, agreed)).toEqual([
			['applied', undefined],
			['applied', undefined]
		]);
		expect((await opened()).consent).toEqual(later);
	});

	it('switch cards on: then a colleague opens topics and next steps, and nothing sensitive', async () => {
		const { server, adviser, coordinator, viewer, recordId } = await start();
		const at = '2026-03-02T08:00:00Z';
		const sensitive = topicIds.find((id) => isSensitiveTopic(id))!;
		const visits = [
			{ at, clientCard: card, topics: ['housing'], referrals: [{ to: 'kela' }], followUp: '2026-03-16' },
			{ at: '2026-03-03T08:00:00Z', clientCard: card, topics: [sensitive], referrals: [{ to: 'kela' }] },
			{ at: '2026-03-01T08:00:00Z', clientCard: card, topics: ['housing.own-4k2m', 'work'] },
			{ at: '2026-02-01T08:00:00Z', clientCard: card, topics: ['work.own-8m2k', 'work'] },
			{ at, topics: ['work'] }
		].map((fields) => opOf(adviser, 'visit', fields));
		// Two people with one code are told apart by nobody: nothing is refused for it.
		for (const [code] of await outcome(adviser, ...visits)) expect(code).toBe('applied');
		const open = async (phone: Phone, code: string) => {
			const headers = { 'reppu-membership': phone.enrolled.membership };
			const response = await call(server, openCard, post('/api/v1/client-card', { code }, headers), {
				jar: phone.jar
			});
			return {
				status: response.status,
				visits: response.ok ? ((await response.json()) as CardAnswer).visits : []
			};
		};
		expect(await open(coordinator, card)).toEqual({ status: 200, visits: [] });
		const settings = {
			clientCard: true,
			[topicField('housing.own-4k2m')]: { fi: 'Mökki' },
			[topicField('work.own-8m2k')]: { fi: 'Hyväksikäyttö työssä' },
			onCards: ['housing.own-4k2m'],
			retired: ['housing.own-4k2m']
		};
		await coordinator.sync([opOf(coordinator, 'settings', settings, { recordId })]);
		const [first, second, third, fourth] = visits.map((visit) => visit.recordId);
		expect(await open(coordinator, showClientCard(card).toLowerCase())).toEqual({
			status: 200,
			visits: [
				{ id: second, at: Date.parse('2026-03-03T08:00:00Z'), topics: [], bodies: [], followUp: null },
				{ id: first, at: Date.parse(at), topics: ['housing'], bodies: ['kela'], followUp: '2026-03-16' },
				{
					id: third,
					at: Date.parse('2026-03-01T08:00:00Z'),
					topics: ['housing.own-4k2m', 'work'],
					bodies: [],
					followUp: null
				},
				{ id: fourth, at: Date.parse('2026-02-01T08:00:00Z'), topics: ['work'], bodies: [], followUp: null }
			]
		});
		const other = newClientCard((bytes) => randomFillSync(bytes));
		for (const code of [other, 'not a code'])
			expect(await open(adviser, code)).toEqual({ status: 200, visits: [] });
		expect((await open(viewer, card)).status).toBe(403);
	});
});
