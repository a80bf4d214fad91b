import type { Head, RecordState } from '#lib/domain/record.ts';
import { REMOVED, saidBy } from '#lib/domain/record.ts';
import { readSaid, readState, writeState } from '#lib/domain/record-text.ts';
import { factsOfSaid, type VisitFacts } from '#lib/domain/visit-facts.ts';
import type { VisitBrief } from '#lib/device/rows.ts';
import { readFacts, writeFacts } from './facts-text.ts';

/**
 * What a visit says, as it lies in the vault: a line for whoever has to know where it stands among all visits, one of what statistics count of it, and
 * the whole in few bytes. Opening a register of years is reading it, taking it out of its seal, and no more: own figures are counted from the second
 * line, and the whole is taken apart when somebody looks at it. A visit on which somebody has to decide has no second line.
 */
export function writeVisit(id: string, json: string): string {
	const state = JSON.parse(json) as RecordState;
	const time = soleTime(state);
	const facts = time && factsOfSaid(id, saidBy(state));
	return `${JSON.stringify(time ?? null)}\n${facts ? `${writeFacts(facts)}\n` : ''}${writeState(state)}`;
}

/** The time of a visit that nobody removed and of which every field has one value: nothing else decides where it stands. */
function soleTime({ heads }: RecordState): Pick<Head, 'clock' | 'value'> | undefined {
	const at = heads['at']?.[0];
	if (!at || Object.hasOwn(heads, REMOVED)) return undefined;
	if (Object.values(heads).some(({ length }) => length > 1)) return undefined;
	return { clock: at.clock, value: at.value };
}

/** Reads what `writeVisit` wrote, now or before there was a second line: nobody else writes this text, and the seal says that nobody changed it. */
export function readVisit(text: string): { body: () => string; brief: VisitBrief } {
	const first = text.indexOf('\n');
	// No line holds a line's end: JSON writes it as `\n`.
	const second = text.indexOf('\n', first + 1);
	const whole = () => text.slice((second < 0 ? first : second) + 1);
	const state = () => readState(whole());
	const said = () => readSaid(whole());
	let known: VisitFacts | undefined;
	const facts = () => (known ??= second < 0 ? undefined : readFacts(text.slice(first + 1, second)));
	const time = JSON.parse(text.slice(0, first)) as VisitBrief['time'] | null;
	return { body: () => JSON.stringify(state()), brief: { time: time ?? undefined, state, said, facts } };
}
