import { spawnSync } from 'node:child_process';
import {
	closeSync,
	existsSync,
	mkdtempSync,
	openSync,
	rmSync,
	statSync,
	writeFileSync,
	writeSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { takeRegister } from './own-register.ts';

const folder = mkdtempSync(join(tmpdir(), 'reppu-own-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Takes it in a process of its own, which then ends. */
const elsewhere = (path: string) => {
	const source = `import { takeRegister } from './src/lib/server/storage/own-register.ts'; takeRegister(process.argv[1]);`;
	const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source, path], {
		encoding: 'utf8'
	});
	return { taken: status === 0, why: stderr };
};

/** A register of some pages. */
function register(name: string): string {
	const path = join(folder, name);
	const db = new DatabaseSync(path);
	db.exec('CREATE TABLE visits (id INTEGER PRIMARY KEY, said TEXT)');
	db.exec('BEGIN');
	const insert = db.prepare('INSERT INTO visits (said) VALUES (?)');
	for (let row = 0; row < 500; row += 1) insert.run('words '.repeat(50));
	db.exec('COMMIT');
	db.close();
	return path;
}

it('a register is one server’s until its process ends', () => {
	const path = register('one.db');
	expect(elsewhere(path).taken).toBe(true);
	takeRegister(path);
	const second = elsewhere(path);
	expect(second.taken).toBe(false);
	expect(second.why).toContain('Another server has the register');
	// Commands beside it read and write.
	const db = new DatabaseSync(path);
	db.exec('DELETE FROM visits WHERE id = 1');
	db.close();
});

it('a damaged one is not served, and stays as it is', () => {
	const path = register('damaged.db');
	const file = openSync(path, 'r+');
	writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 3 * 4096);
	closeSync(file);
	const before = statSync(path).mtimeMs;
	expect(() => takeRegister(path)).toThrow(/is damaged \(.*Restore a backup/);
	expect(statSync(path).mtimeMs).toBe(before);
	const other = join(folder, 'words.db');
	writeFileSync(other, 'no register at all, but some words');
	expect(() => takeRegister(other)).toThrow(/is damaged/);
});

it('one that is not there yet, and one in memory, are taken', () => {
	takeRegister(join(folder, 'new', 'register.db'));
	takeRegister(':memory:');
	expect([existsSync(join(folder, 'new', 'register.db.lock')), existsSync(':memory:.lock')]).toEqual([
		true,
		false
	]);
});
