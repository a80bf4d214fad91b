/**
 * Measures Reppu, its peers and the platform's limit in one run on this machine:
 *
 *     npm run bench -- save|sync|start|server|wire|idle|capacity|import|public|search|pack|vault|stats|capture|register-import|desk|lighthouse
 *
 * Prints a table and, as its last line, one JSON object: `{"bench": name, "figures": {…}}`.
 */
import { loadavg } from 'node:os';
import process from 'node:process';
import { quietness } from './support/quiet.ts';

const benches = {
	save: () => import('./save/save.ts'),
	sync: () => import('./sync/sync.ts'),
	start: () => import('./start/start.ts'),
	server: () => import('./server/server.ts'),
	wire: () => import('./wire/wire.ts'),
	idle: () => import('./idle/idle.ts'),
	capacity: () => import('./capacity/capacity.ts'),
	import: () => import('./import/import.ts'),
	public: () => import('./public/public.ts'),
	search: () => import('./search/search.ts'),
	pack: () => import('./pack/pack.ts'),
	vault: () => import('./vault/vault.ts'),
	stats: () => import('./stats/stats.ts'),
	capture: () => import('./capture/capture.ts'),
	'register-import': () => import('./register-import/register-import.ts'),
	desk: () => import('./desk/desk.ts'),
	lighthouse: () => import('./lighthouse/lighthouse.ts')
};

const name = process.argv[2] ?? '';
if (!Object.hasOwn(benches, name)) {
	console.error(`Which bench? npm run bench -- ${Object.keys(benches).join('|')}`);
	process.exit(2);
}

const { bench } = await benches[/** @type {keyof typeof benches} */ (name)]();
const figures = await bench();
console.log(`\n${quietness()} Load of this machine at the end: ${loadavg()[0]?.toFixed(2)}.`);
console.log(JSON.stringify({ bench: name, figures }));
