import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { finished } from 'node:stream/promises';
import { createOrganisation } from '../../../src/lib/server/first-start.ts';
import { openStore } from '../../../src/lib/server/storage/store.ts';
import { printTable, round } from '../support/numbers.ts';
import { quiet } from '../support/quiet.ts';
import { hsdsRecords, ptvRecords } from './records.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const RECORDS = Number(process.env['RECORDS'] ?? 100_000);

interface Run {
	label: string;
	/** Size of what is read, bytes. */
	bytes: number;
	ms: number;
	/** Most memory that the process held, bytes. */
	peak: number;
	said: string;
}

/** A directory of a hundred thousand records comes in through the command line, on SQLite: for the first time, and unchanged. */
export async function bench(): Promise<Record<string, number>> {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-bench-'));
	try {
		const runs: Run[] = [];
		for (const [label, records] of [
			['HSDS 3.0, NDJSON', hsdsRecords],
			['service catalogue 11, NDJSON', ptvRecords]
		] as const) {
			const path = join(folder, 'records.ndjson');
			const bytes = await write(path, records(RECORDS));
			const database = await freshStore(join(folder, `${runs.length}.db`));
			await quiet();
			runs.push({ label, bytes, ...(await importOnce(path, database)) });
			runs.push({ label: `${label}, again`, bytes, ...(await importOnce(path, database)) });
		}
		return report(runs);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function write(path: string, records: Iterable<object>): Promise<number> {
	const file = createWriteStream(path);
	for (const record of records) if (!file.write(`${JSON.stringify(record)}\n`)) await once(file, 'drain');
	file.end();
	await finished(file);
	return file.bytesWritten;
}

async function freshStore(path: string): Promise<string> {
	const store = await openStore(path);
	await store.write((trx) => createOrganisation(trx, 'Bench', { demo: false, now: Date.now() }));
	await store.close();
	return path;
}

async function importOnce(path: string, database: string): Promise<Pick<Run, 'ms' | 'peak' | 'said'>> {
	const begun = performance.now();
	const child = spawn(process.execPath, ['scripts/import.js', path, '--from', 'bench', '--lines', '0'], {
		cwd: ROOT,
		env: { ...process.env, DATABASE_URL: database },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	let peak = 0;
	const watch = setInterval(() => (peak = Math.max(peak, memoryOf(child.pid ?? 0))), 50);
	let said = '';
	child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number];
	clearInterval(watch);
	if (code !== 0) throw new Error(`The import ended with ${code}: ${said}`);
	return { ms: performance.now() - begun, peak, said: said.trim().split('\n').at(-1) ?? '' };
}

/** The most that a process has held so far, bytes. */
function memoryOf(pid: number): number {
	try {
		return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
	} catch {
		return 0;
	}
}

function report(runs: readonly Run[]): Record<string, number> {
	console.log(`${RECORDS} records come in by npm run import, SQLite`);
	printTable(
		['', 'MB read', 'seconds', 'peak MB'],
		runs.map(({ label, bytes, ms, peak }) => [
			label,
			(bytes / 1e6).toFixed(0),
			(ms / 1000).toFixed(1),
			(peak / 1e6).toFixed(0)
		])
	);
	for (const { said } of runs) console.log(said);
	return {
		seconds_100k: round((Math.max(...runs.map(({ ms }) => ms)) / 1000) * (100_000 / RECORDS)),
		peak_mb: Math.round(Math.max(...runs.map(({ peak }) => peak)) / 1e6)
	};
}
