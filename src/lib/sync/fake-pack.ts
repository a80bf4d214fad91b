import type { RecordState } from '#lib/domain/record.ts';
import { shownValues } from '#lib/domain/record.ts';
import type { PackManifest, PackPart, Unindexed } from '#lib/protocol/pack.ts';
import { toColumns } from '#lib/protocol/pack-columns.ts';
import { signOf } from '#lib/protocol/pack-phrases.ts';
import { json } from './fake-server.ts';

const toHex = (buffer: ArrayBuffer) =>
	Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

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
	/** Something else that answers in the server's place. */
	instead: (path: string, whole: Response) => Response | undefined | Promise<Response | undefined> = () =>
		undefined;

	/** Publishes services, so many in a part. */
	async publish(
		services: readonly (readonly [id: string, state: RecordState])[],
		facts: { organisation: string; change: number; epoch?: string },
		{
			perPart = 10,
			index = new Uint8Array(),
			unindexed
		}: { perPart?: number; index?: Uint8Array; unindexed?: Unindexed } = {}
	): Promise<PackManifest> {
		const epoch = facts.epoch ?? 'one';
		const parts: PackPart[] = [await this.#part('phrases', JSON.stringify(['Palvelu']))];
		for (let first = 0; first < services.length; first += perPart) {
			const records = services.slice(first, first + perPart).map(([id, state]) => ({
				id,
				values: shownValues(state),
				clocks: Object.fromEntries(
					Object.entries(state.heads).map(([field, [head]]) => [field, head?.clock ?? ''])
				)
			}));
			const columns = toColumns(records, (text) => text.replace('Palvelu', signOf(0)));
			parts.push(await this.#part('services', JSON.stringify(columns)));
		}
		if (index.length > 0) parts.push(await this.#part('index', index as Uint8Array<ArrayBuffer>));
		return (this.manifest = {
			format: 1,
			cursor: `${epoch}.${facts.change}`,
			made: '2026-03-06T10:00:00Z',
			services: services.length,
			languages: ['fi'],
			...facts,
			epoch,
			parts,
			unindexed
		});
	}

	async #part(kind: PackPart['kind'], content: BlobPart): Promise<PackPart> {
		const bytes = new Uint8Array(await new Blob([content]).arrayBuffer());
		const hash = toHex(await crypto.subtle.digest('SHA-256', bytes));
		this.parts.set(hash, bytes);
		return { hash, bytes: bytes.length, wire: bytes.length, kind };
	}

	readonly respond = async (path: string): Promise<Response> => {
		this.asked.push(path);
		const whole = this.#answer(new URL(path, location.href));
		return (await this.instead(path, whole.clone())) ?? whole;
	};

	#answer({ pathname, searchParams }: URL): Response {
		if (pathname === '/api/v1/pack')
			return !this.manifest || searchParams.get('have') === this.manifest.cursor
				? new Response(null, { status: 204 })
				: json(this.manifest);
		const bytes = this.parts.get(pathname.split('/').at(-1) ?? '');
		if (!bytes) return json({ error: 'not_found' }, 404);
		return new Response(bytes, { headers: { 'content-type': 'application/octet-stream' } });
	}

	/** Paths of the parts that were asked for. */
	get partsAsked(): string[] {
		return this.asked.filter((path) => path.includes('/parts/'));
	}
}
