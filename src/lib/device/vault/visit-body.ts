import type { Head, RecordState } from '#lib/domain/record.ts';
import { REMOVED } from '#lib/domain/record.ts';
import { readSaid, readState, writeState } from '#lib/domain/record-text.ts';
import type { VisitBrief } from '#lib/device/rows.ts';

/**
 * What a visit says, as it lies in the vault: a line for whoever has to know where it stands among all visits, and the whole in few bytes.
 * Opening a register of years is reading it, taking it out of its seal, and no more: the whole is taken apart when somebody looks at it.
 */
export function writeVisit(json: string): string {
	const state = JSON.parse(json) as RecordState;
	return `${JSON.stringify(soleTime(state) ?? null)}\n${writeState(state)}`;
}

/** The time of a visit that nobody removed and of which every field has one value: nothing else decides where it stands. */
function soleTime({ heads }: RecordState): Pick<Head, 'clock' | 'value'> | undefined {
	const at = heads['at']?.[0];
	if (!at || Object.hasOwn(heads, REMOVED)) return undefined;
	if (Object.values(heads).some(({ length }) => length > 1)) return undefined;
	return { clock: at.clock, value: at.value };
}

/** Reads what `writeVisit` wrote: nobody else writes this text, and the seal says that nobody changed it. */
export function readVisit(text: string): { body: () => string; brief: VisitBrief } {
	const end = text.indexOf('\n');
	const state = () => readState(text.slice(end + 1));
	const said = () => readSaid(text.slice(end + 1));
	const time = JSON.parse(text.slice(0, end)) as VisitBrief['time'] | null;
	return { body: () => JSON.stringify(state()), brief: { time: time ?? undefined, state, said } };
}
