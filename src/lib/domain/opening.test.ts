import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, helsinki, instantOf } from './dates.ts';
import { anyDays } from './full-recurrence.ts';
import { holidaysOn } from './holidays.ts';
import { HOLIDAYS, type Hours, type HoursRule, type Span } from './hours.ts';
import { hoursByDay, isOpenAt, needsFullReader, openAt, openSpans } from './opening.ts';

const weekdays: HoursRule = {
	from: '2026-01-01',
	rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
	opens: '09:00',
	closes: '16:00'
};
const daily = (opens: string, closes: string): HoursRule => ({
	from: '2026-01-01',
	rule: 'FREQ=DAILY',
	opens,
	closes
});
const hoursOf = (...rules: HoursRule[]): Hours => ({ rules, exceptions: [] });
const office = hoursOf(weekdays);
const note = { fi: { text: 'Puhelinajat', origin: 'written' as const } };

const utc = (iso: string) => Date.parse(`${iso}:00Z`);
const spansOf = (hours: Hours, from: string, to = from) =>
	openSpans(hours, from, to).spans.map(({ from, to }) =>
		[from, to].map((at) => new Date(at).toISOString().slice(0, 16))
	);

describe('an office', () => {
	it('is open, closes, and opens on Monday again', () => {
		const friday = (time: string) => openAt(office, instantOf('2026-03-06', time));
		expect(friday('08:59')).toEqual({ kind: 'closed', opens: utc('2026-03-06T07:00') });
		expect(friday('09:00')).toEqual({ kind: 'open', closes: utc('2026-03-06T14:00') });
		expect(friday('15:59')).toEqual({ kind: 'open', closes: utc('2026-03-06T14:00') });
		expect(friday('16:00')).toEqual({ kind: 'closed', opens: utc('2026-03-09T07:00') });
	});

	it('follows its rules from their first day to their last', () => {
		const ended = hoursOf({ ...weekdays, to: '2026-03-05' });
		expect(openAt(ended, instantOf('2026-03-05', '10:00')).kind).toBe('open');
		expect(openAt(ended, instantOf('2026-03-06', '10:00'))).toEqual({ kind: 'closed', opens: undefined });
		expect(openAt(office, instantOf('2025-11-06', '10:00')).kind).toBe('closed');
		const once = hoursOf({ ...weekdays, rule: null, from: '2026-03-07' });
		expect(spansOf(once, '2026-03-01', '2026-03-31')).toEqual([['2026-03-07T07:00', '2026-03-07T14:00']]);
	});

	it('joins hours that touch or overlap', () => {
		const joined = hoursOf(
			weekdays,
			{ ...weekdays, opens: '15:00', closes: '17:00' },
			daily('17:00', '18:00')
		);
		expect(spansOf(joined, '2026-03-06')).toEqual([['2026-03-06T07:00', '2026-03-06T16:00']]);
	});

	it('has telephone hours that are not those of the door', () => {
		const phone = { ...daily('08:00', '09:00'), note };
		const [day] = hoursByDay(hoursOf(weekdays, phone), '2026-03-06', '2026-03-06').days;
		expect(day).toMatchObject({
			open: [{ opens: '09:00', closes: '16:00' }],
			others: [{ note, open: [{ opens: '08:00', closes: '09:00' }] }]
		});
		expect(openAt(hoursOf(weekdays, phone), instantOf('2026-03-06', '08:30')).kind).toBe('closed');
		expect(openAt(hoursOf(phone), instantOf('2026-03-06', '08:30'))).toEqual({ kind: 'unknown' });
	});
});

describe('what a source says of its hours in words', () => {
	const words = (text: string) => ({ fi: { text, origin: 'written' as const } });
	const door: HoursRule = { ...weekdays, words: words('Ovi on pihalla') };

	it('is said once where it is the same, and else with its days; the door is open all the same', () => {
		const same = hoursByDay(
			hoursOf(door, { ...door, opens: '17:00', closes: '18:00' }),
			'2026-03-06',
			'2026-03-07'
		);
		expect([same.words, same.days.map(({ notes }) => notes)]).toEqual([words('Ovi on pihalla'), [[], []]]);
		const sunday = { ...door, rule: 'FREQ=WEEKLY;BYDAY=SU', words: words('Soita kelloa') };
		// A rule that says nothing, or has ended, does not lend its words to others.
		const partly = hoursByDay(hoursOf(door, { ...sunday, words: undefined }), '2026-03-06', '2026-03-08');
		expect([partly.words, partly.days.map(({ notes }) => notes.length)]).toEqual([undefined, [1, 0, 0]]);
		const ended = hoursByDay(hoursOf(weekdays, { ...sunday, to: '2026-02-01' }), '2026-03-06', '2026-03-08');
		expect([ended.words, ended.days.flatMap(({ notes }) => notes)]).toEqual([undefined, []]);
		const other = hoursByDay(hoursOf(door, sunday), '2026-03-06', '2026-03-08');
		expect(other.words).toBeUndefined();
		expect(other.days.map(({ notes }) => notes)).toEqual([[door.words], [], [sunday.words]]);
		expect(openAt(hoursOf(door), instantOf('2026-03-06', '10:00')).kind).toBe('open');
	});
});

