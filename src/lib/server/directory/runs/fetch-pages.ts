import { createReadStream } from 'node:fs';
import { BadInput } from '#lib/server/directory/draft.ts';
import { INTERNET, type Net } from '#lib/server/directory/guarded-net.ts';
import { fetchAllowed, type FetchLimits } from './fetch-allowed.ts';

/** Pages of one source at most. */
const MOST_PAGES = 5000;

/** As much of one piece is kept as a name and a number that lie across its end may take, characters. */
const ACROSS = 80;

/** How many pages there are, in the words of HSDS (`GET /services`) and of PTV; a quote inside a text is escaped, so no text looks like it. */
const COUNT = /(?<!\\)"(?:total_pages|pageCount)"\s*:\s*(\d{1,9})(?!\d)\s*[,}]/;
const NUMBER = /(?<!\\)"(?:page_number|pageNumber)"\s*:\s*(\d{1,9})(?!\d)\s*[,}]/;

/** What a file says of the pages that it is one of; undefined where it is no page. */
async function pageOf(path: string): Promise<{ number: number; count: number } | undefined> {
	let [number, count, before] = [undefined as number | undefined, undefined as number | undefined, ''];
	for await (const piece of createReadStream(path, 'utf8') as AsyncIterable<string>) {
		const text = before + piece;
		number ??= asNumber(NUMBER.exec(text)?.[1]);
		count ??= asNumber(COUNT.exec(text)?.[1]);
		if (number !== undefined && count !== undefined) return { number, count };
		before = text.slice(-ACROSS);
	}
	return undefined;
}

const asNumber = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));

/**
 * Fetches what an address gives, and where that is the first page of an API all pages after it: a page taken for the whole source would remove
 * everything that stands on the others. All of them together have `limits.most` bytes at most. Throws `BadInput` as `fetchAllowed` does, and
 * `address_failed` where the pages do not follow each other.
 *
 * @param fileFor where the file with a number, from 0 on, is to lie
 */
export async function fetchPages(
	address: string,
	fileFor: (number: number) => string,
	limits: FetchLimits,
	net: Net = INTERNET
): Promise<{ name: string; bytes: number }[]> {
	const files = [await fetchAllowed(address, fileFor(0), limits, net)];
	const first = await pageOf(fileFor(0));
	// Whoever asks for a later page wants that page.
	if (!first || new URL(address).searchParams.has('page')) return files;
	if (first.count > MOST_PAGES)
		throw new BadInput('too_large', `The address has ${first.count} pages, more than ${MOST_PAGES}`);
	let left = limits.most - files[0]!.bytes;
	for (let number = first.number + 1; number <= first.count; number += 1) {
		const url = new URL(address);
		url.searchParams.set('page', String(number));
		const path = fileFor(files.length);
		const file = await fetchAllowed(url.href, path, { ...limits, most: left }, net);
		const page = await pageOf(path);
		if (page?.number !== number || page.count !== first.count)
			throw new BadInput(
				'address_failed',
				`The address gave no file: asked for page ${number} of ${first.count}, it gave ${page?.number ?? 'none'} of ${page?.count ?? 'none'}`
			);
		left -= file.bytes;
		files.push(file);
	}
	return files;
}
