/**
 * Runs the simulator: `node tests/sim/main.ts --ops 200000 --seed 1 [--minutes 10] [--files folder] [--mutant name]`. Prints one line of
 * JSON; ends with 1 where something was lost, doubled or never agreed upon, and then says with which seed it happens again.
 */
import './environment.ts';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { MUTANTS } from './mutants.ts';
import { plant } from './plant.ts';
import type { RoundResult } from './round.ts';

const { values } = parseArgs({
	options: {
		ops: { type: 'string', default: '5000' },
		seed: { type: 'string', default: '1' },
		minutes: { type: 'string' },
		rounds: { type: 'string' },
		steps: { type: 'string', default: '400' },
		files: { type: 'string' },
		mutant: { type: 'string' }
	}
});

const mutant = values.mutant === undefined ? [] : MUTANTS[values.mutant];
if (!mutant) throw new Error(`There is no mutant called "${values.mutant}".`);
const planted = plant(mutant);
const { runRound, KINDS } = await import('./round.ts');
planted();

const realNow = performance.now.bind(performance);
const started = realNow();
const until = values.minutes === undefined ? Infinity : started + Number(values.minutes) * 60_000;
const rounds = values.rounds === undefined ? Infinity : Number(values.rounds);
const total = { rounds: 0, ops: 0, requests: 0, rejected: 0, conflicts: 0, agreedIn60: 0, slowest: 0 };
// What never happened is told, too.
const faults = new Map(KINDS.map((kind) => [kind, { rounds: 0, times: 0 }]));
let seed = Number(values.seed);
let broken: RoundResult | undefined;

while (!broken && total.ops < Number(values.ops) && total.rounds < rounds && realNow() < until) {
	// Every other world lies in files, where there is a place for them: only there a server can be restored.
	const folder = values.files !== undefined && seed % 2 === 0 ? values.files : undefined;
	const result = await runRound({ seed, steps: Number(values.steps), folder });
	total.rounds += 1;
	total.ops += result.ops;
	total.requests += result.requests;
	total.rejected += result.rejected;
	total.conflicts += result.conflicts;
	if (result.agreedAfter <= 60_000) total.agreedIn60 += 1;
	total.slowest = Math.max(total.slowest, result.agreedAfter);
	for (const [fault, times] of Object.entries(result.faults)) {
		const known = faults.get(fault) ?? { rounds: 0, times: 0 };
		faults.set(fault, { rounds: known.rounds + 1, times: known.times + times });
	}
	if (result.violations.length > 0) broken = result;
	seed += 1;
}

if (broken) {
	const files = values.files === undefined ? '' : ` --files ${values.files}`;
	console.error(
		`Seed ${broken.seed} breaks a promise. Again: node tests/sim/main.ts --seed ${broken.seed} --rounds 1 --steps ${values.steps}${files}`
	);
	for (const violation of broken.violations) console.error(violation);
}
const seconds = (realNow() - started) / 1000;
console.log(
	JSON.stringify({ ...total, seconds, broken: broken?.seed ?? null, faults: Object.fromEntries(faults) })
);
process.exit(broken ? 1 : 0);
