import type { Dexie } from 'dexie';

/** What a failure is called, with what lies inside it: Dexie wraps what the browser said. */
function namesOf(error: unknown): string[] {
	const names: string[] = [];
	for (let one = error; one instanceof Error; one = (one as { inner?: unknown }).inner) names.push(one.name);
	return names;
}

/** There was no room for it on this device; nothing of it was written. */
export const isFull = (error: unknown): boolean => namesOf(error).includes('QuotaExceededError');

/** Names under which browsers say that they lost a database, as iOS does with an app that lay in the background. */
const LOST = ['UnknownError', 'InvalidStateError'];

/**
 * Runs a task on databases. Where the browser has lost one of them, all are opened anew and the task runs once more, as a whole: a
 * lost connection comes back only so, and every query until then would fail in the same way. The first run may have been carried
 * through although nobody was told. Not for use inside a transaction.
 */
export async function reopening<T>(
	databases: readonly Dexie[],
	task: (again: boolean) => Promise<T>
): Promise<T> {
	try {
		return await task(false);
	} catch (error) {
		if (!namesOf(error).some((name) => LOST.includes(name))) throw error;
		for (const db of databases) {
			db.close({ disableAutoOpen: false });
			await db.open();
		}
		return await task(true);
	}
}
