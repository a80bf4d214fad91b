import { openStore } from '#lib/server/storage/store.ts';

/** Gives a database the tables that a server would give it at its first start. */
export async function migrated(url: string): Promise<string> {
	await (await openStore(url)).close();
	return url;
}
