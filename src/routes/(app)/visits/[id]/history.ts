import { clockTime } from '#lib/domain/clock.ts';
import type { RecordState } from '#lib/domain/record.ts';

/** One change of a visit, as its record still tells it. */
export interface HistoryStep {
	opId: string;
	/** ms since 1970. */
	at: number;
	author: string;
	kind: 'created' | 'changed' | 'removed' | 'restored' | 'noted';
}

/**
 * The changes whose values still stand, oldest first. What was written over is not in the record: its author and time are
 * in the server's journal.
 */
export function historyOf(state: RecordState): HistoryStep[] {
	const steps = new Map<string, HistoryStep & { fields: string[]; removed?: unknown }>();
	for (const [field, heads] of Object.entries(state.heads)) {
		for (const { opId, clock, author, value } of heads) {
			const step = steps.get(opId) ?? { opId, at: clockTime(clock), author, kind: 'changed', fields: [] };
			step.fields.push(field);
			if (field === 'removed') step.removed = value;
			steps.set(opId, step);
		}
	}
	const sorted = [...steps.values()].sort((a, b) => a.at - b.at);
	return sorted.map(({ opId, at, author, fields, removed }, index) => ({
		opId,
		at,
		author,
		kind:
			removed === true
				? 'removed'
				: removed === false
					? 'restored'
					: index === 0 && fields.length > 1
						? 'created'
						: fields.every((field) => field.startsWith('notes/'))
							? 'noted'
							: 'changed'
	}));
}
