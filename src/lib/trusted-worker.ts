interface TrustedTypes {
	createPolicy: (
		name: string,
		rules: { createScriptURL: () => string }
	) => { createScriptURL: (given: string) => unknown };
}

const policies = new Map<string, ReturnType<TrustedTypes['createPolicy']>>();

/** Starts one of the app's own workers: the one script that the Trusted Types policy of that name lets through. */
export function startWorker(policy: string, url: string): Worker {
	const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
	let known = policies.get(policy);
	if (!known && trustedTypes) {
		known = trustedTypes.createPolicy(policy, { createScriptURL: () => url });
		policies.set(policy, known);
	}
	return new Worker((known?.createScriptURL(url) ?? url) as string, { type: 'module' });
}
