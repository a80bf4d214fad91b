import { expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { rejectedAnswer } from '#lib/protocol/rejected.ts';
import { handleDecision, handleRejected } from '#lib/server/sync/handle-rejected.ts';
import { call, newOrganisation, ORIGIN, post, startServer, stateOf, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const asMember = ({ enrolled }: Phone) => ({ 'reppu-membership': enrolled.membership });

async function list(phone: Phone) {
	const request = new Request(`${ORIGIN}/api/v1/rejected`, { headers: asMember(phone) });
	const response = await call(phone.server, handleRejected, request, { jar: phone.jar });
	return response.status === 200 ? rejectedAnswer.parse(await response.json()).rejected : response.status;
}

async function decide(phone: Phone, id: string, state: unknown, more: object = {}) {
	const request = post(`/api/v1/rejected/${id}`, { state, ...more }, asMember(phone));
	return (await call(phone.server, handleDecision, request, { jar: phone.jar, params: { id } })).status;
}

onEveryStore('the queue of what was rejected', (fresh) => {
	it('is the coordinator\u2019s, of the own organisation, until somebody mends or gives up', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator', 'administrator');
		const [author, coordinator, administrator] = phones as [Phone, Phone, Phone];
		const elsewhere = (await newOrganisation(server, 'coordinator')).phones[0]!;
		const [bad, mended] = [author.visit({ at: 'yesterday' }), author.visit({ channel: 'x'.repeat(70) })];
		await author.sync([bad, mended, author.visit()]);
		expect(await list(author)).toBe(403);
		expect(await list(administrator)).toBe(403);
		expect(await list(elsewhere)).toEqual([]);
		const listed = await list(coordinator);
		expect(listed).toMatchObject([
			{ code: 'invalid_value', state: null, member: 'The adviser' },
			{ code: 'invalid_value', state: null, fields: { language: 'ar' } }
		]);
		await new Promise((resolve) => setTimeout(resolve, 5));
		await author.sync([{ ...author.visit(), recordId: mended.recordId }]);
		expect(await list(coordinator)).toMatchObject([{ opId: bad.opId, field: 'at' }]);
		await author.sync([
			{ ...author.visit(), collection: 'rejection', recordId: bad.opId, fields: { state: 'handed-over' } }
		]);
		expect(await list(coordinator)).toMatchObject([{ opId: bad.opId, state: 'handed-over' }]);

		expect(await decide(author, bad.opId, 'discarded')).toBe(403);
		expect(await decide(elsewhere, bad.opId, 'discarded')).toBe(404);
		expect(await decide(coordinator, bad.opId, 'burnt')).toBe(422);
		expect(await decide(coordinator, bad.opId, 'discarded')).toBe(204);
		expect(await list(coordinator)).toEqual([]);
		const changes = await author.readAll();
		const told = changes.find(({ recordId }) => recordId === bad.opId);
		expect(told).toMatchObject({ part: 'own', collection: 'rejection' });
		expect(told?.state?.heads.state).toMatchObject([
			{ value: 'discarded', author: coordinator.enrolled.membership }
		]);
	});

	it('is mended in its author\u2019s name; the author is told, and a change that came in since stands beside it', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const visit = author.visit({ channel: 'x'.repeat(70), topicText: 'kept' });
		await author.sync([visit]);
		const fields = { channel: 'phone' };
		expect(await decide(author, visit.opId, 'mended', { fields, without: [] })).toBe(403);
		expect(await decide(coordinator, newId(), 'mended', { fields, without: [] })).toBe(404);
		expect(await decide(coordinator, visit.opId, 'mended', { fields: { 'a b': 1 }, without: [] })).toBe(422);
		expect(await decide(coordinator, visit.opId, 'mended', { fields: { at: 'no' }, without: [] })).toBe(422);
		expect(await list(coordinator)).toMatchObject([{ opId: visit.opId, state: null }]);
		expect(await decide(coordinator, visit.opId, 'mended', { fields, without: ['language'] })).toBe(204);
		expect(await list(coordinator)).toEqual([]);

		const changes = await author.readAll();
		const mended = changes.find(({ recordId }) => recordId === visit.recordId);
		expect(mended).toMatchObject({ part: 'own' });
		expect(mended?.state?.heads).toMatchObject({
			channel: [{ value: 'phone', author: coordinator.enrolled.membership }],
			topicText: [{ value: 'kept' }]
		});
		expect(mended?.state?.heads.language).toBeUndefined();
		expect(mended?.state?.seen.channel).toContain(visit.clock);
		const told = changes.find(({ recordId }) => recordId === visit.opId);
		expect(told?.state?.heads.state).toMatchObject([{ value: 'mended' }]);

		const change = { ...author.visit(), recordId: visit.recordId };
		const [one, two] = [
			{ ...change, fields: { duration: 'y'.repeat(70) }, base: {} },
			{
				...author.visit({}, Date.now() + 50),
				recordId: visit.recordId,
				fields: { duration: '5-15' },
				base: {}
			}
		];
		await author.sync([one, two]);
		expect(
			await decide(coordinator, one.opId, 'mended', { fields: { duration: '30-60' }, without: [] })
		).toBe(204);
		const heads = (await stateOf(server, organisation, visit.recordId)).heads.duration;
		expect(heads?.map(({ value }) => value).sort()).toEqual(['30-60', '5-15']);
	});

	it('shows what waits, however much was given up since', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const old = author.visit({ at: 'yesterday' });
		await author.sync([old]);
		await new Promise((resolve) => setTimeout(resolve, 5));
		const many = Array.from({ length: 201 }, () => author.visit({ at: 'yesterday' }));
		await author.sync(many);
		await author.sync(
			many.map(({ opId }) => ({
				...author.visit(),
				collection: 'rejection',
				recordId: opId,
				fields: { state: 'discarded' }
			}))
		);
		expect(await list(coordinator)).toMatchObject([{ opId: old.opId }]);
	});
});
