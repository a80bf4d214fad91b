import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { BadInput } from '#lib/server/directory/draft.ts';
import { guarded, INTERNET, UnknownHost, type Net } from '#lib/server/directory/guarded-net.ts';
import type { LinkFault } from '#lib/protocol/directory-checks.ts';

/** What came of asking for a page: nothing is wrong, or what is. */
export interface LinkAnswer {
	fault: LinkFault | null;
	/** Status of HTTP, where somebody answered. */
	status: number | null;
}

export interface AskLimits {
	/** How long one request may take, ms. */
	within: number;
}

const MOST_REDIRECTS = 5;
/** Machines are not let in, or too many of them: there is a page, and people may see it. */
const NOT_FOR_MACHINES = new Set([401, 403, 405, 406, 429]);
/** Says who asks, so that whoever keeps the page can ask back. */
const AGENT = 'Reppu link check (a service directory; one request a day for each page)';

const isGood = (status: number) => (status >= 200 && status < 300) || NOT_FOR_MACHINES.has(status);

async function answerOf(
	url: URL,
	method: 'HEAD' | 'GET',
	net: Net,
	within: number
): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const asked = request(
			url,
			{
				method,
				lookup: guarded(net),
				signal: AbortSignal.timeout(within),
				// A connection of its own, so that every name is looked up anew.
				agent: false,
				...(net.ca !== undefined && { ca: net.ca }),
				headers: { accept: 'text/html, */*;q=0.5', 'user-agent': AGENT }
			},
			(answer) => {
				// Its headers say enough.
				answer.destroy();
				resolve(answer);
			}
		);
		asked.on('error', reject);
		asked.end();
	});
}

function faultOf(error: unknown): LinkFault {
	if (error instanceof BadInput) return 'private';
	if (error instanceof UnknownHost) return 'unknown_host';
	if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
		return 'silent';
	return 'unreachable';
}

/** Follows one page with one method. Every step is looked at anew: https only, by a name, to public addresses. */
async function follow(
	address: string,
	method: 'HEAD' | 'GET',
	net: Net,
	{ within }: AskLimits
): Promise<LinkAnswer> {
	let url = URL.parse(address);
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
		// A page that has moved to http is there, for people; it is not asked for.
		if (redirects > 0 && url?.protocol === 'http:') return { fault: null, status: null };
		if (
			url?.protocol !== 'https:' ||
			url.username ||
			url.password ||
			isIP(url.hostname.replace(/^\[|\]$/g, ''))
		)
			return { fault: 'private', status: null };
		let answer: IncomingMessage;
		try {
			answer = await answerOf(url, method, net, within);
		} catch (error) {
			return { fault: faultOf(error), status: null };
		}
		const { statusCode: status = 0, headers } = answer;
		if (status < 300 || status >= 400 || headers.location === undefined)
			return { fault: isGood(status) ? null : 'status', status };
		url = URL.parse(headers.location, url);
	}
	return { fault: 'redirects', status: null };
}

/** Asks whether a page is there: by its headers first, and where they say no, once more like a browser. Never throws. */
export async function askLink(
	address: string,
	limits: AskLimits = { within: 15_000 },
	net: Net = INTERNET
): Promise<LinkAnswer> {
	const first = await follow(address, 'HEAD', net, limits);
	return first.fault === null || first.fault === 'private' || first.fault === 'unknown_host'
		? first
		: follow(address, 'GET', net, limits);
}
