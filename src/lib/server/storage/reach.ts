import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What the statements of a request or of a job reach on PostgreSQL, whatever they ask for: one organisation's rows, those of all, or none
 * (walls.ts). It goes along with the work itself, so that no query has to remember it.
 */
export type Reach = string | null;

/** All organisations: for what is asked before the organisation is known, the server's own jobs, and the commands of whoever runs it. */
export const EVERYTHING = '*';
export const NOTHING = null;

const current = new AsyncLocalStorage<{ reach: Reach }>();

/** Runs a request. It reaches nothing until `reachOnly` has said whose it is. */
export const inRequest = <T>(task: () => T): T => current.run({ reach: NOTHING }, task);

/** From here on the request reaches this organisation. A request is one organisation's. */
export function reachOnly(organisation: string): void {
	const request = current.getStore();
	if (!request) return;
	if (request.reach !== NOTHING && request.reach !== organisation)
		throw new Error('A request cannot be of two organisations.');
	request.reach = organisation;
}

export const inOrganisation = <T>(organisation: string, task: () => T): T =>
	current.run({ reach: organisation }, task);

export const acrossOrganisations = <T>(task: () => T): T => current.run({ reach: EVERYTHING }, task);

/** `outside`: what is reached where nobody has said anything. */
export function reachNow(outside: Reach): Reach {
	const said = current.getStore();
	return said ? said.reach : outside;
}

/** What is read while an answer is being sent, when the request has been left already. */
export function withReach<T>(items: AsyncIterable<T>): AsyncIterable<T> {
	const inside = AsyncLocalStorage.snapshot();
	return {
		[Symbol.asyncIterator]() {
			const iterator = items[Symbol.asyncIterator]();
			return {
				next: () => inside(() => iterator.next()),
				return: () =>
					inside(async () => (await iterator.return?.()) ?? { done: true as const, value: undefined })
			};
		}
	};
}
