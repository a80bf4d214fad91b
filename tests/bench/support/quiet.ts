import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a look at the processors takes, and how long to wait for others to finish, ms. */
const LOOK = 400;
const PATIENCE = 300;
/** Share of the processors' time that must be idle. */
const IDLE = 0.85;

let rounds = 0;
let busy = 0;

function times(): { idle: number; all: number } {
	let idle = 0;
	let all = 0;
	for (const { times: spent } of cpus()) {
		idle += spent.idle;
		all += Object.values(spent).reduce((sum, time) => sum + time, 0);
	}
	return { idle, all };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Waits, but not for ever, until nobody else uses the processors: a round that shares them measures the others. */
export async function quiet(): Promise<void> {
	rounds += 1;
	// What this process has left behind would be cleaned up in the middle of a round.
	collectGarbage();
	for (const end = Date.now() + PATIENCE; Date.now() < end;) {
		const before = times();
		await sleep(LOOK);
		const after = times();
		if ((after.idle - before.idle) / (after.all - before.all) >= IDLE) return;
	}
	busy += 1;
}

/** What to think of the times: how many rounds began while others were at work. */
export const quietness = (): string =>
	busy === 0
		? 'Nobody else used the processors when a round began.'
		: `${busy} of ${rounds} rounds began while others used the processors: the times are worse for it.`;
