import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrganisation } from '#lib/server/first-start.ts';
import { openStore } from '#lib/server/storage/store.ts';

let folder: string;
/** Files of the standard itself, beside the repository. */
const OFFICIAL = new URL('../../../shared/data/hsds/', import.meta.url);

/** Services of every kind of trouble that an export must give back as they came. */
const services = [
	{
		id: 'a1',
		name: 'Neuvonta <b>kaikille</b>',
		status: 'active',
		description: '<p>Apua &amp; neuvoja</p>',
		url: 'http://example.fi',
		alert: 'Suljettu perjantaina',
		fees: 'Maksuton',
		unknown_member: { kept: [1, null, 'ä'] },
		phones: [{ id: 'p1', number: '040 123 4567', extension: 12, languages: [{ id: 'l', code: 'fi' }] }],
		schedules: [{ id: 'h1', freq: 'WEEKLY', byday: 'MO,WE', opens_at: '09:00', closes_at: '13:00pm' }],
		cost_options: [{ id: 'c1', option: 'Kopio', amount: 1, currency: 'eur', valid_to: '2020-01-01' }]
	},
	{ id: 'a2', name: 'Toinen', status: 'inactive', organization: { id: 'o', name: 'Kunta', description: 'x' } }
];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'reppu-export-'));
	const store = await openStore(join(folder, 'reppu.db'));
	await store.write((trx) => createOrganisation(trx, 'Yksi', { demo: false, now: Date.now() }));
	await store.close();
	writeFileSync(join(folder, 'in.json'), JSON.stringify(services));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(script: 'import' | 'export', ...args: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.js`, ...args], {
		env: { ...process.env, DATABASE_URL: join(folder, 'reppu.db') },
		encoding: 'utf8'
	});
	return { code: status, out: stdout, errors: stderr };
}

const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as { id: string }[];

it('gives back what came in as HSDS as it came, beside what was written here', () => {
	expect(run('import', join(folder, 'in.json'), '--from', 'kunta', '--language', 'sv').code).toBe(0);
	expect(run('export', join(folder, 'out.json'))).toMatchObject({ code: 0, errors: '' });
	const out = read('out.json');
	expect(out.filter(({ id }) => id === 'a1' || id === 'a2')).toEqual(expect.arrayContaining(services));
	// The shipped entries are built new.
	expect(out.length).toBeGreaterThan(50);
	const valid = new Ajv({ strict: false }).compile({
		type: 'object',
		required: ['id', 'name', 'status'],
		properties: { name: { type: 'string', minLength: 1 }, status: { type: 'string', minLength: 1 } }
	});
	for (const service of out) expect([service.id, valid(service)]).toEqual([service.id, true]);
});

it('comes in again as it went out: nothing is new, nothing changes', () => {
	expect(run('import', join(folder, 'out.json'), '--from', 'again').out).toMatch(/ new, 0 changed/);
	expect(run('import', join(folder, 'out.json'), '--from', 'again').out).toContain(' 0 new, 0 changed');
});

it('writes the tables with their description, and replaces nothing', () => {
	const tables = join(folder, 'tables');
	expect(run('export', tables, '--format', 'hsds-csv').code).toBe(0);
	expect(readdirSync(tables)).toEqual(
		expect.arrayContaining(['services.csv', 'phones.csv', 'datapackage.json'])
	);
	expect(readFileSync(join(tables, 'services.csv'), 'utf8')).toContain('Neuvonta <b>kaikille</b>');
	expect(run('export', tables, '--format', 'hsds-csv').code).toBe(2);
	expect(run('export').code).toBe(2);
	expect(run('export', join(folder, 'x'), '--format', 'xml').code).toBe(2);
	expect(existsSync(`${tables}.part`)).toBe(false);
});

it.skipIf(!existsSync(OFFICIAL)).each(['3.0', '3.1-dev'])(
	'gives back the official example of HSDS %s as it is (skipped without ../shared)',
	(version) => {
		const path = fileURLToPath(new URL(`${version}/examples/service_full.json`, OFFICIAL));
		const official = JSON.parse(readFileSync(path, 'utf8')) as { id: string };
		expect(run('import', path, '--from', version, '--language', 'en').code).toBe(0);
		expect(run('export', join(folder, `${version}.json`)).code).toBe(0);
		expect(read(`${version}.json`).filter(({ id }) => id === official.id)).toContainEqual(official);
	}
);

it('writes a sheet for translators, which comes in again without a change', () => {
	const path = join(folder, 'texts.xlsx');
	expect(run('export', path, '--format', 'xlsx')).toMatchObject({
		code: 2,
		errors: expect.stringContaining('--languages') as string
	});
	expect(run('export', path, '--format', 'xlsx', '--languages', 'ar,so').code).toBe(0);
	expect(run('import', path).out).toMatch(
		/, sheet: \d+ read, 0 skipped; 0 new, 0 changed, \d{3,} as before, 0 removed/
	);
	const csv = join(folder, 'services.csv');
	expect(run('export', csv, '--format', 'csv', '--table', 'services').code).toBe(0);
	expect(run('import', csv, '--dry-run').out).toContain(', sheet: ');
});
