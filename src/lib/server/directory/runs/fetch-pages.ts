import { createReadStream } from 'node:fs';
import { BadInput } from '#lib/server/directory/draft.ts';
import { INTERNET, type Net } from '#lib/server/directory/guarded-net.ts';
import { fetchAllowed, WHOLE, type FetchLimits } from './fetch-allowed.ts';

/** Pages of one source at most. */
const MOST_PAGES = 5000;

/** As much of one piece is kept as a name and a number that lie across its end may take, characters. */
const ACROSS = 80;

/** How many pages there are, in the words of HSDS (`GET /services`) and of PTV; a quote inside a text is escaped, so no text looks like it. */
const COUNT = /(?<!\\)"(?:total_pages|pageCount)"\s*:\s*(\d{1,9})(?!\d)\s*[,}]/;
/** How many entries there are: fewer or more while the pages are read means that one may have slipped from one to another. */
const TOTAL = /(?<!\\)"(?:total_items|totalCount)"\s*:\s*(\d{1,9})(?!\d)\s*[,}]/;
const NUMBER = /(?<!\\)"(?:page_number|pageNumber)"\s*:\s*(\d{1,9})(?!\d)\s*[,}]/;

interface Page {
	number: number;
	count: number;
	/** Entries on all of them, where it is said. */
	total: number | undefined;
}

function numberIn(text: string, pattern: RegExp): number | undefined {
	const digits = pattern.exec(text)?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** What a file says of the pages that it is one of; undefined where it is no page. */
async function pageOf(path: string): Promise<Page | undefined> {
	const found: { [name in keyof Page]?: number | undefined } = {};
	let before = '';
	for await (const piece of createReadStream(path, 'utf8') as AsyncIterable<string>) {
		const text = before + piece;
		found.number ??= numberIn(text, NUMBER);
		found.count ??= numberIn(text, COUNT);
		found.total ??= numberIn(text, TOTAL);
		before = text.slice(-ACROSS);
	}
	const { number, count, total } = found;
	return number === undefined || count === undefined ? undefined : { number, count, total };
}

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
	const ends = Date.now() + (limits.whole ?? WHOLE);
	const files = [await fetchAllowed(address, fileFor(0), limits, net)];
	const first = await pageOf(fileFor(0));
	// Whoever asks for a later page wants that page.
	const asksForLater = !['1', null].includes(new URL(address).searchParams.get('page'));
	if (!first || first.number >= first.count || asksForLater) return files;
	if (first.count > MOST_PAGES)
		throw new BadInput('too_large', `The address has ${first.count} pages, more than ${MOST_PAGES}`);
	let left = limits.most - files[0]!.bytes;
	for (let number = first.number + 1; number <= first.count; number += 1) {
		const url = new URL(address);
		url.searchParams.set('page', String(number));
		const path = fileFor(files.length);
		const file = await fetchAllowed(
			url.href,
			path,
			{ ...limits, most: left, whole: Math.max(1, ends - Date.now()) },
			net
		);
		const page = await pageOf(path);
		if (page?.number !== number || page.count !== first.count || page.total !== first.total)
			throw new BadInput(
				'address_failed',
				`The address gave no file: asked for page ${number} of ${first.count}, it gave ${page?.number ?? 'none'} of ${page?.count ?? 'none'}`
			);
		left -= file.bytes;
		files.push(file);
	}
	return files;
}
