import type { RecordState } from '#lib/domain/record.ts';
import { shownValues } from '#lib/domain/record.ts';
import type { PackManifest, PackPart, ServicesPart } from '#lib/protocol/pack.ts';
import { json } from './fake-server.ts';

const toHex = (buffer: ArrayBuffer) =>
	Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

async function gzip(bytes: BlobPart): Promise<Uint8Array<ArrayBuffer>> {
	const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** For tests: a plain entry of the directory as a record. */
export function serviceState(name: string, clock: string): RecordState {
	const values = {
		kind: 'nationwide',
		name: { fi: { text: name, origin: 'written' } },
		links: [],
		phones: [],
		topics: [],
		serviceLanguages: [],
		municipalities: [],
		critical: [],
		source: { title: 'Test', date: '2026' },
		verified: null,
		mayHandOver: true
	};
	const heads = Object.entries(values).map(([field, value]) => [
		field,
		[{ clock, opId: 'op', value, author: 'server' }]
	]);
	return { heads: Object.fromEntries(heads) as RecordState['heads'], seen: {} };
}

/** For tests: the pack's two addresses in memory, with the rules that a client can see. */
export class FakePack {
	readonly parts = new Map<string, Uint8Array<ArrayBuffer>>();
	manifest: PackManifest | undefined;
	/** Path of every request. */
	readonly asked: string[] = [];
	/** False: an answer is always whole, as with a proxy that knows no ranges. */
	ranges = true;
	/** Something else that answers in the server's place. */
	instead: (path: string, whole: Response) => Response | undefined | Promise<Response | undefined> = () =>
		undefined;

	/** Publishes services, so many in a part. */
	async publish(
		services: readonly (readonly [id: string, state: RecordState])[],
		facts: { organisation: string; change: number; epoch?: string },
		{ perPart = 10, index = new Uint8Array() } = {}
	): Promise<PackManifest> {
		const epoch = facts.epoch ?? 'one';
		const parts: PackPart[] = [];
		for (let first = 0; first < services.length; first += perPart) {
			const some = services.slice(first, first + perPart);
			const clocks = [
				...new Set(some.flatMap(([, { heads }]) => Object.values(heads).map(([head]) => head!.clock)))
			];
			const body: ServicesPart = {
				clocks,
				services: some.map(([id, state]) => [
					id,
					shownValues(state),
					Object.values(state.heads).map(([head]) => clocks.indexOf(head!.clock))
				])
			};
			const ids = { from: some[0]?.[0], to: some.at(-1)?.[0], count: some.length };
			parts.push(await this.#part(JSON.stringify(body), { kind: 'services', ...ids }));
		}
		if (index.length > 0) parts.push(await this.#part(index as Uint8Array<ArrayBuffer>, { kind: 'index' }));
		return (this.manifest = {
			format: 1,
			cursor: `${epoch}.${facts.change}`,
			made: '2026-03-06T10:00:00Z',
			services: services.length,
			languages: ['fi'],
			...facts,
			epoch,
			parts
		});
	}

	async #part(content: BlobPart, about: Omit<PackPart, 'hash' | 'bytes'>): Promise<PackPart> {
		const bytes = await gzip(content);
		const hash = toHex(await crypto.subtle.digest('SHA-256', bytes));
		this.parts.set(hash, bytes);
		return { hash, bytes: bytes.length, ...about };
	}

	readonly respond = async (path: string, init: RequestInit): Promise<Response> => {
		this.asked.push(path);
		const whole = this.#answer(new URL(path, location.href), new Headers(init.headers));
		return (await this.instead(path, whole.clone())) ?? whole;
	};

	#answer({ pathname, searchParams }: URL, headers: Headers): Response {
		if (pathname === '/api/v1/pack')
			return !this.manifest || searchParams.get('have') === this.manifest.cursor
				? new Response(null, { status: 204 })
				: json(this.manifest);
		const bytes = this.parts.get(pathname.split('/').at(-1) ?? '');
		if (!bytes) return json({ error: 'not_found' }, 404);
		const type = { 'content-type': 'application/octet-stream' };
		const from = Number(/^bytes=(\d+)-$/.exec(headers.get('range') ?? '')?.[1] ?? 0);
		if (from === 0 || !this.ranges) return new Response(bytes, { headers: type });
		const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
		return new Response(bytes.slice(from), { status: 206, headers: { ...type, 'content-range': range } });
	}

	/** Paths of the parts that were asked for. */
	get partsAsked(): string[] {
		return this.asked.filter((path) => path.includes('/parts/'));
	}
}