describe('the night', () => {
	const night = hoursOf(daily('22:00', '06:00'));

	it('belongs to the day on which it began', () => {
		expect(openAt(night, instantOf('2026-03-06', '05:59'))).toEqual({
			kind: 'open',
			closes: utc('2026-03-06T04:00')
		});
		expect(openAt(night, instantOf('2026-03-06', '06:00'))).toEqual({
			kind: 'closed',
			opens: utc('2026-03-06T20:00')
		});
	});

	it('runs on into an excepted day, and out of the old year', () => {
		const closed = { from: '2027-01-01', to: '2027-01-01', open: [] };
		const holidays = { 'new-years-eve': [{ opens: '22:00', closes: '06:00' }] };
		expect(spansOf({ ...night, holidays, exceptions: [closed] }, '2026-12-31', '2027-01-02')).toEqual([
			['2026-12-30T22:00', '2026-12-31T04:00'],
			['2026-12-31T20:00', '2027-01-01T04:00'],
			['2027-01-02T20:00', '2027-01-02T22:00']
		]);
	});

	it('is an hour shorter in spring and an hour longer in autumn', () => {
		expect(spansOf(night, '2026-03-28', '2026-03-29')[1]).toEqual(['2026-03-28T20:00', '2026-03-29T03:00']);
		expect(spansOf(night, '2026-10-24', '2026-10-25')[1]).toEqual(['2026-10-24T19:00', '2026-10-25T04:00']);
		expect(spansOf(hoursOf(daily('00:00', '24:00')), '2026-03-29')).toEqual([
			['2026-03-28T22:00', '2026-03-29T21:00']
		]);
	});

	it('of spring leaves out what would lie in the missing hour', () => {
		expect(spansOf(hoursOf(daily('03:30', '04:00')), '2026-03-29')).toEqual([]);
		expect(spansOf(hoursOf(daily('02:30', '03:30')), '2026-03-29')).toEqual([
			['2026-03-29T00:30', '2026-03-29T01:30']
		]);
	});
});

describe('around the clock', () => {
	const always = hoursOf(daily('00:00', '24:00'));

	it('is open without an end in sight', () => {
		expect(openAt(always, utc('2026-03-06T12:00'))).toEqual({ kind: 'around-the-clock' });
		expect(openAt(hoursOf(daily('08:00', '08:00')), utc('2026-03-06T12:00'))).toEqual({
			kind: 'around-the-clock'
		});
	});

	it('ends where an exception comes up', () => {
		const closed = { from: '2026-04-01', to: '2026-04-01', open: [] };
		const state = openAt({ ...always, exceptions: [closed] }, utc('2026-03-06T12:00'));
		expect(state).toEqual({ kind: 'open', closes: utc('2026-03-31T21:00') });
	});
});

describe('exceptions and holidays', () => {
	const special: Hours = {
		rules: [daily('09:00', '16:00')],
		exceptions: [
			{ from: '2026-12-20', to: '2026-12-24', open: [{ opens: '10:00', closes: '12:00' }], note },
			{ from: '2026-12-23', to: '2026-12-23', open: [] },
			{ from: '2026-12-28', to: '2026-12-28', open: [{ opens: '08:00', closes: '09:00' }] },
			{ from: '2026-12-28', to: '2026-12-28', open: [{ opens: '12:00', closes: '13:00' }] }
		],
		holidays: {
			'christmas-eve': [],
			'christmas-day': [],
			'boxing-day': [{ opens: '12:00', closes: '14:00' }]
		}
	};
	const on = (date: string) => hoursByDay(special, date, date).days[0];

	it('exception beats holiday beats rule, and a shorter exception a longer one', () => {
		expect(on('2026-12-19')).toMatchObject({ open: [{ opens: '09:00' }], exceptional: false });
		expect(on('2026-12-22')).toMatchObject({ open: [{ opens: '10:00' }], exceptional: true, notes: [note] });
		expect(on('2026-12-23')).toMatchObject({ open: [], exceptional: true, notes: [] });
		expect(on('2026-12-24')).toMatchObject({ open: [{ opens: '10:00' }], holiday: undefined });
		expect(on('2026-12-25')).toMatchObject({ open: [], holiday: 'christmas-day', exceptional: false });
		expect(on('2026-12-26')).toMatchObject({ open: [{ opens: '12:00' }], holiday: 'boxing-day' });
		expect(on('2026-12-28')).toMatchObject({ open: [{ opens: '08:00' }, { opens: '12:00' }] });
		expect(on('2026-12-30')).toMatchObject({ open: [{ opens: '09:00' }], holiday: undefined, unsure: false });
	});
});

