import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, helsinki } from './dates.ts';
import { holidaysOn } from './holidays.ts';
import type { HelpTimes, LanguageHelp } from './language-help.ts';
import { languagesServedOn, serves, whoServes, type Offer, type Roster } from './roster.ts';
import type { Desk, Reception } from './tour.ts';
import { weekday } from './weeks.ts';

const DESK = '019a0000-0000-7000-8000-000000000001';
const desk: Desk = { id: DESK, name: 'Kirjasto', municipality: '140', placeType: 'library' };

/** A Tuesday. */
const now = Date.parse('2026-03-10T08:00:00Z');

const tuesdays: Reception = {
	id: 'tuesdays',
	desk: DESK,
	start: '2026-01-06T12:00',
	end: '2026-01-06T14:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi', 'so']
};

const phone: LanguageHelp = {
	id: 'phone',
	languages: ['so', 'ar'],
	ways: ['phone'],
	provider: 'Tulkkikeskus',
	times: { kind: 'always' }
};

const weekdays = (id: string, more: Partial<LanguageHelp> = {}): LanguageHelp => ({
	...phone,
	id,
	times: {
		kind: 'hours',
		start: '2026-01-05T09:00',
		end: '2026-01-05T15:00',
		rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
		notOnHolidays: true
	},
	...more
});

const ids = (offers: readonly Offer[]) =>
	offers.map((offer) => ('help' in offer ? offer.help.id : `${offer.stop.reception.id} ${offer.stop.date}`));

const ask = (wanted: string, roster: Partial<Roster>, at = now) =>
	whoServes(wanted, { desks: [desk], receptions: [], help: [], ...roster }, at);

describe('who serves in a language', () => {
	it('is now, longest first, then by time, then by appointment', () => {
		const booked: LanguageHelp = { ...phone, id: 'booked', times: { kind: 'appointment' } };
		const { own, near } = ask('so', {
			receptions: [tuesdays],
			help: [booked, weekdays('office'), phone, { ...phone, id: 'arabic', languages: ['ar'] }]
		});
		expect(ids(own)).toEqual(['phone', 'office', 'tuesdays 2026-03-10', 'booked']);
		expect(own.map(({ when }) => when.kind)).toEqual(['now', 'now', 'later', 'appointment']);
		expect(near).toEqual([]);
	});

	it('is in close languages, too, and never mixed with the language itself', () => {
		const help = ['ku', 'ckb', 'kmr', 'fa', 'prs', 'sw-CD', 'ru'].map((tag) => ({
			...phone,
			id: tag,
			languages: [tag]
		}));
		const answer = (wanted: string) => {
			const { own, near } = ask(wanted, { help });
			return [ids(own), ids(near)];
		};
		expect(answer('ckb')).toEqual([['ckb'], ['kmr', 'ku']]);
		expect(answer('ku')).toEqual([['kmr', 'ku'], ['ckb']]);
		expect(answer('fa')).toEqual([['fa'], ['prs']]);
		expect(answer('sw')).toEqual([[], ['sw-CD']]);
		expect(answer('uk')).toEqual([[], ['ru']]);
		expect(answer('ru')).toEqual([['ru'], []]);
		expect(serves('zh-Hans', 'zh')).toBe('own');
		expect(serves('zh-Hant', 'zh')).toBe('near');
	});

	it('leaves out what is cancelled, at a closed or an unknown desk, or not valid any more', () => {
		const cancelled = { ...tuesdays, 'cancelled_2026-03-10': 'Sairaus' };
		expect(ids(ask('so', { receptions: [cancelled] }).own)).toEqual(['tuesdays 2026-03-17']);
		expect(ask('so', { receptions: [tuesdays], desks: [{ ...desk, closedFrom: '2026-03-10' }] }).own).toEqual(
			[]
		);
		expect(ask('so', { receptions: [tuesdays], desks: [] }).own).toEqual([]);
		const until = (validUntil: string) =>
			ids(
				ask('so', {
					help: [
						{ ...phone, validUntil },
						weekdays('office', { validUntil }),
						{ ...phone, id: 'booked', times: { kind: 'appointment' }, validUntil }
					]
				}).own
			);
		expect(until('2026-03-09')).toEqual([]);
		expect(until('2026-03-10')).toEqual(['phone', 'office', 'booked']);
	});

	it('says that a substitute holds it, and when its own adviser does', () => {
		const held = { ...tuesdays, 'held_2026-03-10': ['somebody'] };
		const { own } = ask('so', { receptions: [held] });
		expect(ids(own)).toEqual(['tuesdays 2026-03-10', 'tuesdays 2026-03-17']);
		expect(own.map((offer) => 'substituted' in offer && offer.substituted)).toEqual([true, false]);
	});

	it('passes over holidays where they are left out, and over midnight', () => {
		const easter = Date.parse('2026-04-03T08:00:00Z');
		const [first] = ask('so', { help: [weekdays('office')] }, easter).own;
		expect(first?.when).toEqual({
			kind: 'later',
			from: Date.parse('2026-04-07T06:00:00Z'),
			to: Date.parse('2026-04-07T12:00:00Z')
		});
		const night: HelpTimes = {
			kind: 'hours',
			start: '2026-03-09T20:00',
			end: '2026-03-10T12:00',
			rule: null,
			notOnHolidays: false
		};
		expect(ask('so', { help: [{ ...phone, times: night }] }).own[0]?.when).toMatchObject({ kind: 'now' });
	});

	it('of a day are the languages of what is held and what is there', () => {
		const roster = {
			desks: [desk],
			receptions: [tuesdays],
			help: [weekdays('office', { languages: ['kmr'] })]
		};
		expect(languagesServedOn('2026-03-10', roster)).toEqual(['fi', 'so', 'ku']);
		expect(languagesServedOn('2026-03-11', roster)).toEqual(['ku']);
		expect(languagesServedOn('2026-03-14', roster)).toEqual([]);
		expect(
			languagesServedOn('2026-03-10', {
				...roster,
				desks: [{ ...desk, closedFrom: '2026-03-01' }],
				help: [phone]
			})
		).toEqual(['so', 'ar']);
	});
});

