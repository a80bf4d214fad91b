import { isUnwritable } from './failures.ts';
import type { Store } from './store.ts';

/** The writing of a store that remembers whether the medium still takes any: a disk may turn read-only under a server that goes on reading from it. */
export function watchedWrites(write: Store['write']): Pick<Store, 'write' | 'takesNoWrites'> {
	let refused = false;
	return {
		takesNoWrites: () => refused,
		async write(task) {
			try {
				const result = await write(task);
				refused = false;
				return result;
			} catch (error) {
				refused ||= isUnwritable(error);
				throw error;
			}
		}
	};
}
