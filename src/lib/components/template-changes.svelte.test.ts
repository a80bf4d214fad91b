import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { readTemplates } from './own-templates.ts';
import { changeTemplate, dropTemplate, keepTemplate, moveTemplate } from './template-changes.ts';

let device: TestDevice;
beforeEach(async () => {
	device = await testDevice();
});
afterEach(() => device.remove());

const words = async () =>
	(await readTemplates(device.db)).map(({ language, topics }) => `${language} ${topics.join('+')}`);
const keep = (language: string, ...topics: string[]) => keepTemplate(device.db, { language, topics }, null);

describe('own templates', () => {
	it('keep what was done and nothing about the client', async () => {
		const visit = {
			language: 'ar',
			topics: ['work'],
			referrals: [{ to: 'kela', how: 'told' }],
			channel: 'roaming',
			note: 'secret',
			clientMunicipality: '263',
			ageBand: '25-44'
		};
		await keepTemplate(device.db, visit, 'desk');
		expect(await readTemplates(device.db)).toEqual([
			{
				id: expect.any(String) as string,
				language: 'ar',
				topics: ['work'],
				interpreting: undefined,
				actions: undefined,
				referrals: [{ to: 'kela', how: 'told' }],
				channel: 'roaming',
				desk: 'desk'
			}
		]);
	});

	it('stand in the order in which they were made, until they are moved', async () => {
		await keep('ar', 'work');
		const second = await keep('ru', 'work');
		await keep('uk', 'housing');
		await moveTemplate(device.db, second, -1);
		expect(await words()).toEqual(['ru work', 'ar work', 'uk housing']);
		await moveTemplate(device.db, second, -1);
		await moveTemplate(device.db, second, 2);
		await moveTemplate(device.db, second, 1);
		expect(await words()).toEqual(['ar work', 'uk housing', 'ru work']);
	});

	it('never stand twice with the same words', async () => {
		await keep('ar', 'work', 'housing');
		const other = await keep('ru', 'work');
		await keep('ar', 'housing', 'work');
		expect(await words()).toEqual(['ar housing+work', 'ru work']);
		await changeTemplate(device.db, other, { language: 'ar', topics: ['work', 'housing'] });
		expect(await words()).toEqual(['ar work+housing']);
	});

	it('come back where they were', async () => {
		await keep('ar', 'work');
		const second = await keep('ru', 'work');
		await keep('uk', 'housing');
		const restore = await dropTemplate(device.db, second);
		expect(await words()).toEqual(['ar work', 'uk housing']);
		await restore();
		await restore();
		expect(await words()).toEqual(['ar work', 'ru work', 'uk housing']);
	});

	it('are changed from two tabs at once without losing one', async () => {
		const tab = await device.tab();
		await Promise.all([
			keep('ar', 'work'),
			keepTemplate(tab.db, { language: 'ru', topics: ['money'] }, null),
			keep('uk', 'housing')
		]);
		expect((await words()).sort()).toEqual(['ar work', 'ru money', 'uk housing']);
	});

	it('leave out what is no template', async () => {
		await keep('ar', 'work');
		const row = await device.db.meta.get('templates');
		await device.db.meta.put({ key: 'templates', value: [{ language: 5 }, ...(row?.value as unknown[])] });
		expect(await words()).toEqual(['ar work']);
		await device.db.meta.put({ key: 'templates', value: 'nothing' });
		expect(await words()).toEqual([]);
	});
});
