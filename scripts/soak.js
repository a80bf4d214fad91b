/**
 * `npm run soak -- --minutes N --seed S`: the simulator on every processor, and then everything that dies, stands still or breaks in tests/faults
 * and tests/integration, for about as long as wanted. Prints the seed first, a line for each part and one summary; ends with 1 where a
 * promise was broken, and says how to see it again.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.js';
import { findPostgres } from './postgres.js';

process.chdir(join(import.meta.dirname, '..'));
const { values } = parseArgs({
	options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } }
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 30));
if (!(minutes > 0) || !Number.isInteger(seed)) {
	console.error('How long, and from which seed? npm run soak -- --minutes 60 --seed 7');
	process.exit(2);
}

/**
 * What comes after the simulator: `share` of the time; `rate`: how many of `count` a machine of two cores gets through in a minute;
 * `least`: so many of them however short the time is.
 *
 * `vitest in a browser` runs whole folders once, in an order that the seed decides.
 *
 * @typedef {{ name: string, share: number, count: string, rate: number, least?: number, tool: 'vitest' | 'playwright' | 'vitest in a browser', file: string }} Part
 * @type {Part[]}
 */
const PARTS = [
	{
		name: 'server killed under a browser, SQLite',
		share: 0.15,
		count: 'KILLS',
		rate: 120,
		tool: 'playwright',
		file: 'kill-server'
	},
	{
		name: 'server and database killed, PostgreSQL',
		share: 0.15,
		count: 'KILLS',
		rate: 100,
		tool: 'vitest',
		file: 'killed'
	},
	{
		name: 'server and database frozen',
		share: 0.05,
		count: 'FREEZES',
		rate: 20,
		tool: 'vitest',
		file: 'frozen'
	},
	{
		name: 'ids of another organisation',
		share: 0.05,
		count: 'FOREIGN_IDS',
		rate: 100_000,
		least: 100_000,
		tool: 'vitest',
		file: 'foreign-ids'
	},
	{
		name: 'hidden figures looked for by an exact solver',
		share: 0,
		count: 'SETS',
		rate: 1500,
		least: 5000,
		tool: 'vitest',
		file: 'suppression'
	},
	{
		name: 'receptions by random rules against a second implementation',
		share: 0,
		count: 'RULES',
		rate: 20_000,
		least: 10_000,
		tool: 'vitest',
		file: 'recurrence'
	},
	{
		name: 'a directory of a million rows',
		share: 0,
		count: 'ROWS',
		rate: 1_000_000,
		least: 1_000_000,
		tool: 'vitest',
		file: 'many-rows'
	},
	{ name: 'line cut', share: 0.1, count: 'CUTS', rate: 1500, tool: 'vitest', file: 'cut-line' },
	{
		name: 'bodies made by chance',
		share: 0.1,
		count: 'BODIES',
		rate: 25_000,
		// What takes two thirds of an hour is no part of a short soak.
		least: minutes < 60 ? 1 : 1_000_000,
		tool: 'vitest',
		file: 'fuzz'
	},
	{
		name: 'browser killed',
		share: 0.15,
		count: 'KILLS',
		rate: 24,
		tool: 'playwright',
		file: 'kill-browser'
	},
	{
		name: 'service worker stopped',
		share: 0.05,
		count: 'STOPS',
		rate: 100,
		tool: 'playwright',
		file: 'stop-worker'
	},
	{
		name: 'browsers that lack one thing each',
		share: 0,
		count: 'EACH',
		rate: 1,
		tool: 'playwright',
		file: 'without'
	},
	{
		name: 'device and sync with every test device in a vault',
		share: 0,
		count: 'VITE_VAULT',
		rate: 1,
		tool: 'vitest in a browser',
		file: 'src/lib/device src/lib/sync'
	}
];
/** From so many cuts on it is every byte, and no sample any more. */
const EVERY_BYTE = 2200;
/** Where there is no Chromium the simulator has its time. */
const parts = PARTS.filter(({ tool }) => tool === 'vitest' || findChromium() !== undefined);
const simulated = 1 - parts.reduce((sum, { share }) => sum + share, 0);

/** Runs a program to its end. @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<{ code: number | null, out: string }>} */
async function run(program, args, env = {}) {
	const child = spawn(program, args, { stdio: 'pipe', env: { ...process.env, ...env } });
	let out = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (out += text));
	const code = await new Promise((resolve) => child.once('close', resolve));
	return { code, out };
}

