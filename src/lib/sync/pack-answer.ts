import type { Carrier, Failure } from './exchange.ts';

const PACK_PATH = '/api/v1/pack';

/** Asks the server for something of the pack; throws where the network does not carry it. Undefined: the demo's switch is off. */
export async function askPackServer(
	carrier: Carrier,
	rest: string,
	timeout: number
): Promise<Response | undefined> {
	if (!(await carrier.mayCarry())) return undefined;
	return carrier.fetch(`${PACK_PATH}${rest}`, {
		method: 'GET',
		redirect: 'manual',
		cache: 'no-store',
		credentials: 'same-origin',
		headers: carrier.headers,
		signal: AbortSignal.timeout(timeout)
	});
}

/** Why an answer is not what was asked for. What nobody of ours says comes from a captive portal. */
export function failureOf({ status, headers }: Response): Failure {
	if (status === 401) return { why: 'sign_in', status };
	// Ours says so in JSON; anybody else knows nothing of packs.
	if (status === 404 && !headers.get('content-type')?.startsWith('application/json'))
		return { why: 'blocked' };
	return { why: status >= 500 || status === 429 ? 'server' : 'blocked', status };
}
