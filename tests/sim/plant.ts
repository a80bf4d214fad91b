import { registerHooks } from 'node:module';

/** A change of one place in the source: what stands there, and what stands there instead. */
export interface Plant {
	/** Path below `src/lib`. */
	file: string;
	find: string;
	put: string;
}

/** Small pages: what takes a register of years in real life happens in every round. */
const SMALL_PAGES: Plant = {
	file: 'protocol/limits.ts',
	find: 'export const MAX_CHANGES = 100;',
	put: 'export const MAX_CHANGES = 12;'
};

/** The next sender is made ready at once, and not after a while by a clock that no seed decides. */
const AT_ONCE: Plant = {
	file: 'device/vault/outgoing.ts',
	find: 'setTimeout(() => this.prepare(), AFTERWARDS);',
	put: 'this.prepare(); void AFTERWARDS;'
};

/** Sealing that replays; see there. */
const HPKE = { name: '@hpke/core', standIn: new URL('./stand-in-hpke.ts', import.meta.url).href };

/**
 * Changes sources while they are loaded; nothing is written. Each place must be found exactly once: a plant that finds none would prove
 * nothing, and is an error.
 */
export function plant(plants: readonly Plant[]): () => void {
	const open = new Set([SMALL_PAGES, AT_ONCE, ...plants]);
	registerHooks({
		resolve(specifier, context, next) {
			return specifier === HPKE.name ? { url: HPKE.standIn, shortCircuit: true } : next(specifier, context);
		},
		load(url, context, next) {
			const loaded = next(url, context);
			let source = undefined as string | undefined;
			for (const one of open) {
				if (!url.endsWith(`/src/lib/${one.file}`)) continue;
				source ??= String(loaded.source);
				if (source.split(one.find).length !== 2)
					throw new Error(`In ${one.file} this does not stand once: ${one.find}`);
				source = source.replace(one.find, () => one.put);
				open.delete(one);
			}
			return source === undefined ? loaded : { ...loaded, source };
		}
	});
	return () => {
		for (const { file } of open) throw new Error(`${file} was never loaded: nothing was planted.`);
	};
}
