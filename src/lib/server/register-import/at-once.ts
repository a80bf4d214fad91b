import { newId } from '#lib/domain/ids.ts';
import { note } from '#lib/server/audit/note.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { Sender } from '#lib/server/sync/effects.ts';
import type { Planned, PlanInput } from './plan.ts';
import { isBeingWritten, noteImport } from './runs.ts';
import { bringIn } from './work.ts';

/** Stands in the journal where a phone's device would: the command line has none. */
const COMMAND_LINE = '01980000-0000-7000-8000-00000000c0de';

/** The office brings one in at this moment: nothing was changed. */
export class Busy extends Error {}

/**
 * Brings a file in from the command line, all of it or nothing, as the office does after its check. It stands among the office's imports, where it can
 * be taken back; nobody of the organisation has done it. Throws `BadInput` and `Busy`.
 */
export async function bringInAtOnce(store: Store, input: PlanInput): Promise<Planned> {
	const { organisation, mapping, file, now } = input;
	const { owner } = mapping;
	const by: Sender = { organisation, membership: owner, role: 'coordinator', device: COMMAND_LINE };
	return store.write(async (trx) => {
		if (await isBeingWritten(trx, organisation, now)) throw new Busy('Another import is being written.');
		const id = newId(now);
		const planned = await bringIn(trx, store, by, id, input);
		if (planned.taken === 0) return planned;
		const result = JSON.stringify({ ...planned, changedSince: false });
		await noteImport(trx, { organisation, id, owner, file: file.name, mapping, result }, now);
		await note(trx, { organisation }, [{ event: 'import', kind: 'visit', ids: [id], whose: owner }], now);
		return planned;
	});
}
