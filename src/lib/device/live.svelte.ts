import { liveQuery, type Subscription } from 'dexie';
import { createSubscriber } from 'svelte/reactivity';

/** The answer of a query that is asked again whenever its rows change, in whichever tab or worker. */
export interface Live<T> {
	readonly current: T;
	/** Why the last run failed, if it did; `current` is then the last answer that came. */
	readonly error: unknown;
}

/** How long a query is followed after nothing reads it any more, ms: one screen goes before the next has come, which would ask all of it again. */
const LEAVING = 2000;

/**
 * The one bridge between Dexie's live queries and runes. It subscribes while something on the screen reads it. A query that
 * depends on a prop is made anew with the prop: `const rows = $derived.by(() => { const p = place; return live(…); })`.
 */
export function live<T>(query: () => T | Promise<T>, initial: T): Live<T> {
	let value = $state.raw<T>(initial);
	let error = $state.raw<unknown>();
	let subscription: Subscription | undefined;
	let leaving: ReturnType<typeof setTimeout> | undefined;
	const subscribe = createSubscriber(() => {
		clearTimeout(leaving);
		subscription ??= liveQuery(query).subscribe({
			next: (next) => {
				value = next;
				error = undefined;
			},
			error: (reason) => (error = reason)
		});
		return () => {
			// What failed is asked again by whoever comes next.
			const after = error === undefined ? LEAVING : 0;
			leaving = setTimeout(() => {
				subscription?.unsubscribe();
				subscription = undefined;
			}, after);
		};
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
