import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { changeService } from '#lib/device/service-edits.ts';
import { serviceState as stateHere } from '#lib/device/services.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { seal } from '#lib/device/rows.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { buildIndex } from '#lib/directory/search/build.ts';
import { readService } from '#lib/domain/service-record.ts';
import { shownValues } from '#lib/domain/record.ts';
import { FakePack, serviceState } from '#lib/sync/fake-pack.ts';
import { depsOver, FakeServer } from '#lib/sync/fake-server.ts';
import { fetchPack } from '#lib/sync/fetch-pack.ts';
import { flush } from '#lib/sync/flush.ts';
import type { OpenApp } from './app.svelte.ts';
import { ServiceDirectory } from './service-directory.svelte.ts';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const names = ['Kirjasto', 'Uimahalli', 'Velkaneuvonta', 'Poliisi'];

let device: TestDevice;
let directory: ServiceDirectory;

type Publish = Parameters<FakePack['publish']>;

async function publish(entries: Publish[0], contents: Publish[2]): Promise<void> {
	const pack = new FakePack();
	const server = new FakeServer(device);
	server.pack = pack.respond;
	await pack.publish(entries, { organisation: device.membership.organisation, change: 10 }, contents);
	expect(await flush(device, depsOver(server))).toEqual({ ok: true });
	expect(await fetchPack(device, depsOver(server))).toBe('installed');
}

/** A device with a pack of these entries in use. */
async function installPack(withIndex: boolean): Promise<void> {
	const entries = names.map((name, number) => [id(number), serviceState(name, 'c')] as const);
	const index = withIndex
		? buildIndex(
				entries.flatMap(([one, state]) => readService(one, shownValues(state)) ?? []),
				[]
			)
		: new TextEncoder().encode('{"format":99,"sections":[]}\n');
	await publish(entries, { index });
}

const row = (number: number, change: number, name: string) =>
	device.open.services.put({
		organisation: device.membership.organisation,
		id: id(number),
		change,
		...seal(serviceState(name, 'd'))
	});

const found = async (query: string) =>
	(await directory.find(query, {})).services.map(({ name }) => name['fi']?.text);

/** A worker and its thousands of words come from the development server, which is slow while others ask it, too. */
const comes = (query: string, ...expected: string[]) =>
	expect.poll(() => found(query), { timeout: 100_000 }).toEqual(expected);

let stop: () => void;
beforeEach(async () => {
	device = await testDevice();
	directory = new ServiceDirectory({ device } as Pick<OpenApp, 'device'>);
	stop = $effect.root(() => {
		$effect(() => void directory.prepare());
	});
});
afterEach(async () => {
	stop();
	directory.close();
	await device.remove();
});

it('searches a pack and what changed since as one, and knows nothing by the old words of what changed', async () => {
	await installPack(true);
	await row(1, 12, 'Keilahalli');
	await row(9, 13, 'Kierrätyskeskus');
	const stamp = await readStamp(device);
	const name = { fi: { text: 'Talousneuvola', origin: 'written' } };
	await changeService(device, stamp, id(2), { name }, await stateHere(device, id(2)));
	await comes('kirjasto', 'Kirjasto');
	expect(directory.services).toBeUndefined();
	await comes('keilahalli', 'Keilahalli');
	await comes('kierrätyskeskus', 'Kierrätyskeskus');
	await comes('talousneuvola', 'Talousneuvola');
	expect(await found('uimahalli')).not.toContain('Uimahalli');
	expect(await found('velkaneuvonta')).not.toContain('Velkaneuvonta');
	const { total, services: some } = await directory.find('', {}, 2);
	expect([total, some.length]).toEqual([5, 2]);
	const asked = directory.some([id(2), id(7), id(0)]);
	let read: (string | undefined)[] | undefined;
	const leave = $effect.root(() => {
		$effect(() => {
			read = asked.current?.map((service) => service.name['fi']?.text);
		});
	});
	await expect.poll(() => read).toEqual(['Talousneuvola', 'Kirjasto']);
	leave();
});

it('finds what came after the index of the pack was built, and not what the index had in its place', async () => {
	const entries = ['Kirjasto', 'Museo'].map((name, at) => [id(at), serviceState(name, 'c')] as const);
	const services = ['Kirjasto', 'Uimahalli', 'Poliisi'].flatMap(
		(name, at) => readService(id(at), shownValues(serviceState(name, 'c'))) ?? []
	);
	// The index knows entry 1 as a swimming hall, and entry 2, which is gone.
	await publish(entries, { index: buildIndex(services, []), unindexed: { ids: [id(1)], gone: [1, 2] } });
	await comes('kirjasto', 'Kirjasto');
	await comes('museo', 'Museo');
	expect(await found('uimahalli')).toEqual([]);
	expect(await found('poliisi')).toEqual([]);
	expect((await found('')).sort()).toEqual(['Kirjasto', 'Museo']);
});

it('without a pack holds all of a small directory, and takes in each change', async () => {
	await row(0, 1, 'Kirjasto');
	await comes('kirjasto', 'Kirjasto');
	await row(0, 2, 'Uimahalli');
	await comes('uimahalli', 'Uimahalli');
	expect(await found('kirjasto')).toEqual([]);
});

it('makes an index of its own where the pack’s is of a form that this version does not know', async () => {
	const said = vi.spyOn(globalThis, 'reportError').mockImplementation(() => undefined);
	await installPack(false);
	await row(1, 12, 'Keilahalli');
	await comes('poliisi', 'Poliisi');
	await comes('keilahalli', 'Keilahalli');
	expect(directory.failed).toBe(false);
	expect(String(said.mock.calls[0]?.[0])).toContain('form 99');
	said.mockRestore();
});
