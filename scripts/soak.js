/**
 * `npm run soak -- --minutes N --seed S`: the simulator on every processor, and then a server that is killed while a browser delivers, for as
 * long as wanted. Prints the seed first and one summary at the end; ends with 1 where a promise was broken, and says how to see it
 * again.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.js';

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

/** Share of the time that the simulator has where there is a browser for the rest. */
const SIMULATED = 0.6;
/** Kills of a server that a machine of two cores gets through in a minute. */
const KILLS_A_MINUTE = 200;

console.log(`Soak of ${minutes} minutes, seed ${seed}`);
const browser = findChromium() !== undefined;
const folder = mkdtempSync(join(tmpdir(), 'reppu-soak-'));

/** @typedef {{ rounds: number, ops: number, requests: number, rejected: number, conflicts: number, broken: number | null }} Told */

/** One process of the simulator; what it says in the end, or undefined. @param {number} worker @returns {Promise<Told | undefined>} */
async function simulate(worker) {
	const args = [
		'tests/sim/main.ts',
		'--ops',
		'1e12',
		'--files',
		folder,
		'--seed',
		String(seed + worker * 1_000_000)
	];
	const time = String(browser ? minutes * SIMULATED : minutes);
	const child = spawn(process.execPath, [...args, '--minutes', time], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	let out = '';
	child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (out += text));
	await new Promise((resolve) => child.once('close', resolve));
	const last = out.trim().split('\n').at(-1) ?? '';
	return last.startsWith('{') ? JSON.parse(last) : undefined;
}

let failed;
try {
	const told = await Promise.all(
		Array.from({ length: availableParallelism() }, (_, worker) => simulate(worker))
	);
	/** @param {'rounds' | 'ops' | 'requests' | 'rejected' | 'conflicts'} key */
	const sum = (key) => told.reduce((all, one) => all + (one?.[key] ?? 0), 0);
	failed = told.some((one) => one === undefined || one.broken !== null);
	console.log(
		`Simulator: ${sum('ops')} operations in ${sum('rounds')} worlds, ${sum('requests')} requests, ` +
			`${sum('rejected')} rejected, ${sum('conflicts')} conflicts: ${failed ? 'A PROMISE WAS BROKEN' : 'nothing lost, doubled or left open'}`
	);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

if (browser) {
	const kills = Math.max(1, Math.round(minutes * (1 - SIMULATED) * KILLS_A_MINUTE));
	const { status } = spawnSync('playwright', ['test', '-c', 'tests', 'kill-server', '--retries', '0'], {
		stdio: 'inherit',
		env: { ...process.env, KILLS: String(kills), SEED: String(seed) }
	});
	console.log(
		`Server killed ${kills} times under a browser: ${status === 0 ? 'nothing lost, nothing doubled' : 'A PROMISE WAS BROKEN'}`
	);
	failed ||= status !== 0;
} else console.log('skipped: the server that is killed, for there is no browser');

console.log(`${failed ? 'FAILED' : 'passed'}: soak of ${minutes} minutes, seed ${seed}`);
process.exit(failed ? 1 : 0);
