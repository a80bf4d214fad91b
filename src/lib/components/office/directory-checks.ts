import * as z from 'zod/mini';
import { readMeta, writeMeta, type Device } from '#lib/device/device.ts';
import { directoryChecks, type DirectoryChecks } from '#lib/protocol/directory-checks.ts';
import type { Office } from './office.svelte.ts';

/** What the server said last of links and of what was shown, as this device keeps it for when there is no network. */
export async function keptChecks({ db }: Pick<Device, 'db'>): Promise<DirectoryChecks | undefined> {
	return z.safeParse(directoryChecks, await readMeta(db, 'directoryChecks')).data;
}

/** Asks the server; without an answer what was kept stays. */
export async function fetchChecks(office: Office, { db }: Pick<Device, 'db'>): Promise<void> {
	const answer = await office.ask({ path: '/api/v1/directory/checks' }, directoryChecks);
	if (answer.ok) await writeMeta(db, 'directoryChecks', answer.value);
}
