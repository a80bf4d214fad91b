import url from './search-worker.ts?worker&url';

interface TrustedTypes {
	createPolicy: (
		name: string,
		rules: { createScriptURL: () => string }
	) => { createScriptURL: (given: string) => unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Starts the worker of the search: the one script that its Trusted Types policy lets through. */
export function startSearchWorker(): Worker {
	const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
	policy ??= trustedTypes?.createPolicy('app-search-worker', { createScriptURL: () => url });
	return new Worker((policy?.createScriptURL(url) ?? url) as string, { type: 'module' });
}