/** What is drawn: a rule in its parts, so that the slow way needs no reading of rules. */
interface Drawn {
	first: string;
	/** Undefined: once. */
	every: { weeks: number; days: number[]; until: string | undefined } | undefined;
	opens: number;
	minutes: number;
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const START = '2026-03-01';
const aDay = (most: number) => fc.integer({ min: -60, max: most }).map((days) => addDays(START, days));

const drawn: fc.Arbitrary<Drawn> = fc.record({
	first: aDay(60),
	every: fc.option(
		fc.record({
			weeks: fc.integer({ min: 1, max: 3 }),
			days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
			until: fc.option(aDay(120), { nil: undefined })
		}),
		{ nil: undefined }
	),
	opens: fc.integer({ min: 0, max: 23 }),
	minutes: fc.integer({ min: 30, max: 600 })
});

const clock = (minutes: number) =>
	`${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const timesOf = ({ first, every, opens, minutes }: Drawn) => {
	const end = opens * 60 + minutes;
	const until = every?.until && `;UNTIL=${every.until.replaceAll('-', '')}`;
	return {
		start: `${first}T${clock(opens * 60)}`,
		end: `${addDays(first, Math.floor(end / 1440))}T${clock(end % 1440)}`,
		rule: every
			? `FREQ=WEEKLY;INTERVAL=${every.weeks};BYDAY=${every.days.map((day) => DAYS[day - 1]).join(',')}${until ?? ''}`
			: null
	};
};

const monday = (date: string) => addDays(date, 1 - weekday(date));

/** Whether it holds on a day, by counting weeks between Mondays. */
function holds({ first, every }: Drawn, date: string): boolean {
	if (!every) return date === first;
	const weeks = (dayNumber(monday(date)) - dayNumber(monday(first))) / 7;
	return (
		date >= first &&
		(every.until === undefined || date <= every.until) &&
		weeks % every.weeks === 0 &&
		every.days.includes(weekday(date))
	);
}

/** The instant at which Helsinki's clock shows a day and a time for the first time: looked for minute by minute around it. */
function instant(date: string, minutes: number): number {
	const day = addDays(date, Math.floor(minutes / 1440));
	const time = clock(minutes % 1440);
	const noon = Date.parse(`${day}T${time}:00Z`);
	for (let at = noon - 4 * 3_600_000; at <= noon; at += 1_800_000) {
		const shown = helsinki(at);
		if (shown.date === day && shown.time === time) return at;
	}
	return noon - 2 * 3_600_000;
}

const language = fc.constantFrom('so', 'ku', 'ckb', 'fa', 'prs', 'kmr');

const rosters = fc.record({
	receptions: fc.array(
		fc.record({
			at: drawn,
			languages: fc.uniqueArray(language, { minLength: 1, maxLength: 2 }),
			closed: fc.option(aDay(90), { nil: undefined }),
			cancelled: fc.uniqueArray(aDay(40), { maxLength: 20 }),
			held: fc.uniqueArray(aDay(40), { maxLength: 20 })
		}),
		{ maxLength: 6 }
	),
	help: fc.array(
		fc.record({
			at: fc.oneof(drawn, fc.constantFrom('always' as const, 'appointment' as const)),
			notOnHolidays: fc.boolean(),
			languages: fc.uniqueArray(language, { minLength: 1, maxLength: 2 }),
			validUntil: fc.option(aDay(90), { nil: undefined })
		}),
		{ maxLength: 6 }
	)
});

type DrawnRoster = typeof rosters extends fc.Arbitrary<infer T> ? T : never;

function build({ receptions, help }: DrawnRoster): Roster {
	return {
		desks: receptions.map(({ closed }, at) => ({ ...desk, id: `desk ${at}`, closedFrom: closed ?? null })),
		receptions: receptions.map(({ at, languages, cancelled, held }, index) => ({
			id: `reception ${index}`,
			desk: `desk ${index}`,
			...timesOf(at),
			except: [],
			languages,
			...Object.fromEntries(cancelled.map((day) => [`cancelled_${day}`, 'x'])),
			...Object.fromEntries(held.map((day) => [`held_${day}`, ['somebody']]))
		})),
		help: help.map(({ at, notOnHolidays, languages, validUntil }, index) => ({
			...phone,
			id: `help ${index}`,
			languages,
			validUntil: validUntil ?? null,
			times: typeof at === 'string' ? { kind: at } : { kind: 'hours', ...timesOf(at), notOnHolidays }
		}))
	};
}

const KURDISH = ['ku', 'kmr'];
const CLOSE: Record<string, string[]> = { so: [], ku: ['ckb'], ckb: KURDISH, fa: ['prs'], prs: ['fa'] };
const isOwn = (offered: string, wanted: string) =>
	offered === wanted || (KURDISH.includes(offered) && wanted === 'ku');

/** Every day of a year, one after the other, for everything: what an adviser with the plan on paper would do. */
function byHand(
	wanted: string,
	{ receptions, help }: DrawnRoster,
	at: number
): { own: string[]; near: string[] } {
	const today = helsinki(at).date;
	const days = Array.from({ length: 372 }, (_, index) => addDays(today, index - 1));
	const found: { id: string; near: boolean; rank: number; key: number; second: number }[] = [];
	const add = (id: string, languages: string[], from: number, to: number) => {
		const own = languages.some((one) => isOwn(one, wanted));
		if (!own && !languages.some((one) => CLOSE[wanted]?.includes(one))) return;
		const isNow = from <= at;
		found.push({ id, near: !own, rank: isNow ? 0 : 1, key: isNow ? -to : from, second: to });
	};
	receptions.forEach(({ at: times, languages, closed, cancelled, held }, index) => {
		const open = days.filter(
			(day) =>
				holds(times, day) &&
				!cancelled.includes(day) &&
				(closed === undefined || day < closed) &&
				instant(day, times.opens * 60 + times.minutes) > at
		);
		const wantedDays = [
			open[0],
			held.includes(open[0] ?? '') ? open.find((day) => !held.includes(day)) : undefined
		];
		for (const day of wantedDays)
			if (day !== undefined)
				add(
					`reception ${index} ${day}`,
					languages,
					instant(day, times.opens * 60),
					instant(day, times.opens * 60 + times.minutes)
				);
	});
	help.forEach(({ at: times, notOnHolidays, languages, validUntil }, index) => {
		const id = `help ${index}`;
		const own = languages.some((one) => isOwn(one, wanted));
		const near = !own && languages.some((one) => CLOSE[wanted]?.includes(one));
		if (typeof times === 'string') {
			if ((validUntil !== undefined && validUntil < today) || (!own && !near)) return;
			const rank = times === 'always' ? 0 : 2;
			found.push({ id, near, rank, key: times === 'always' ? -Infinity : 0, second: 0 });
			return;
		}
		const day = days.find(
			(one) =>
				holds(times, one) &&
				(validUntil === undefined || one <= validUntil) &&
				!(notOnHolidays && holidaysOn(one).length > 0) &&
				instant(one, times.opens * 60 + times.minutes) > at
		);
		if (day !== undefined)
			add(id, languages, instant(day, times.opens * 60), instant(day, times.opens * 60 + times.minutes));
	});
	found.sort(
		(a, b) =>
			a.rank - b.rank || compare(a.key, b.key) || compare(a.second, b.second) || (a.id < b.id ? -1 : 1)
	);
	return {
		own: found.filter(({ near }) => !near).map(({ id }) => id),
		near: found.filter(({ near }) => near).map(({ id }) => id)
	};
}

const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);

it('is what somebody finds who goes through every day of a year by hand', () => {
	fc.assert(
		fc.property(
			rosters,
			fc.constantFrom('so', 'ku', 'ckb', 'fa', 'prs'),
			fc.integer({ min: 0, max: 60 * 24 * 4 }),
			(roster, wanted, quarters) => {
				const at = Date.parse(`${START}T00:00:00Z`) + quarters * 900_000;
				const { own, near } = whoServes(wanted, build(roster), at);
				expect({ own: ids(own), near: ids(near) }).toEqual(byHand(wanted, roster, at));
			}
		),
		{ numRuns: Number(process.env['ROSTERS'] ?? 200) }
	);
});
