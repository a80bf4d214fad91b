import { createHash } from 'node:crypto';
import process from 'node:process';
import { threadId, type Worker } from 'node:worker_threads';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { FORMAT, SearchIndex } from '#lib/directory/search/search-index.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { recordAt, type PackRecord } from '#lib/protocol/pack-columns.ts';
import {
	idsOfIndex,
	packManifest,
	phrasesPart,
	servicesPart,
	type PackManifest
} from '#lib/protocol/pack.ts';
import { handlePack, handlePackPart } from '#lib/server/directory/pack/handle-pack.ts';
import { keepPack, type Kept, type PackDeps } from '#lib/server/directory/pack/keep.ts';
import { keepPackApart } from '#lib/server/directory/pack/pack-thread.ts';
import type { BuildIndex } from '#lib/server/directory/pack/build.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { publish } from '#lib/server/sync/publish.ts';
import {
	call,
	newOrganisation,
	ORIGIN,
	startServer,
	stateOf,
	stopServers,
	type Phone
} from '../support/server.ts';
import { addServices, serviceFieldsOf, serviceId } from '../support/services.ts';
import { onEveryStore } from '../support/stores.ts';

const DAY = 86_400_000;
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

/** Kiuruvesi and Vieremä in Northern Savo, Helsinki in Uusimaa. */
const [KIURUVESI, VIEREMA, HELSINKI] = ['263', '925', '091'];

