import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findClip, openClips, openMatters, recordClip } from '#lib/device/clips.ts';
import type { Device } from '#lib/device/device.ts';
import { testDevice, type TestDevice } from '#lib/device/test-device.ts';
import { newId } from '#lib/domain/ids.ts';
import { clipHash } from './clips.ts';
import type { Carrier } from './exchange.ts';
import { depsOver, FakeServer } from './fake-server.ts';
import { fetchDirectory } from './fetch-directory.ts';

let device: TestDevice;
let name: string;
let clock: number;
beforeEach(async () => {
	device = await testDevice();
	name = `reppu-test-clips-${newId()}`;
	clock = 1_000_000_000;
});
afterEach(async () => {
	await Dexie.delete(name);
	await device.remove();
});

it('recordings come with the pack, and go, once an hour, before anybody has opened a board or a card', async () => {
	const { organisation } = device.membership;
	const audio = btoa('fadlan sug');
	const theirs = { hash: await clipHash(audio), phrase: 'pleaseWait', language: 'so' };
	const mine = {
		organisation,
		phrase: 'yes',
		language: 'so',
		audio: btoa('haa'),
		hash: await clipHash(btoa('haa'))
	};
	const asked: string[] = [];
	const base = depsOver(new FakeServer(device), undefined, { now: () => clock });
	const deps = {
		...base,
		carrier: (of: Device): Carrier => ({
			...base.carrier(of),
			fetch: async (url, init) => {
				asked.push(`${init.method ?? 'GET'} ${url}`);
				if (!url.startsWith('/api/v1/clips')) return new Response(null, { status: 204 });
				if (init.method === 'POST') return Response.json({ hash: mine.hash }, { status: 201 });
				return Response.json(url.endsWith(theirs.hash) ? { audio } : { clips: [theirs] });
			}
		})
	};
	const recordings = await openClips(name);
	await recordClip(recordings, mine);
	const go = () => fetchDirectory(device, deps, false, () => openClips(name));
	expect(await go()).toBe('none');
	expect(await findClip(recordings, { ...mine, ...theirs })).toMatchObject({ audio, state: 'kept' });
	expect((await openMatters(recordings, organisation)).length).toBe(0);

	const before = asked.length;
	clock += 60_000;
	await go();
	expect(asked.length).toBe(before);
	clock += 3_600_000;
	await go();
	expect(asked.slice(before)).toContain('GET /api/v1/clips?cards=yes');
	recordings.close();
});

it('without a network nothing is asked for twice, and nothing fails', async () => {
	const base = depsOver(new FakeServer(device), undefined, { now: () => clock });
	let asked = 0;
	const fetch = () => {
		asked += 1;
		return Promise.reject(new TypeError('Failed to fetch'));
	};
	const deps = { ...base, carrier: (of: Device): Carrier => ({ ...base.carrier(of), fetch }) };
	await fetchDirectory(device, deps, false, () => openClips(name));
	expect(asked).toBeLessThanOrEqual(2);
});
