import type { Hours, HoursRule } from '#lib/domain/hours.ts';
import {
	clockTime,
	NO_FIRST_DAY,
	rulesOf,
	spanOf,
	type DaySpan
} from '#lib/server/directory/import/weekly-rules.ts';
import { BadFact } from './bad-fact.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Stands where hours say more than a cell can: exceptions, holidays, times of a year, notes. They are edited in Reppu. */
const MORE = '…';

/** The weekdays of a rule that holds every week for ever; undefined for every other rule. */
function weekdays({ rule, to, note, words }: HoursRule): string[] | undefined {
	if (to !== undefined || note !== undefined || words !== undefined) return undefined;
	if (rule === 'FREQ=DAILY') return DAYS;
	const days = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rule ?? '')?.[1]?.split(',');
	return days?.every((day) => DAYS.includes(day)) ? days : undefined;
}

/** `MO,TU,WE` as `MO-WE`. */
function daysText(days: readonly string[]): string {
	const at = days.map((day) => DAYS.indexOf(day)).sort((a, b) => a - b);
	const runs: [number, number][] = [];
	for (const day of at) {
		const last = runs.at(-1);
		if (last?.[1] === day - 1) last[1] = day;
		else runs.push([day, day]);
	}
	return runs.map(([from, to]) => (from === to ? DAYS[from] : `${DAYS[from]}-${DAYS[to]}`)).join(',');
}

/** Hours as lines that people can read and change: `MO-FR 09:00-15:00`. */
export function writeHours(hours: Hours | undefined): string {
	if (!hours) return '';
	const { rules, exceptions, holidays } = hours;
	const days = rules.map(weekdays);
	const first = new Set(rules.map(({ from }) => from));
	if (exceptions.length > 0 || Object.keys(holidays ?? {}).length > 0 || first.size > 1) return MORE;
	if (days.includes(undefined)) return MORE;
	return rules.map(({ opens, closes }, at) => `${daysText(days[at] ?? [])} ${opens}-${closes}`).join('\n');
}

function daysOf(text: string): number[] {
	return text.split(',').flatMap((part) => {
		const [from = -1, to = from] = part.split(/[-–]/).map((day) => DAYS.indexOf(day));
		if (from < 0 || to < from) throw new BadFact('bad_day', text);
		return Array.from({ length: to - from + 1 }, (_, index) => from + index);
	});
}

/** Hours from such lines; throws `BadFact`. */
export function readHours(cell: string, before: Hours | undefined): Hours {
	// What a cell could not show would be lost.
	if (writeHours(before) === MORE) throw new BadFact('hours_in_reppu', cell);
	const spans: DaySpan[] = [];
	for (const line of cell
		.split(/[\n;]/)
		.map((one) => one.trim())
		.filter(Boolean)) {
		// prettier-ignore
		const [, days = '', times = ''] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
		for (const time of times.split(',')) {
			const [opens, closes] = time.split(/[-–]/).map((one) => clockTime(one.replace('.', ':')));
			const span = opens !== undefined && closes !== undefined ? spanOf(opens, closes) : undefined;
			if (!span) throw new BadFact('bad_time', line);
			for (const day of daysOf(days.toUpperCase())) spans.push({ day, span });
		}
	}
	const from = before?.rules[0]?.from ?? NO_FIRST_DAY;
	return { rules: rulesOf(spans, { from }), exceptions: [] };
}
