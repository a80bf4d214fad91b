import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

/** A request that is ready to go: everything of it was made and signed beforehand, so that the load costs little beside the server. */
export interface Shot {
	headers: Record<string, string>;
	body: Buffer;
	/** What the answer must hold. */
	expects: string;
}

/** Requests under way at once: more than a server has processors, fewer than it takes for a queue of its own. */
const AT_ONCE = 16;

/** Sends every request once and waits for all answers. Returns the time it took, ms, and the bytes of bodies and headers both ways. */
export async function fire(port: number, shots: readonly Shot[]): Promise<{ ms: number; bytes: number }> {
	const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
	let next = 0;
	const begin = performance.now();
	const gunner = async () => {
		for (let shot = shots[next++]; shot; shot = shots[next++]) await one(port, agent, shot);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, gunner));
	const ms = performance.now() - begin;
	const sockets = Object.values(agent.freeSockets).flatMap((list) => list ?? []);
	const bytes = sockets.reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, 0);
	agent.destroy();
	return { ms, bytes };
}

function one(port: number, agent: Agent, { headers, body, expects }: Shot): Promise<void> {
	return new Promise((resolve, reject) => {
		const outgoing = request(
			{ port, host: '127.0.0.1', method: 'POST', path: '/api/v1/sync', agent, headers },
			(answer) => {
				let text = '';
				answer.setEncoding('utf8').on('data', (part: string) => (text += part));
				answer.on('end', () =>
					answer.statusCode === 200 && text.includes(expects)
						? resolve()
						: reject(new Error(`${answer.statusCode}: ${text.slice(0, 200)}`))
				);
			}
		);
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

const TICK = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Processor time that a process has used so far, ms; with `family`, its children's instead. */
export function processorTime(pid: number, family = false): number {
	const stat = (id: number | string) => {
		try {
			// Behind the name, which may hold anything: state, parent, …, user time and system time as the 12th and 13th.
			return readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]!.split(' ');
		} catch {
			// Has ended meanwhile.
			return undefined;
		}
	};
	const used = (fields: string[] | undefined) =>
		fields ? (Number(fields[11]) + Number(fields[12])) * TICK : 0;
	if (!family) return used(stat(pid));
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map((name) => stat(name))
		.filter((fields) => Number(fields?.[1]) === pid)
		.reduce((sum, fields) => sum + used(fields), 0);
}
