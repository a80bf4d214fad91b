import type { Hours, HoursRule } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { textOf, type HsdsRecord, type Tell } from './hsds-record.ts';

/** A day that lies before all plans: the beginning of rules that the source gives none. */
const SINCE_EVER = '2000-01-01';

/** Rules of one entry at most, as `domain/hours.ts` says. */
const MOST_RULES = 200;

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const DAY = 86_400_000;

/** Milliseconds of a civil date at midnight UTC, where every day is equally long. */
const atMidnight = (date: string) => Date.parse(`${date}T00:00:00Z`);
const civil = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * A date of HSDS; null: none, or one that only means "since ever" or "until further notice" (years before 1900, from
 * 9000); undefined: none that exists.
 */
export function hsdsDate(text: string): string | null | undefined {
	if (text === '') return null;
	const [, date, year] = /^((\d{4})-\d{2}-\d{2})(?:[T ].*)?$/.exec(text) ?? [];
	if (!date) return undefined;
	const time = atMidnight(date);
	if (Number.isNaN(time) || civil(time) !== date) return undefined;
	return Number(year) >= 9000 || Number(year) < 1900 ? null : date;
}

/**
 * A time of day as `HH:MM`, from `9:00`, `9.00`, `0900`, `09:00:00`, `9am`, `09:00Z`; undefined where it is none.
 * `zone` is what the text says about it, without what Finland has.
 */