onEveryStore('a pack', (fresh) => {
	let database: string;
	let server: ServerContext;
	let organisation: string;
	let phone: Phone;

	beforeEach(async () => {
		database = fresh();
		server = await startServer(database);
		const made = await newOrganisation(server, 'adviser');
		organisation = made.organisation;
		phone = made.phones[0]!;
	});
	afterAll(stopServers);

	const keep = (deps: Partial<PackDeps> = {}, dueNow = false): Promise<Kept> =>
		keepPack({ store: server.store, now: server.now, packRegions: [], ...deps }, organisation, dueNow);

	const get = (
		handler: typeof handlePack,
		path: string,
		{ hash = '', ...headers }: Record<string, string> = {}
	) =>
		call(
			server,
			handler,
			new Request(`${ORIGIN}${path}`, {
				headers: { 'reppu-membership': phone.enrolled.membership, ...headers }
			}),
			{ jar: phone.jar, params: { hash } }
		);

	async function manifest(): Promise<PackManifest> {
		const response = await get(handlePack, '/api/v1/pack');
		expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
		return packManifest.parse(await response.json());
	}

	async function sent(hash: string, takes: string, encoding = 'br'): Promise<Buffer> {
		const response = await get(handlePackPart, '/api/v1/pack/parts/x', { hash, 'accept-encoding': takes });
		expect([
			response.status,
			response.headers.get('cache-control'),
			response.headers.get('content-encoding')
		]).toEqual([200, 'private, max-age=31536000, immutable, no-transform', encoding]);
		return Buffer.from(await response.arrayBuffer());
	}
	const part = async (hash: string) => brotliDecompressSync(await sent(hash, 'br'));

	/** Everything in the pack by id, from parts whose hashes and sizes are those of the manifest. */
	async function contents({ parts }: PackManifest): Promise<Map<string, PackRecord>> {
		const phrases: string[] = [];
		const found = new Map<string, PackRecord>();
		for (const { hash, bytes, wire, kind } of parts) {
			const content = await part(hash);
			expect(createHash('sha256').update(content).digest('hex')).toBe(hash);
			expect(content.length).toBe(bytes);
			expect((await sent(hash, 'gzip, deflate, br')).length).toBe(wire);
			if (kind === 'phrases') phrases.push(...phrasesPart.parse(JSON.parse(content.toString())));
			if (kind !== 'services') continue;
			const services = servicesPart.parse(JSON.parse(content.toString()));
			services.ids.forEach((id, at) => found.set(id, recordAt(services, at, phrases)));
		}
		return found;
	}

	it('of a small directory does not exist', async () => {
		await addServices(server, organisation, numbers(300));
		expect(await keep()).toBe('small');
		expect((await get(handlePack, '/api/v1/pack')).status).toBe(204);
	});

	it('holds every service that stands, in parts that say what they are, and what is newer comes through sync', async () => {
		await addServices(server, organisation, numbers(620));
		await server.store.write((trx) =>
			publish(
				trx,
				organisation,
				[{ collection: 'service', id: serviceId(7), part: 'directory', fields: { removed: true } }],
				server.now()
			)
		);
		const known = (await phone.readAll({})).filter(({ collection }) => collection === 'service').length;
		expect(await keep()).toBe('built');
		const pack = await manifest();
		expect(pack).toMatchObject({ format: 1, organisation, epoch: server.epoch, services: known - 1 });
		expect(pack.languages).toEqual(expect.arrayContaining(['fi', 'sv']));
		const found = await contents(pack);
		expect(found.size).toBe(known - 1);
		expect(found.has(serviceId(7))).toBe(false);
		expect(found.get(serviceId(8))?.values).toEqual(serviceFieldsOf(8));
		const state = await stateOf(server, organisation, serviceId(8));
		for (const [field, clock] of Object.entries(found.get(serviceId(8))!.clocks))
			expect(state.heads[field]?.[0]?.clock).toBe(clock);

		const cursors = { directory: pack.cursor };
		expect((await phone.readAll(cursors)).filter(({ part: of }) => of === 'directory')).toEqual([]);
		await addServices(server, organisation, [8], () => ({ fees: null }));
		expect((await phone.readAll(cursors)).filter(({ part: of }) => of === 'directory')).toMatchObject([
			{ recordId: serviceId(8) }
		]);
		expect((await get(handlePack, `/api/v1/pack?have=${pack.cursor}`)).status).toBe(204);
		expect((await get(handlePack, '/api/v1/pack?have=2.00000000.1')).status).toBe(200);
	});

	it('keeps the hashes of what did not change; one change changes one part, and one that moves it two', async () => {
		await addServices(server, organisation, numbers(900));
		await keep();
		const first = await manifest();
		expect(await keep({}, true)).toBe('built');
		expect((await manifest()).parts).toEqual(first.parts);
		const others = (now: PackManifest, then: PackManifest) =>
			now.parts.filter(({ hash }) => then.parts.every((part) => part.hash !== hash));
		await addServices(server, organisation, [400], () => ({
			fees: { fi: { text: 'Ei', origin: 'written' } }
		}));
		await keep({}, true);
		const second = await manifest();
		expect(second.change).toBe(first.change + 1);
		expect(others(second, first)).toHaveLength(1);
		await addServices(server, organisation, [400], () => ({ topics: ['housing'] }));
		await keep({}, true);
		const third = await manifest();
		expect(others(third, second).length).toBeLessThanOrEqual(2);
		expect((await contents(third)).get(serviceId(400))?.values).toMatchObject({
			topics: ['housing'],
			fees: { fi: { text: 'Ei', origin: 'written' } }
		});
	});

	it('is made anew where phones of today do not know the form of its index', async () => {
		await addServices(server, organisation, numbers(500));
		expect(await keep()).toBe('built');
		expect(await keep()).toBe('fresh');
		const { contents: stored } = await server.store.db
			.selectFrom('packs')
			.select('contents')
			.where('organisation_id', '=', organisation)
			.executeTakeFirstOrThrow();
		const { indexForm, ...older } = JSON.parse(stored!) as Record<string, unknown>;
		expect(indexForm).toBe(FORMAT);
		await server.store.db
			.updateTable('packs')
			.set({ contents: JSON.stringify(older) })
			.where('organisation_id', '=', organisation)
			.execute();
		expect(await keep()).toBe('built');
	});

	it('is made anew after many changes, or a day after few, and keeps old parts for a week', async () => {
		await addServices(server, organisation, numbers(600));
		await keep();
		const first = await manifest();
		const at = (now: number) => ({ now: () => now });
		const late = server.now() + 2 * DAY;
		expect(await keep(at(late))).toBe('fresh');
		await addServices(server, organisation, [3], () => ({ mayHandOver: false }));
		expect(await keep()).toBe('fresh');
		expect(await keep(at(late))).toBe('built');
		const present = new Set((await manifest()).parts.map(({ hash }) => hash));
		const gone = first.parts.filter(({ hash }) => !present.has(hash));
		expect(gone).toHaveLength(1);
		await part(gone[0]!.hash);
		await addServices(server, organisation, numbers(300), () => ({ topics: ['health'] }));
		expect(await keep(at(late))).toBe('built');
		await part(gone[0]!.hash);
		expect(await keep(at(late + 8 * DAY), true)).toBe('built');
		expect((await get(handlePackPart, '/x', { hash: gone[0]!.hash })).status).toBe(404);
		expect((await contents(await manifest())).size).toBe(first.services);
	});

	it('is cut to the country and the regions of the desks; a setting widens it', async () => {
		const places = [[], [VIEREMA!], [HELSINKI!], [HELSINKI!, VIEREMA!], ['999']];
		await addServices(server, organisation, numbers(1000), (number) =>
			serviceFieldsOf(number, places[number % places.length])
		);
		await keep();
		expect((await manifest()).services).toBeGreaterThanOrEqual(1000);
		const desk = { name: 'Kirjasto', municipality: KIURUVESI!, placeType: 'library' };
		await server.store.write((trx) =>
			publish(
				trx,
				organisation,
				[{ collection: 'desk', id: newId(), part: 'organisation', fields: desk }],
				server.now()
			)
		);
		// Where the desks are has changed, and nothing of the directory.
		expect(await keep()).toBe('built');
		const cut = await contents(await manifest());
		const kept = (index: number) => cut.has(serviceId(index));
		expect([kept(0), kept(1), kept(2), kept(3), kept(4)]).toEqual([true, true, false, true, true]);
		expect(await keep({ packRegions: ['01'] })).toBe('built');
		expect((await contents(await manifest())).has(serviceId(2))).toBe(true);
		expect(await keep({ packRegions: 'all' })).toBe('built');
		expect((await manifest()).services).toBeGreaterThanOrEqual(1000);
	});

	it('is built by one of two app servers at once, and a builder that died is followed by the next', async () => {
		await addServices(server, organisation, numbers(600));
		const other = await startServer(database);
		const both = await Promise.all([
			keep(),
			keepPack({ store: other.store, now: other.now, packRegions: [] }, organisation)
		]);
		// Whoever came late may find it done.
		expect(both.filter((kept) => kept === 'built')).toHaveLength(1);
		await contents(await manifest());

		const dead = new Error('killed');
		const dies: BuildIndex = () => {
			throw dead;
		};
		await expect(keep({ buildIndex: dies }, true)).rejects.toBe(dead);
		await server.store.db
			.updateTable('packs')
			.set({ builder: 'gone', builder_until: server.now() + 60_000 })
			.execute();
		expect(await keep({}, true)).toBe('busy');
		expect(await keep({ now: () => server.now() + 61_000 }, true)).toBe('built');
	});

	it('is built in a thread of its own, with the index that phones search', async () => {
		await addServices(server, organisation, numbers(520));
		const started: number[] = [];
		const note = ({ threadId: id }: Worker) => started.push(id);
		process.on('worker', note);
		try {
			expect(await keepPackApart({ databaseUrl: database, organisation, packRegions: [] })).toBe('built');
		} finally {
			process.off('worker', note);
		}
		expect(started).toHaveLength(1);
		expect(started).not.toContain(threadId);
		const pieces = (await manifest()).parts.filter(({ kind }) => kind === 'index');
		const index = Buffer.concat(await Promise.all(pieces.map(({ hash }) => part(hash))));
		const ids = [...(await contents(await manifest())).keys()];
		const { hits } = new SearchIndex(index, ids).find('palvelu 77', 1);
		expect(hits.map(({ id }) => id)).toEqual([serviceId(77)]);
	});

	it('of a builder that another has taken over from is not published', async () => {
		await addServices(server, organisation, numbers(600));
		const { store, now } = server;
		let writes = 0;
		const slow: PackDeps['store'] = {
			...store,
			async write(task) {
				const result = await store.write(task);
				// As soon as it holds the lease, somebody else has it.
				if ((writes += 1) === 1) await store.db.updateTable('packs').set({ builder: 'another' }).execute();
				return result;
			}
		};
		expect(await keepPack({ store: slow, now, packRegions: [] }, organisation)).toBe('busy');
		expect((await get(handlePack, '/api/v1/pack')).status).toBe(204);
	});

	it('carries an index in pieces, and services in its order', async () => {
		await addServices(server, organisation, numbers(600));
		let given: string[] = [];
		// Bytes that do not compress, more than two pieces of them.
		const index = new Uint8Array(600_000).map((_, at) => (at * 2_654_435_761) >>> 7);
		await keep({
			buildIndex: (services) => {
				given = services.map(({ id }) => id);
				return index;
			}
		});
		const pack = await manifest();
		const found = await contents(pack);
		expect(given).toEqual([...found.keys()]);
		// By topic, then by name.
		const at = (number: number) => [...found.keys()].indexOf(serviceId(number));
		expect(at(12)).toBeLessThan(at(120));
		expect(at(120)).toBeLessThan(at(13));
		const pieces = pack.parts.filter(({ kind }) => kind === 'index');
		expect(pieces).toHaveLength(3);
		const whole = await Promise.all(pieces.map(({ hash }) => part(hash)));
		expect(Buffer.concat(whole).equals(Buffer.from(index))).toBe(true);
	});

	it('keeps its index while few services differ from what that knows, and says which', async () => {
		await addServices(server, organisation, numbers(600));
		let built = 0;
		const buildIndex: BuildIndex = (services) => {
			built += 1;
			return new TextEncoder().encode(services.map(({ id }) => id).join());
		};
		/** The index of the pack, and the ids that its entries have by now. */
		const state = async () => {
			const pack = await manifest();
			const [index] = pack.parts.filter(({ kind }) => kind === 'index');
			const there = (await part(index!.hash)).toString().split(',');
			const ids = [...(await contents(pack)).keys()];
			return { there, now: idsOfIndex(ids, pack.unindexed), unindexed: pack.unindexed, ids };
		};
		const change = async (number: number, fields: Record<string, JsonValue>) => {
			await addServices(server, organisation, [number], () => fields);
			await keep({ buildIndex }, true);
			return state();
		};
		await keep({ buildIndex });
		expect(await state()).toMatchObject({ unindexed: undefined });

		const moved = await change(400, { topics: ['housing'] });
		expect(moved.unindexed?.ids).toEqual([serviceId(400)]);
		expect(moved.now).toEqual(moved.there.map((id) => (id === serviceId(400) ? '' : id)));
		const removed = await change(7, { removed: true });
		expect(removed.ids).not.toContain(serviceId(7));
		expect(removed.unindexed?.ids).toEqual([serviceId(400)]);
		const lost = [serviceId(7), serviceId(400)];
		expect(removed.now).toEqual(removed.there.map((id) => (lost.includes(id) ? '' : id)));
		const added = await change(900, serviceFieldsOf(900));
		expect([...added.unindexed!.ids].sort()).toEqual([serviceId(400), serviceId(900)].sort());
		expect(added.now).toEqual(removed.now);
		expect(built).toBe(1);

		await addServices(server, organisation, numbers(300), () => ({ mayHandOver: false }));
		expect(await keep({ buildIndex })).toBe('built');
		expect(built).toBe(2);
		const anew = await state();
		expect([anew.unindexed, anew.there]).toEqual([undefined, anew.ids]);
	});

	it('is given in the way that whoever asks can read, and to nobody else', async () => {
		await addServices(server, organisation, numbers(600));
		await keep();
		const { hash, bytes, wire } = (await manifest()).parts.at(-1)!;
		expect(wire).toBeLessThan(bytes / 3);
		const whole = await part(hash);
		expect(gunzipSync(await sent(hash, 'gzip', 'gzip')).equals(whole)).toBe(true);
		const plain = await get(handlePackPart, '/x', { hash, 'accept-encoding': 'identity' });
		expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([
			null,
			'accept-encoding'
		]);
		expect(Buffer.from(await plain.arrayBuffer()).equals(whole)).toBe(true);
		const stranger = await newOrganisation(server, 'coordinator');
		phone = stranger.phones[0]!;
		expect((await get(handlePackPart, '/x', { hash })).status).toBe(404);
		expect((await get(handlePack, '/api/v1/pack')).status).toBe(204);
	});
});
