import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { JsonValue } from '../../../src/lib/domain/json.ts';
import type { PackPart } from '../../../src/lib/protocol/pack.ts';
import { keepPack, readPack } from '../../../src/lib/server/directory/pack/keep.ts';
import { indexDirectory } from '../../../src/lib/server/directory/pack/index-directory.ts';
import { createOrganisation } from '../../../src/lib/server/first-start.ts';
import { openStore, type Store } from '../../../src/lib/server/storage/store.ts';
import { publish } from '../../../src/lib/server/sync/publish.ts';
import { printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { benchDirectory } from '../search/directory.ts';

const SERVICES = Number(process.env['SERVICES'] ?? 20_000);
/** Entries written at once. */
const AT_ONCE = 500;

/** How many bytes a phone fetches of a large directory, how long the server builds it, and what one change costs afterwards. */
export async function bench(): Promise<Record<string, number>> {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-bench-'));
	const store = await openStore(join(folder, 'pack.db'));
	try {
		const organisation = await store.write((trx) =>
			createOrganisation(trx, 'Bench', { demo: false, now: Date.now() })
		);
		const first = await fill(store, organisation);
		await quiet();
		const deps = { store, now: () => Date.now(), packRegions: 'all', buildIndex: indexDirectory } as const;
		const begun = performance.now();
		await keepPack(deps, organisation, true);
		const seconds = (performance.now() - begun) / 1000;
		const before = await partsOf(store, organisation);
		await change(store, organisation, first);
		await keepPack(deps, organisation, true);
		const known = new Set(before.map(({ hash }) => hash));
		const fetched = (await partsOf(store, organisation)).filter(({ hash }) => !known.has(hash));
		console.log(`${SERVICES} services in up to four languages, with the search index`);
		const row = (name: string, parts: readonly PackPart[]) => [
			name,
			String(parts.length),
			(sent(parts) / 1e6).toFixed(3),
			(unpacked(parts) / 1e6).toFixed(2)
		];
		printTable(
			['', 'parts', 'MB on the wire', 'MB on the phone'],
			[
				...(['phrases', 'services', 'index'] as const).map((kind) =>
					row(
						kind,
						before.filter((part) => part.kind === kind)
					)
				),
				row('whole pack', before),
				row('after one change', fetched)
			]
		);
		return {
			mb_on_wire: round(sent(before) / 1e6),
			mb_on_phone: round(unpacked(before) / 1e6),
			build_seconds: round(seconds),
			parts: before.length,
			mb_after_one_change: round(sent(fetched) / 1e6)
		};
	} finally {
		await store.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Ids as real ones are: nothing in them says what lies beside what. */
function idOf(number: number): string {
	const hex = createHash('sha256').update(`${number}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Puts the made-up directory into the store, as the server writes it; gives the id of one entry. */
async function fill(store: Store, organisation: string): Promise<string> {
	const services = benchDirectory(SERVICES, 1).map((service, at) => ({ ...service, id: idOf(at) }));
	for (let at = 0; at < services.length; at += AT_ONCE)
		await store.write((trx) =>
			publish(
				trx,
				organisation,
				services.slice(at, at + AT_ONCE).map(({ id, ...fields }) => ({
					collection: 'service',
					id,
					part: 'directory',
					fields: JSON.parse(JSON.stringify(fields)) as Record<string, JsonValue>
				})),
				Date.now()
			)
		);
	return services[SERVICES >> 1]?.id ?? '';
}

const change = (store: Store, organisation: string, id: string) =>
	store.write((trx) =>
		publish(
			trx,
			organisation,
			[{ collection: 'service', id, part: 'directory', fields: { topics: ['housing'] } }],
			Date.now()
		)
	);

const partsOf = async (store: Store, organisation: string): Promise<readonly PackPart[]> =>
	(await readPack(store, organisation))?.contents?.parts ?? [];

const sent = (parts: readonly PackPart[]) => parts.reduce((all, { wire }) => all + wire, 0);
const unpacked = (parts: readonly PackPart[]) => parts.reduce((all, { bytes }) => all + bytes, 0);