export function hsdsTime(text: string): { time: string; zone?: string } | undefined {
	const match =
		/^(\d{1,2})(?:[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?|(?<=^\d{2})(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*(z|[+-]\d{1,2}:?\d{2})?$/i.exec(
			text.trim()
		);
	if (!match) return undefined;
	const [, hourText = '', colon, joined, half, zone] = match;
	const minute = Number(colon ?? joined ?? 0);
	let hour = Number(hourText);
	if (half) {
		if (hour < 1 || hour > 12) return undefined;
		hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
	}
	if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
	const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
	return zone && !/^\+0?[23]:?00$/.test(zone) ? { time, zone } : { time };
}

/** Whole numbers of a list such as `2,3,-1`, each within ±most and not 0; undefined where one is not. */
function numbers(text: string, most: number): number[] | undefined {
	const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
	const found = parts.map((part) => (/^[+-]?\d{1,3}$/.test(part) ? Number(part) : NaN));
	return found.every((number) => number !== 0 && Math.abs(number) <= most) ? found : undefined;
}

/** Days of a list such as `MO,TU` or `1MO,-1FR`; undefined where one is none. */
function days(text: string): string[] | undefined {
	const parts = text.toUpperCase().split(/[\s,;]+/).filter((part) => part !== ''); // prettier-ignore
	return parts.every((part) => /^(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)$/.test(part)) ? parts : undefined;
}

type Fault = { code: string; field: string };
type Freq = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** What of RFC 5545 a row may hold with each frequency; the other parts would make a rule that nobody can count. */
const PARTS: Record<Freq, readonly string[]> = {
	DAILY: ['byday', 'bymonthday'],
	WEEKLY: ['byday'],
	MONTHLY: ['byday', 'bymonthday'],
	YEARLY: ['byday', 'bymonthday', 'byweekno', 'byyearday']
};

interface Recurrence {
	freq: Freq;
	interval: number;
	count: number | undefined;
	wkst: string;
	byday: string[];
	bymonthday: number[];
	byweekno: number[];
	byyearday: number[];
}

function recurrence(row: HsdsRecord): Recurrence | Fault | null {
	const given = textOf(row, 'freq').toUpperCase();
	const byday = days(textOf(row, 'byday'));
	if (!byday) return { code: 'bad_rule', field: 'byday' };
	// Without a frequency weekdays can only mean every week.
	const freq = given || (byday.length ? 'WEEKLY' : '');
	if (freq === '') return null;
	if (freq !== 'DAILY' && freq !== 'WEEKLY' && freq !== 'MONTHLY' && freq !== 'YEARLY')
		return { code: 'unknown_value', field: 'freq' };
	for (const field of ['byday', 'bymonthday', 'byweekno', 'byyearday'])
		if (textOf(row, field) !== '' && !PARTS[freq].includes(field)) return { code: 'bad_rule', field };
	if ((freq === 'WEEKLY' || freq === 'DAILY') && byday.some((day) => day.length > 2))
		return { code: 'bad_rule', field: 'byday' };
	const bymonthday = numbers(textOf(row, 'bymonthday'), 31);
	if (!bymonthday) return { code: 'bad_rule', field: 'bymonthday' };
	const byweekno = numbers(textOf(row, 'byweekno'), 53);
	if (!byweekno) return { code: 'bad_rule', field: 'byweekno' };
	const byyearday = numbers(textOf(row, 'byyearday'), 366);
	if (!byyearday) return { code: 'bad_rule', field: 'byyearday' };
	const wkst = textOf(row, 'wkst').toUpperCase() || 'MO';
	if (!WEEKDAYS.includes(wkst)) return { code: 'unknown_value', field: 'wkst' };
	const interval = textOf(row, 'interval') || '1';
	if (!/^[1-9]\d{0,2}$/.test(interval)) return { code: 'bad_rule', field: 'interval' };
	const count = textOf(row, 'count');
	if (!/^(?:[1-9]\d{0,4})?$/.test(count)) return { code: 'bad_rule', field: 'count' };
	const every = { freq, interval: Number(interval), count: count ? Number(count) : undefined } as const;
	return { ...every, wkst, byday, bymonthday, byweekno, byyearday };
}

/** Whether a rule says by itself on which days it holds, without its first day. */
function namesDays({ freq, byday, bymonthday, byweekno, byyearday }: Recurrence): boolean {
	if (freq === 'DAILY') return true;
	if (freq === 'WEEKLY') return byday.length > 0;
	if (freq === 'MONTHLY') return byday.length + bymonthday.length > 0;
	return byyearday.length > 0 || (byweekno.length > 0 && byday.length > 0);
}

/**
 * The first day on which a rule may hold that is counted from `start` and in force from `valid`: `valid` itself, or the
 * beginning of the next week or month in which the rule has its turn.
 */
function firstDay({ freq, interval, wkst }: Recurrence, start: string, valid: string): string | undefined {
	if (valid <= start) return start;
	if (interval === 1) return valid;
	if (freq === 'DAILY') {
		const step = interval * DAY;
		return civil(atMidnight(start) + Math.ceil((atMidnight(valid) - atMidnight(start)) / step) * step);
	}
	if (freq === 'WEEKLY') {
		const weekOf = (date: string) => {
			const time = atMidnight(date);
			return time - ((new Date(time).getUTCDay() - WEEKDAYS.indexOf(wkst) + 7) % 7) * DAY;
		};
		const past = (weekOf(valid) - weekOf(start)) / (7 * DAY);
		const turn = Math.ceil(past / interval) * interval;
		return turn === past ? valid : civil(weekOf(start) + turn * 7 * DAY);
	}
	if (freq === 'MONTHLY') {
		const monthOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
		const past = monthOf(valid) - monthOf(start);
		const turn = Math.ceil(past / interval) * interval;
		const month = monthOf(start) + turn;
		return turn === past ? valid : civil(Date.UTC(Math.floor(month / 12), month % 12, 1));
	}
	return undefined;
}

/** The rule as RFC 5545 text. The last day is `to` of the rule, so UNTIL is left to it. */
function rruleText(rule: Recurrence): string {
	const { freq, interval, count, wkst, byday, bymonthday, byweekno, byyearday } = rule;
	let text = `FREQ=${freq}`;
	if (interval > 1) text += `;INTERVAL=${interval}`;
	if (count !== undefined) text += `;COUNT=${count}`;
	if (byday.length) text += `;BYDAY=${byday.join(',')}`;
	if (bymonthday.length) text += `;BYMONTHDAY=${bymonthday.join(',')}`;
	if (byweekno.length) text += `;BYWEEKNO=${byweekno.join(',')}`;
	if (byyearday.length) text += `;BYYEARDAY=${byyearday.join(',')}`;
	if (wkst !== 'MO') text += `;WKST=${wkst}`;
	return text;
}

/** The days of one row: from when to when, and how they recur. */
function daysOf(row: HsdsRecord): Pick<HoursRule, 'from' | 'to' | 'rule'> | Fault {
	const dates: Record<string, string | null> = {};
	for (const field of ['valid_from', 'valid_to', 'dtstart', 'until']) {
		const date = hsdsDate(textOf(row, field));
		if (date === undefined) return { code: 'bad_date', field };
		dates[field] = date;
	}
	const rule = recurrence(row);
	if (rule && 'code' in rule) return rule;
	const start = dates.dtstart ?? dates.valid_from ?? null;
	const valid = dates.valid_from ?? start;
	const [to = null] = [dates.valid_to, dates.until].filter((date) => typeof date === 'string').sort();
	if (!rule) {
		if (!start) return { code: 'no_days', field: 'freq' };
		// Dates without a recurrence are every day between them.
		if (to && !dates.dtstart && to !== start) return { from: start, to, rule: 'FREQ=DAILY' };
		return { from: start, rule: null };
	}
	if (!start && (rule.interval > 1 || rule.count !== undefined || !namesDays(rule)))
		return { code: 'no_days', field: 'dtstart' };
	const from = start && valid ? firstDay(rule, start, valid) : SINCE_EVER;
	// Moved on to a later first day, a rule keeps the days that its own first day gave it.
	if (start && from !== start) {
		if (rule.count !== undefined || !from) return { code: 'bad_rule', field: 'valid_from' };
		if (!namesDays(rule)) {
			if (rule.freq === 'WEEKLY') rule.byday = [WEEKDAYS[new Date(atMidnight(start)).getUTCDay()] ?? ''];
			else if (rule.freq === 'MONTHLY') rule.bymonthday = [Number(start.slice(8))];
			else return { code: 'bad_rule', field: 'valid_from' };
		}
	}
	if (!from || (to && to < from)) return { code: 'bad_date', field: 'valid_to' };
	const text = rruleText(rule);
	return to ? { from, to, rule: text } : { from, rule: text };
}

/** Words of hours that are not those of the door: of the telephone, of the web, or only for who has booked a time. */
const NOT_THE_DOOR =
	/phone|telef|teleph|puhelin|soitto|soita|appointment|ajanvarau|varauksella|tidsbok|tidsbeställ|online|on line|chat|verkko|etäpalvelu|på nätet|video/i;
/** "No appointment needed" says the opposite. */
const NEEDS_NONE =
	/\b(no|without|ilman|ei|utan|ingen)\s+(an?\s+)?(appointment|ajanvarau\w*|tidsbok\w*|tidsbeställ\w*)/gi;
/** Where the hours are of people who come. HSDS leaves the words of `attending_type` free. */
const IN_PERSON = /person|on.?site|in.?place|venue|paikan|plats/i;

/**
 * Whether what a row says in words makes its hours those of something else. A description alone does not: HSDS wants one of
 * any schedule, such as "Open on weekdays".
 */
function isOfSomethingElse(row: HsdsRecord, words: string): boolean {
	const attending = textOf(row, 'attending_type');
	return NOT_THE_DOOR.test(words.replace(NEEDS_NONE, '')) || (attending !== '' && !IN_PERSON.test(attending));
}

/**
 * Opening hours of HSDS `schedule` rows; undefined where no row says when. What cannot be understood is reported and left
 * out: somebody stands before a closed door otherwise.
 *
 * A time with a zone that Finland does not have (`09:00Z`) is taken for the time on the clock of the place, and reported:
 * sources write the letter out of habit, and no door opens an hour later in summer.
 *
 * @param note makes a note of what a row says in words
 */
export function readSchedules(
	rows: HsdsRecord[],
	note: (text: string) => Texts | undefined,
	tell: Tell
): Hours | undefined {
	const rules: HoursRule[] = [];
	for (const row of rows) {
		const opens = hsdsTime(textOf(row, 'opens_at'));
		const closes = hsdsTime(textOf(row, 'closes_at'));
		if (!opens || !closes) {
			const field = opens ? 'closes_at' : 'opens_at';
			const empty = textOf(row, 'opens_at') === '' && textOf(row, 'closes_at') === '';
			tell('mended', empty ? 'no_time' : 'bad_time', `schedules.${field}`, row[field]);
			continue;
		}
		const when = daysOf(row);
		if ('code' in when) {
			tell('mended', when.code, `schedules.${when.field}`, row[when.field]);
			continue;
		}
		if (opens.zone || closes.zone)
			tell(
				'mended',
				'time_zone',
				'schedules.opens_at',
				`${textOf(row, 'opens_at')} ${textOf(row, 'closes_at')}`
			);
		const said = [textOf(row, 'description'), textOf(row, 'notes')].filter((text) => text !== '').join('\n');
		const other = isOfSomethingElse(row, said);
		// Hours of something else have to say of what.
		const words = note(said || (other ? textOf(row, 'attending_type') : ''));
		// A beginning at the end of a day is the beginning of the next one, and no rule can say so.
		if (opens.time === '24:00') tell('mended', 'bad_time', 'schedules.opens_at', row.opens_at);
		else
			rules.push({
				opens: opens.time,
				closes: closes.time,
				...when,
				...(words && { [other ? 'note' : 'words']: words })
			});
	}
	if (rules.length > MOST_RULES) tell('mended', 'too_many', 'schedules', rules.length);
	return rules.length ? { rules: rules.slice(0, MOST_RULES), exceptions: [] } : undefined;
}
