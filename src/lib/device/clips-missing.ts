import type { PublicDb } from './public-db.ts';

/** How many recordings the server had that did not arrive here when they were last fetched: the packed bag asks. */
const keyOf = (organisation: string) => `clips-missing ${organisation}`;

export async function noteClipsMissing(open: PublicDb, organisation: string, count: number): Promise<void> {
	await open.settings.put({ key: keyOf(organisation), value: count });
}

/** Undefined where they were never fetched. */
export async function readClipsMissing(open: PublicDb, organisation: string): Promise<number | undefined> {
	const value = (await open.settings.get(keyOf(organisation)))?.value;
	return typeof value === 'number' ? value : undefined;
}
