import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrganisation } from '#lib/server/first-start.ts';
import { openStore, type Store } from '#lib/server/storage/store.ts';

let folder: string;
let store: Store;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'reppu-command-'));
	store = await openStore(join(folder, 'reppu.db'));
	await organisation('Ensimmäinen');
});
afterAll(async () => {
	await store.close();
	rmSync(folder, { recursive: true, force: true });
});

const organisation = (name: string) =>
	store.write((trx) => createOrganisation(trx, name, { demo: false, now: Date.now() }));

/** `npm run import` as people run it; the store is open beside it, as the server's is. */
function run(...args: string[]): { code: number | null; out: string; errors: string } {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/import.js', ...args], {
		env: { ...process.env, DATABASE_URL: join(folder, 'reppu.db') },
		encoding: 'utf8'
	});
	return { code: status, out: stdout, errors: stderr };
}

function file(name: string, text: string | Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

const services = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		id: `s${index}`,
		name: `Palvelu ${index}`,
		status: 'active',
		...(index === 0 ? { url: 'javascript:alert(1)' } : {})
	}));

it('says what it did, line by line and in one sentence', async () => {
	const path = file('ten.json', JSON.stringify(services(10)));
	const dry = run(path, '--from', 'kunta', '--dry-run');
	expect(dry).toMatchObject({ code: 0, errors: '' });
	expect(dry.out).toContain('unsafe_link · url · javascript:alert(1)');
	expect(dry.out).toContain(
		'A dry run, nothing was changed. Ensimmäinen, hsds-json: 10 read, 0 skipped; 10 new'
	);
	expect(run(path, '--from', 'kunta').out).toContain('10 new, 0 changed');
	expect(run(path, '--from', 'kunta').out).toContain('0 new, 0 changed, 10 as before');
	const runs = await store.db.selectFrom('import_runs').selectAll().orderBy('made_at').execute();
	expect(runs).toMatchObject([
		{ source: 'kunta', format: 'hsds-json', state: 'applied', made_by: null },
		{ source: 'kunta' }
	]);
	expect(JSON.parse(runs[0]!.result ?? '')).toMatchObject({ read: 10, new: 10, codes: { unsafe_link: 1 } });
});

it('changes nothing where a file is broken, is something else, or would shrink the source', () => {
	const whole = JSON.stringify(services(10));
	const tries: [string, string | Uint8Array, string][] = [
		['half.json', whole.slice(0, -30), '(cut_off)'],
		['comments.json', `// services\n${whole}`, '(not_json)'],
		['other.json', '{"cities":["Kiuruvesi"]}', '(unknown_format)'],
		['none.json', '[]', '(unknown_format)'],
		['archive.zip', Buffer.from('PK\x03\x04 no archive'), '(cut_off)'],
		['five.json', JSON.stringify(services(5)), '5 of 10 entries of this source would vanish']
	];
	for (const [name, text, said] of tries) {
		const { code, errors } = run(file(name, text), '--from', 'kunta');
		expect([name, code]).toEqual([name, 1]);
		expect(errors).toContain('Nothing was changed');
		expect(errors).toContain(said);
	}
	expect(run(file('ten.json', whole), '--from', 'kunta').out).toContain('10 as before');
	expect(
		run(file('five.json', JSON.stringify(services(5))), '--from', 'kunta', '--may-shrink').out
	).toContain('5 removed');
});

it('asks for what it needs', async () => {
	expect(run()).toMatchObject({ code: 2, errors: expect.stringContaining('Which files?') as string });
	expect(run(join(folder, 'nowhere.json')).code).toBe(2);
	const path = file('ten.json', JSON.stringify(services(10)));
	const elsewhere = run('https://data.example.fi/services.json');
	expect(elsewhere.code).toBe(1);
	expect(elsewhere.errors).toContain('Nothing was changed (address_not_allowed)');
	expect(run(path, '--format', 'xml').errors).toContain('hsds-json');
	const second = await organisation('Toinen');
	const unsaid = run(path, '--from', 'kunta');
	expect(unsaid.code).toBe(2);
	expect(unsaid.errors).toContain(`${second}  Toinen`);
	expect(run(path, '--from', 'kunta', '--organisation', second).out).toContain('Toinen, hsds-json: 10 read');
});
