/**
 * The simulator as a stage of `npm test`: operations in worlds of every kind, then every mutant, whose search begins where it was noticed
 * before. Writes `reports/sim.json` with how many passed and what failed. `SIM_OPS` and `SIM_SEED`: more of them, in other worlds.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { MUTANTS, NOTICED } from './mutants.ts';

const OPS = Number(process.env.SIM_OPS ?? 40_000);
/** Within so many operations a mutant must be noticed. */
const MUTANT_OPS = 200_000;
const WORKERS = Math.max(1, Math.min(4, availableParallelism()));
/** Share of the worlds in which each kind of fault must have happened. */
const RARE = 0.01;
const seed = Number(process.env.SIM_SEED ?? 1);

interface Outcome {
	code: number | null;
	errors: string;
	rounds: number;
	ops: number;
	agreedIn60: number;
	slowest: number;
	faults: Record<string, { rounds: number; times: number }>;
}

/** In memory where there is such a place: what a disk keeps is tested by real processes that are killed, and it is many times slower. */
const MEMORY = '/dev/shm';
const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'reppu-sim-'));

async function simulate(...args: string[]): Promise<Outcome> {
	const child = spawn(process.execPath, ['tests/sim/main.ts', '--files', folder, ...args], { stdio: 'pipe' });
	const [out, errors] = [child.stdout, child.stderr].map((stream) => {
		const chunks: string[] = [];
		stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
		return chunks;
	});
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	const last = out!.join('').trim().split('\n').at(-1) ?? '';
	const nothing = { rounds: 0, ops: 0, agreedIn60: 0, slowest: 0, faults: {} };
	const told = last.startsWith('{') ? (JSON.parse(last) as Omit<Outcome, 'code' | 'errors'>) : nothing;
	return { ...told, code, errors: errors!.join('') };
}

let passed = 0;
const failed: string[] = [];
function check(ok: boolean, text: string): void {
	console.log(`${ok ? 'passed' : 'FAILED'}: ${text}`);
	if (ok) passed += 1;
	else failed.push(text);
}

async function promises(): Promise<void> {
	const share = String(Math.ceil(OPS / WORKERS));
	const outcomes = await Promise.all(
		Array.from({ length: WORKERS }, (_, worker) =>
			simulate('--ops', share, '--seed', String(seed + worker * 1_000_000))
		)
	);
	for (const { errors } of outcomes) if (errors) console.log(errors);
	const [ops, rounds, agreed] = (['ops', 'rounds', 'agreedIn60'] as const).map((key) =>
		outcomes.reduce((sum, outcome) => sum + outcome[key], 0)
	) as [number, number, number];
	const fine = outcomes.every(({ code }) => code === 0);
	check(
		fine && ops >= OPS,
		`${ops} simulated operations in ${rounds} worlds, seed ${seed}: nothing lost, doubled, leaked or left open`
	);
	check(
		rounds > 0 && agreed === rounds,
		`${agreed} of ${rounds} worlds agreed within 60 s of their own time once the network was back, the slowest after ${Math.max(...outcomes.map(({ slowest }) => slowest)) / 1000} s`
	);
	const faults = new Map<string, { rounds: number; times: number }>();
	for (const outcome of outcomes)
		for (const [fault, counts] of Object.entries(outcome.faults)) {
			const known = faults.get(fault) ?? { rounds: 0, times: 0 };
			faults.set(fault, { rounds: known.rounds + counts.rounds, times: known.times + counts.times });
		}
	for (const [fault, counts] of [...faults].sort(([, a], [, b]) => b.times - a.times))
		console.log(
			`  ${String(counts.times).padStart(6)} × in ${((counts.rounds / rounds) * 100).toFixed(0).padStart(3)} % of the worlds: ${fault}`
		);
	const least = Math.max(1, Math.floor(rounds * RARE));
	const rare = [...faults].filter(([, counts]) => counts.rounds < least).map(([fault]) => fault);
	check(
		rare.length === 0,
		`every kind of fault in at least ${least} of the worlds${rare.length ? `, not: ${rare.join(', ')}` : ''}`
	);
}

async function teeth(): Promise<void> {
	const left = Object.keys(MUTANTS);
	const worker = async () => {
		for (let name = left.shift(); name !== undefined; name = left.shift()) {
			const first = String(NOTICED[name] ?? 1);
			const { code, errors, ops } = await simulate(
				'--ops',
				String(MUTANT_OPS),
				'--seed',
				first,
				'--mutant',
				name
			);
			const noticed = code === 1 && errors.includes('breaks a promise');
			check(
				noticed,
				`planted "${name}": ${noticed ? `noticed after ${ops} operations from seed ${first} on` : errors || 'not noticed'}`
			);
		}
	};
	await Promise.all(Array.from({ length: WORKERS }, worker));
}

try {
	await promises();
	await teeth();
} finally {
	rmSync(folder, { recursive: true, force: true });
}
mkdirSync('reports', { recursive: true });
writeFileSync('reports/sim.json', JSON.stringify({ passed, failed }));
process.exit(failed.length === 0 ? 0 : 1);
