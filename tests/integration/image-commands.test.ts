import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrganisation } from '#lib/server/first-start.ts';
import { openStore } from '#lib/server/storage/store.ts';

/** The files of the container's image, by its Dockerfile, without the built app. */
let image: string;

beforeAll(async () => {
	image = mkdtempSync(join(tmpdir(), 'reppu-image-'));
	cpSync('package.json', join(image, 'package.json'));
	cpSync('scripts', join(image, 'scripts'), { recursive: true });
	expect(node('.', 'scripts/bundle-commands.js', join(image, 'scripts')).errors).toBe('');
	const store = await openStore(join(image, 'reppu.db'));
	await store.write((trx) => createOrganisation(trx, 'Yksi', { demo: false, now: Date.now() }));
	await store.close();
});
afterAll(() => rmSync(image, { recursive: true, force: true }));

function node(cwd: string, ...args: string[]) {
	const env = { ...process.env, DATABASE_URL: join(image, 'reppu.db') };
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
	return { code: status, out: stdout, errors: stderr };
}

it('brings a directory in and takes it out without sources and packages, as in the image', () => {
	const dockerfile = readFileSync('Dockerfile', 'utf8');
	expect(dockerfile).toContain('node scripts/bundle-commands.js scripts');
	const service = { id: 'a', name: 'Neuvonta', status: 'active' };
	writeFileSync(join(image, 'in.json'), JSON.stringify([service]));
	const run = (script: string, ...args: string[]) => node(image, `scripts/${script}.js`, ...args);
	expect(run('prepare', 'install')).toMatchObject({ code: 0 });
	expect(run('import', 'in.json')).toMatchObject({ code: 0, errors: '', out: expect.stringContaining('1 new') as string }); // prettier-ignore
	expect(run('export', 'out.json')).toMatchObject({ code: 0, errors: '' });
	expect(readFileSync(join(image, 'out.json'), 'utf8')).toContain(JSON.stringify(service));
	expect(run('export', 'out.xlsx', '--format', 'xlsx', '--languages', 'ar').code).toBe(0);
	expect(run('import', 'out.xlsx').out).toContain('sheet: ');
	expect(run('rotate-key')).toMatchObject({ code: 0, errors: '', out: expect.stringMatching(/^Yksi: new key [\w-]{8}; 0 older kept/) as string }); // prettier-ignore
	expect(run('import-register')).toMatchObject({ code: 2, errors: expect.stringContaining('Which file?') as string }); // prettier-ignore
	expect(run('move-store').errors).not.toContain('ERR_MODULE_NOT_FOUND');
});
