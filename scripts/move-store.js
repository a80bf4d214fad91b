/**
 * `npm run move-store -- FROM TO`: moves a register from SQLite to PostgreSQL or back. Stop the server first. FROM stays as it is; TO
 * must be empty, and holds everything or nothing afterwards. To phones it is the same register: they go on as if nothing had happened.
 *
 *     npm run move-store -- data/reppu.db postgres://reppu@db.example.fi/reppu
 *     npm run move-store -- --compare FROM TO      says whether two stores hold the same, and changes neither
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { contentOf, moveStore } from '../src/lib/server/storage/move.ts';
import { isPostgres } from '../src/lib/server/storage/store.ts';
import { refuseWhileUsed } from './backup/postgres.js';
import { refuseWhileOpen } from './backup/sqlite.js';

const args = process.argv.slice(2);
const compare = args[0] === '--compare';
const [from, to, ...rest] = compare ? args.slice(1) : args;
if (!from || !to || rest.length > 0) {
	console.error('From where, and to where? npm run move-store -- data/reppu.db postgres://…');
	process.exit(2);
}

/** @param {Map<string, { rows: number, hash: string }>} contents */
const list = (contents) =>
	[...contents].map(([table, { rows, hash }]) => `${hash.slice(0, 16)}  ${rows} ${table}`).join('\n');

try {
	if (compare) {
		const [here, there] = [await contentOf(from), await contentOf(to)];
		const different = [...new Set([...here.keys(), ...there.keys()])].filter(
			(table) => here.get(table)?.hash !== there.get(table)?.hash
		);
		if (different.length > 0) throw new Error(`Not the same: ${different.join(', ')}`);
		console.log(`${list(here)}\nBoth stores hold the same.`);
	} else {
		if (isPostgres(from)) refuseWhileUsed(from);
		else if (existsSync(from)) refuseWhileOpen(from);
		console.log(
			`${list(await moveStore(from, to))}\nMoved and read back. Let DATABASE_URL name the new store, and give the server the secret that it had (REPPU_SECRET, or REPPU_SECRET_FILE with the file that lies beside a register in one file: reppu.db.secret).`
		);
	}
} catch (error) {
	const said = error instanceof Error ? error.message : String(error);
	console.error(compare ? said : `Nothing was moved: ${said}`);
	process.exit(1);
}
