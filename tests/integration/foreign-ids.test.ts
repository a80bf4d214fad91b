import { afterAll, describe, expect, it } from 'vitest';
import { roles } from '#lib/protocol/accounts.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { startServer, stopServers } from '../support/server.ts';
import { TABLE } from './matrix/table.ts';
import {
	ask,
	callerOf,
	make,
	newSide,
	nothing,
	routesOnDisk,
	rowsOf,
	seen,
	type Side
} from './matrix/world.ts';

/** `FOREIGN_IDS=100000 SEED=7 vitest run foreign-ids` for more, or for the same again. */
const COUNT = Number(process.env['FOREIGN_IDS'] ?? 600);
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 30));

/** So many of each kind exist in the other organisation. */
const THINGS = 12;
/** From so many of each on, times of one route are compared. */
const ENOUGH = 1000;
/** Of a difference in time nobody learns anything below this part of the time, or below this t. */
const LEAST_PART = 0.03;
const LEAST_T = 5;

afterAll(stopServers);

/** Mulberry32. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Without the slowest part: pauses of the machine are no answer of the server. */
function steady(times: readonly number[]) {
	const kept = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length * 0.9));
	const mean = kept.reduce((sum, one) => sum + one, 0) / kept.length;
	const variance = kept.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (kept.length - 1);
	return { mean, error: variance / kept.length };
}

/** How far two means lie apart: Welch's t, and as a part of the time. */
function apart(foreign: readonly number[], missing: readonly number[]) {
	const [a, b] = [steady(foreign), steady(missing)];
	return { t: Math.abs(a.mean - b.mean) / Math.sqrt(a.error + b.error), part: Math.abs(a.mean / b.mean - 1) };
}

describe('ids of another organisation', () => {
	it(
		`${COUNT} of them are answered as ids that nothing has, and as fast (#84)`,
		async () => {
			const routes = await routesOnDisk();
			const server: ServerContext = await startServer(':memory:');
			const [mine, other]: [Side, Side] = [await newSide(server), await newSide(server)];
			const named = Object.entries(TABLE).flatMap(([name, expected]) => {
				const { thing } = expected;
				// Where nobody is let in anyway there is nothing to learn.
				const allowed = roles.filter((role) => expected[role] !== 403);
				return thing ? allowed.map((role) => ({ name, expected, thing, role })) : [];
			});
			const ids = new Map<string, { foreign: string[]; missing: string[] }>();
			for (const { thing } of named) {
				if (ids.has(thing)) continue;
				const foreign: string[] = [];
				for (let count = 0; count < THINGS; count += 1) foreign.push(await make(server, other, thing));
				// As many, and asked for as often: what is asked for again is sooner found, wherever it is.
				ids.set(thing, { foreign, missing: foreign.map(() => nothing(thing)) });
			}
			const before = await rowsOf(server, other.organisation);
			const random = randomFrom(SEED);
			const answers = new Map<string, Awaited<ReturnType<typeof seen>>>();
			const times = new Map<string, { foreign: number[]; missing: number[] }>();
			let leaks = 0;
			for (let count = 0; count < COUNT; count += 1) {
				const one = named[Math.floor(random() * named.length)]!;
				const { name, expected, thing, role } = one;
				const known = ids.get(thing)!;
				const kind = random() < 0.5 ? 'foreign' : 'missing';
				const id = known[kind][Math.floor(random() * THINGS)]!;
				const begun = performance.now();
				const response = await ask(
					server,
					name,
					routes.get(name)!,
					expected,
					callerOf(mine.phones[role]),
					id
				);
				const took = performance.now() - begun;
				const answer = await seen(response);
				const same = answers.get(`${name} ${role}`) ?? answer;
				answers.set(`${name} ${role}`, same);
				if (answer.status !== 404 || JSON.stringify(answer) !== JSON.stringify(same)) leaks += 1;
				const measured = times.get(name) ?? { foreign: [], missing: [] };
				measured[kind].push(took);
				times.set(name, measured);
			}
			const compared = [...times].filter(
				([, { foreign, missing }]) => Math.min(foreign.length, missing.length) >= ENOUGH
			);
			const told = compared.map(([name, { foreign, missing }]) => ({ name, ...apart(foreign, missing) }));
			const widest = told.toSorted((a, b) => b.part - a.part)[0];
			console.log(
				`${COUNT} ids of another organisation or of nobody, seed ${SEED}; ${leaks} leaks; ${
					widest
						? `times of ${told.length} routes compared, at most ${(widest.part * 100).toFixed(1)} % apart (t ${widest.t.toFixed(1)}, ${widest.name})`
						: 'too few to compare times'
				}`
			);
			expect(leaks).toBe(0);
			expect(await rowsOf(server, other.organisation)).toBe(before);
			expect(told.filter(({ t, part }) => t > LEAST_T && part > LEAST_PART)).toEqual([]);
		},
		30_000 + COUNT * 20
	);
});