describe('a holiday of which nobody has said anything', () => {
	/** Independence Day of 2028 is a Wednesday. */
	const on = (time: string, hours: Hours = office, date = '2028-12-06') =>
		openAt(hours, instantOf(date, time));
	const holiday = { kind: 'holiday', holiday: 'independence-day' };

	it('is not called open, nor said to open, and the day before tells the day after', () => {
		expect(on('08:00')).toEqual(holiday);
		expect(on('10:00')).toEqual(holiday);
		expect(isOpenAt(office, instantOf('2028-12-06', '10:00'))).toBe(false);
		const next = { kind: 'closed', opens: instantOf('2028-12-07', '09:00') };
		expect(on('17:00')).toEqual(next);
		expect(on('17:00', office, '2028-12-05')).toEqual(next);
		expect(hoursByDay(office, '2028-12-06', '2028-12-06').days[0]).toMatchObject({
			open: [{ opens: '09:00', closes: '16:00' }],
			holiday: 'independence-day',
			unsure: true
		});
	});

	it('is certain where the source or an exception names it, and where the door never closes', () => {
		const open = [{ opens: '09:00', closes: '16:00' }];
		expect(on('10:00', { ...office, holidays: { 'independence-day': open } }).kind).toBe('open');
		expect(on('10:00', { ...office, holidays: { 'independence-day': [] } }).kind).toBe('closed');
		expect(on('10:00', { ...office, holidays: { 'christmas-day': [] } })).toEqual(holiday);
		expect(
			on('10:00', { ...office, exceptions: [{ from: '2028-12-06', to: '2028-12-06', open }] }).kind
		).toBe('open');
		expect(on('10:00', hoursOf(daily('00:00', '24:00'))).kind).toBe('around-the-clock');
		expect(on('10:00', hoursOf({ ...weekdays, rule: 'FREQ=WEEKLY;BYDAY=SU' })).kind).toBe('closed');
	});

	it('leaves the night of the day before as it was, and is unsure of its own', () => {
		const night = hoursOf(daily('22:00', '06:00'));
		expect(on('05:00', night)).toEqual({ kind: 'open', closes: instantOf('2028-12-06', '06:00') });
		expect(on('12:00', night)).toEqual(holiday);
		expect(on('05:00', night, '2028-12-07')).toEqual({ kind: 'unknown' });
		expect(on('06:00', night, '2028-12-07').kind).toBe('closed');
	});
});

describe('a rule that cannot be read', () => {
	const monthly = hoursOf({ ...weekdays, rule: 'FREQ=MONTHLY;BYDAY=1MO', from: '2026-02-02' });

	it('makes nobody say "closed", until its reader is there', () => {
		const now = instantOf('2026-03-01', '10:00');
		expect(needsFullReader(monthly)).toBe(true);
		expect(openAt(monthly, now)).toEqual({ kind: 'unknown' });
		expect(openAt(monthly, instantOf('2026-02-02', '10:00')).kind).toBe('open');
		expect(openAt(monthly, now, anyDays)).toEqual({ kind: 'closed', opens: utc('2026-03-02T07:00') });
		expect(needsFullReader(office)).toBe(false);
	});
});

