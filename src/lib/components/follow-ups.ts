import { changeVisit, type FieldValues } from '#lib/device/visits.ts';
import { visitOf } from '#lib/device/visit-of.ts';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import type { Visit } from '#lib/domain/visit.ts';
import type { OpenApp } from './app.svelte.ts';

/** What is known of an entry: read from its state once, for there are thousands and few are followed up. */
const known = new WeakMap<VisitEntry, string | null>();

/** The day on which somebody looks what came of a visit's referrals; undefined: nobody has to. */
export function followUpOf(entry: VisitEntry): string | undefined {
	let date = known.get(entry);
	if (date === undefined) {
		const value = entry.state.heads['followUp']?.at(-1)?.value;
		known.set(entry, (date = typeof value === 'string' ? value : null));
	}
	return date ?? undefined;
}

/** Where the client was sent; "not referred" is no place. */
export const sentTo = ({ referrals = [] }: Visit): string[] =>
	referrals.map(({ to }) => to).filter((to) => to !== 'none');

/** What is written when somebody knows how it went: the same of every place, each can be told apart on the visit's own page. */
export function resultFields(visit: Visit, result: string): FieldValues {
	const bodies = sentTo(visit);
	return {
		followUp: null,
		...(bodies.length > 0 ? { takenUp: bodies.map((to) => ({ to, result })) } : {})
	};
}

/** Writes what became of a follow-up. Gives what brings it back. */
export async function settleFollowUp(
	open: OpenApp,
	entry: VisitEntry,
	fields: FieldValues
): Promise<() => Promise<void>> {
	const { followUp = null, takenUp = [] } = visitOf(entry);
	await changeVisit(open.device, open.stamp, entry.id, fields);
	void open.sync.now();
	return async () => {
		const before: FieldValues = {
			followUp,
			...('takenUp' in fields ? { takenUp: takenUp.map((one) => ({ ...one })) } : {})
		};
		await changeVisit(open.device, open.stamp, entry.id, before);
		void open.sync.now();
	};
}
