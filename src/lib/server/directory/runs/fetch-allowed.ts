import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { BadInput } from '#lib/server/directory/draft.ts';
import { guarded, INTERNET, type Net } from '#lib/server/directory/guarded-net.ts';

export interface FetchLimits {
	/** Hosts that may be asked, with a port where it is not 443. */
	hosts: readonly string[];
	/** Bytes of the file at most. */
	most: number;
	/** How long all of it may take, and how long nothing may come, ms. */
	whole?: number;
	silent?: number;
}

const MOST_REDIRECTS = 5;
/** How long everything may take where the settings do not say it, ms. */
export const WHOLE = 600_000;
const SILENT = 30_000;

const failed = (why: string, cause?: unknown) =>
	Object.assign(new BadInput('address_failed', `The address gave no file: ${why}`), { cause });

/** An address that may be asked. Throws `BadInput` `address_not_allowed`. */
function allowed(address: string, hosts: readonly string[], from?: URL): URL {
	const url = URL.parse(address, from);
	const good =
		url?.protocol === 'https:' && !url.username && !url.password && isIP(url.hostname) === 0 && hosts.includes(url.host); // prettier-ignore
	if (!good) throw new BadInput('address_not_allowed', `${url?.host ?? 'This'} is not a host that the settings allow by https`); // prettier-ignore
	return url;
}

async function answerOf(url: URL, net: Net, silent: number, signal: AbortSignal): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const asked = request(
			url,
			{
				lookup: guarded(net),
				signal,
				// A connection of its own, so that every name is looked up anew.
				agent: false,
				...(net.ca !== undefined && { ca: net.ca }),
				headers: { accept: 'application/json, application/zip, text/csv, */*;q=0.1', 'accept-encoding': 'identity' }
			},
			resolve
		); // prettier-ignore
		asked.setTimeout(silent, () => asked.destroy(failed('nothing came for too long')));
		asked.on('error', (error) => reject(error instanceof BadInput ? error : failed(error.message, error)));
		asked.end();
	});
}

/** What a file from an address is called: formats are told apart by the end of the name, too. */
function nameOf(url: URL, type: string): string {
	const last = url.pathname.split('/').at(-1) ?? '';
	if (/\.[a-z0-9]{2,6}$/i.test(last)) return last;
	const end = /zip/.test(type)
		? 'zip'
		: /csv/.test(type)
			? 'csv'
			: /spreadsheet/.test(type)
				? 'xlsx'
				: 'json';
	return `${last || url.hostname}.${end}`;
}

/**
 * Fetches a file into another one. Only https, only hosts of the list, also after each redirect, and never an address inside a network.
 * Throws `BadInput`: `address_not_allowed`, `address_private`, `address_failed`, `too_large`.
 */
export async function fetchAllowed(
	address: string,
	path: string,
	limits: FetchLimits,
	net: Net = INTERNET
): Promise<{ name: string; bytes: number }> {
	const signal = AbortSignal.timeout(limits.whole ?? WHOLE);
	let url = allowed(address, limits.hosts);
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
		const answer = await answerOf(url, net, limits.silent ?? SILENT, signal);
		const { statusCode = 0, headers } = answer;
		if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
			answer.destroy();
			url = allowed(headers.location, limits.hosts, url);
			continue;
		}
		if (statusCode !== 200 || (headers['content-encoding'] ?? 'identity') !== 'identity') {
			answer.destroy();
			throw failed(statusCode === 200 ? 'it came compressed' : `it answered ${statusCode}`);
		}
		let bytes = 0;
		try {
			await pipeline(
				answer,
				async function* (chunks: AsyncIterable<Uint8Array>) {
					for await (const chunk of chunks) {
						bytes += chunk.length;
						if (bytes > limits.most) throw new BadInput('too_large', `The file has more than ${limits.most} bytes`);
						yield chunk;
					}
				},
				createWriteStream(path, { mode: 0o600 }),
				{ signal }
			); // prettier-ignore
		} catch (error) {
			if (error instanceof BadInput || !(error instanceof Error)) throw error;
			throw failed(error.message, error);
		}
		return { name: nameOf(url, headers['content-type'] ?? ''), bytes };
	}
	throw failed('it redirects too often');
}