/** @typedef {{ rounds: number, ops: number, requests: number, rejected: number, conflicts: number, agreedIn60: number, slowest: number, broken: number | null }} Told */

/** One process of the simulator; what it says in the end, or undefined. @param {number} worker @param {string} folder @returns {Promise<Told | undefined>} */
async function simulate(worker, folder) {
	const where = ['--files', folder, '--seed', String(seed + worker * 1_000_000)];
	const length = ['--ops', '1e12', '--minutes', String(minutes * simulated)];
	const { out } = await run(process.execPath, ['tests/sim/main.ts', ...length, ...where]);
	const lines = out.trim().split('\n');
	const told = lines.findLast((line) => line.startsWith('{'));
	const others = lines.filter((line) => line !== told);
	if (others.length > 0) console.log(others.join('\n'));
	return told === undefined ? undefined : JSON.parse(told);
}

/** @returns {Promise<boolean>} */
async function simulator() {
	// In memory where there is such a place, as in `npm test`.
	const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'reppu-soak-'));
	try {
		const told = await Promise.all(
			Array.from({ length: availableParallelism() }, (_, worker) => simulate(worker, folder))
		);
		/** @param {'rounds' | 'ops' | 'requests' | 'rejected' | 'conflicts' | 'agreedIn60'} key */
		const sum = (key) => told.reduce((all, one) => all + (one?.[key] ?? 0), 0);
		console.log(
			`  ${sum('ops')} operations in ${sum('rounds')} worlds, ${sum('requests')} requests, ${sum('rejected')} rejected, ${sum('conflicts')} conflicts`
		);
		const slowest = Math.max(...told.map((one) => one?.slowest ?? 0)) / 1000;
		console.log(
			`  ${sum('agreedIn60')} worlds agreed within 60 s once the network was back, the slowest after ${slowest} s`
		);
		return told.every((one) => one?.broken === null && one.ops > 0);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @param {Part} part @returns {Promise<boolean>} */
async function soak({ share, count, rate, least = 1, tool, file }) {
	const times = Math.max(least, Math.round(minutes * share * rate));
	const every = count === 'CUTS' && times >= EVERY_BYTE;
	const set = { [count]: String(times), SEED: String(seed), ...(every ? { ALL_OFFSETS: '1' } : {}) };
	const [program = '', ...args] = {
		vitest: [
			'vitest',
			'run',
			'--project=node',
			'--disable-console-intercept=true',
			`tests/integration/${file}.test.ts`
		],
		playwright: ['playwright', 'test', '-c', 'tests', file, '--workers', '1', '--retries', '0'],
		'vitest in a browser': [
			'vitest',
			'run',
			'--project=browser',
			'--sequence.shuffle.tests',
			`--sequence.seed=${seed}`,
			// These make their own vaults, and look past them.
			'--exclude=src/lib/device/vault/**',
			...file.split(' ')
		]
	}[tool];
	const { code, out } = await run(program, args, set);
	if (code === 0) {
		// Each test tells in one line what it did, and from which seed.
		for (const line of out.replaceAll('"', '').split('\n'))
			if (line.includes(`seed ${seed}`)) console.log(`  ${line.trim()}`);
		return true;
	}
	const again = Object.entries(set).map(([key, value]) => `${key}=${value}`);
	console.log(`${out}\n  Again: ${[...again, `node_modules/.bin/${program}`, ...args].join(' ')}`);
	return false;
}

console.log(`Soak of ${minutes} minutes, seed ${seed}`);
/** @type {string[]} */
const broken = [];
/** @param {string} name @param {() => Promise<boolean>} task */
async function step(name, task) {
	const begun = performance.now();
	const ok = await task();
	const seconds = Math.round((performance.now() - begun) / 1000);
	console.log(`${ok ? 'passed' : 'FAILED'}: ${name}, ${seconds} s`);
	if (!ok) broken.push(name);
}

await step('simulator', simulator);
for (const part of parts) await step(part.name, () => soak(part));
if (findChromium() === undefined) console.log('skipped: everything in a browser, for there is no Chromium');
if (findPostgres() === undefined) console.log('skipped: everything on PostgreSQL, for it is not installed');
console.log(
	broken.length === 0
		? `passed: nothing lost, nothing doubled in ${minutes} minutes of soak, seed ${seed}`
		: `FAILED: ${broken.join('; ')}; soak of ${minutes} minutes, seed ${seed}`
);
process.exit(broken.length === 0 ? 0 : 1);