describe('whatever the hours', () => {
	const time = fc.integer({ min: 0, max: 24 * 4 }).map((quarters) => {
		const [hour, minute] = [Math.floor(quarters / 4), (quarters % 4) * 15];
		return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
	});
	const span = fc.record({ opens: time, closes: time });
	/** Around both nights on which the clock changes, and around Christmas. */
	const day = fc
		.tuple(fc.constantFrom('2026-03-25', '2026-10-21', '2026-12-20'), fc.nat(14))
		.map(([date, days]) => addDays(date, days));
	const rule = fc
		.record({
			span,
			from: day,
			rule: fc.constantFrom(null, 'FREQ=DAILY', 'FREQ=DAILY;INTERVAL=2', 'FREQ=WEEKLY;BYDAY=SA,SU')
		})
		.map(({ span, ...others }) => ({ ...others, ...span }));
	const exception = fc
		.record({ from: day, days: fc.nat(3), open: fc.array(span, { maxLength: 2 }) })
		.map(({ from, days, open }) => ({ from, to: addDays(from, days), open }));
	const anyHours: fc.Arbitrary<Hours> = fc.record({
		rules: fc.array(rule, { maxLength: 4 }),
		exceptions: fc.array(exception, { maxLength: 3 }),
		holidays: fc.dictionary(fc.constantFrom(...HOLIDAYS), fc.array(span, { maxLength: 2 }), { maxKeys: 4 })
	});
	const moment = fc
		.tuple(day, fc.nat(24 * 60))
		.map(([date, minutes]) => instantOf(date, '00:00') + minutes * 60_000);

	const end = (date: string, { opens, closes }: Span) =>
		closes === '24:00' || closes <= opens
			? instantOf(addDays(date, closes === '24:00' && closes <= opens ? 2 : 1), closes.replace('24', '00'))
			: instantOf(date, closes);
	const begin = (date: string, { opens }: Span) =>
		opens === '24:00' ? instantOf(addDays(date, 1), '00:00') : instantOf(date, opens);

	it('spans are in order and never touch', () => {
		fc.assert(
			fc.property(anyHours, day, fc.nat(10), (hours, from, length) => {
				const to = addDays(from, length);
				const { spans } = openSpans(hours, from, to);
				let before = -Infinity;
				for (const { from, to } of spans) {
					expect(before < from && from < to).toBe(true);
					before = to;
				}
				expect(before <= instantOf(addDays(to, 1), '00:00')).toBe(true);
			})
		);
	});

	it('it is open exactly when hours of today or yesterday say so', () => {
		fc.assert(
			fc.property(anyHours, moment, (hours, now) => {
				const today = helsinki(now).date;
				const { days } = hoursByDay(hours, addDays(today, -1), today);
				const open = days.some(
					({ date, open, unsure }) =>
						!unsure && open.some((span) => begin(date, span) <= now && now < end(date, span))
				);
				expect(isOpenAt(hours, now)).toBe(open);
				expect(['open', 'around-the-clock'].includes(openAt(hours, now).kind)).toBe(open);
			}),
			{ numRuns: 300 }
		);
	});

	it('the moment that is told is the next at which it opens or closes', () => {
		fc.assert(
			fc.property(anyHours, moment, (hours, now) => {
				const state = openAt(hours, now);
				if (state.kind === 'open') {
					expect(isOpenAt(hours, state.closes - 1)).toBe(true);
					expect(isOpenAt(hours, state.closes)).toBe(false);
				} else if (state.kind === 'closed' && state.opens !== undefined) {
					expect(isOpenAt(hours, state.opens - 1)).toBe(false);
					expect(isOpenAt(hours, state.opens)).toBe(true);
				} else {
					expect(isOpenAt(hours, now)).toBe(state.kind === 'around-the-clock');
				}
			})
		);
	});

	it('on a holiday of which nobody has said anything only a door is open that never closes', () => {
		fc.assert(
			fc.property(anyHours, day, (hours, date) => {
				const names = holidaysOn(date);
				const [today] = hoursByDay(hours, date, date).days;
				const told =
					hours.exceptions.some(({ from, to }) => from <= date && date <= to) ||
					names.some((name) => hours.holidays?.[name]);
				const never = today?.open.some(
					({ opens, closes }) => opens === closes || (opens === '00:00' && closes === '24:00')
				);
				expect(today?.unsure).toBe(names.length > 0 && !told && today!.open.length > 0 && !never);
				if (today?.unsure) expect(today.holiday).toBe(names[0]);
			}),
			{ numRuns: 300 }
		);
	});

	it('an exception beats a holiday, and a holiday the rules', () => {
		fc.assert(
			fc.property(anyHours, day, fc.array(span, { maxLength: 2 }), (hours, date, open) => {
				const words = (spans: readonly Span[] = []) =>
					new Set(spans.map((one) => `${one.opens} ${one.closes}`));
				const first = (some: Hours) => hoursByDay(some, date, date).days[0];
				const others = hours.exceptions.filter(({ from, to }) => to < date || date < from);
				const excepted = { ...hours, exceptions: [...others, { from: date, to: date, open }] };
				expect(words(first(excepted)?.open)).toEqual(words(open));
				for (const name of holidaysOn(date)) {
					const kept = { ...hours, exceptions: others, holidays: { [name]: open } };
					expect(words(first(kept)?.open)).toEqual(words(open));
				}
			})
		);
	});
});
