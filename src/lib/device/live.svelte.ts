import { liveQuery } from 'dexie';
import { createSubscriber } from 'svelte/reactivity';

/** The answer of a query that is asked again whenever its rows change, in whichever tab or worker. */
export interface Live<T> {
	readonly current: T;
	/** Why the last run failed, if it did; `current` is then the last answer that came. */
	readonly error: unknown;
}

/**
 * The one bridge between Dexie's live queries and runes. It subscribes while something on the screen reads it. A query that
 * depends on a prop is made anew with the prop: `const rows = $derived.by(() => { const p = place; return live(…); })`.
 */
export function live<T>(query: () => T | Promise<T>, initial: T): Live<T> {
	let value = $state.raw<T>(initial);
	let error = $state.raw<unknown>();
	const subscribe = createSubscriber(() => {
		const subscription = liveQuery(query).subscribe({
			next: (next) => {
				value = next;
				error = undefined;
			},
			error: (reason) => (error = reason)
		});
		return () => subscription.unsubscribe();
	});
	return {
		get current() {
			subscribe();
			return value;
		},
		get error() {
			subscribe();
			return error;
		}
	};
}
