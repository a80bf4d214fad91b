import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { addDays, instantOf } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import { plannedBetween } from '#lib/domain/stops.ts';
import { cancelledField } from '#lib/domain/tour-records.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { pageLanguages, pagePhrase } from '#lib/directory/take-away/page-phrases.ts';
import { calendarSpan, calendarText, folded, type CalendarOf } from './calendar.ts';
import { publicStops, type PublicStop } from './coming.ts';

const desk: Desk = { id: newId(), name: 'Vieremä, kirjasto', municipality: '925', placeType: 'library' };
const reception = (fields: Partial<Reception> & Record<string, unknown> = {}): Reception => ({
	id: newId(),
	desk: desk.id,
	start: '2026-03-02T10:00',
	end: '2026-03-02T15:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi', 'ru'],
	...fields
});

const calendar = (stops: readonly PublicStop[], fields: Partial<CalendarOf> = {}) =>
	calendarText({
		organisation: '01980000-0000-7000-8000-0000000000aa',
		name: desk.name,
		language: 'fi',
		url: 'https://reppu.example/w/x/925/fi',
		demo: false,
		stops,
		changedAt: () => Date.UTC(2026, 2, 6, 8),
		...fields
	});

const daysOf = (receptions: readonly Reception[], from: string, to: string, desks = [desk]) =>
	publicStops({ desks, receptions }, { kind: 'all' }, from, to);

/** Reads it with another program, by its own time zone rules and none that the reader may bring. */
function read(text: string) {
	const root = new ICAL.Component(ICAL.parse(text) as unknown[]);
	const zone = new ICAL.Timezone(root.getFirstSubcomponent('vtimezone')!);
	const instant = (time: ICAL.Time) => {
		if (time.zone !== ICAL.Timezone.utcTimezone) time.zone = zone;
		return time.toUnixTime() * 1000;
	};
	return root.getAllSubcomponents('vevent').map((component) => {
		const event = new ICAL.Event(component);
		return {
			uid: event.uid,
			from: instant(event.startDate),
			to: instant(event.endDate),
			cancelled: component.getFirstPropertyValue('status') === 'CANCELLED',
			summary: event.summary,
			location: event.location,
			description: event.description,
			sequence: Number(component.getFirstPropertyValue('sequence'))
		};
	});
}

/** RFC 5545 by the letter: ends of lines, their length, names, nesting, what an event must have and may have once. */
function faults(text: string): string[] {
	const found: string[] = [];
	if (!text.endsWith('\r\n') || /[^\r]\n|\r[^\n]/.test(text)) found.push('ends of lines');
	const lines = text.split('\r\n').slice(0, -1);
	const isLong = (line: string) => new TextEncoder().encode(line).length > 75;
	if (lines.some(isLong)) found.push('a long line');
	if (/\ufffd/.test(text)) found.push('a character cut in two');
	const whole = text
		.replace(/\r\n[ \t]/g, '')
		.split('\r\n')
		.slice(0, -1);
	const open: { name: string; has: string[] }[] = [];
	for (const line of whole) {
		const [, name = '', value] = /^([A-Z-]+)(?:;[A-Z-]+=[^;:",\p{Cc}]+)*:((?:\P{Cc}|\t)*)$/u.exec(line) ?? [];
		if (value === undefined) found.push(`no line: ${line}`);
		else if (name === 'BEGIN') open.push({ name: value, has: [] });
		else if (name === 'END') {
			const ended = open.pop();
			if (ended?.name !== value) found.push(`${value} ends in ${ended?.name}`);
			const must = { VCALENDAR: ['PRODID', 'VERSION'], VEVENT: ['UID', 'DTSTAMP', 'DTSTART', 'DTEND'] }[
				value
			];
			for (const one of must ?? []) if (!ended?.has.includes(one)) found.push(`${value} without ${one}`);
			if (new Set(ended?.has).size !== ended?.has.length) found.push(`${value} says something twice`);
		} else open.at(-1)?.has.push(name);
	}
	if (open.length > 0) found.push('left open');
	const uids = whole.filter((line) => line.startsWith('UID:'));
	if (new Set(uids).size !== uids.length) found.push('one UID twice');
	return found;
}

const time = fc
	.record({
		hour: fc.integer({ min: 0, max: 23 }),
		minute: fc.constantFrom('00', '15', '30', '45')
	})
	.map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${minute}`);
const anyReception = fc
	.record({
		first: fc.integer({ min: 0, max: 900 }).map((days) => addDays('2025-01-01', days)),
		from: time,
		to: time,
		rule: fc.constantFrom(
			null,
			'FREQ=WEEKLY',
			'FREQ=DAILY;INTERVAL=3',
			'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
			'FREQ=WEEKLY;COUNT=9',
			'FREQ=SOMETHING-NEW'
		),
		except: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 5 }),
		cancelled: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 20 }),
		night: fc.boolean()
	})
	.map(({ first, from, to, rule, except, cancelled, night }) => {
		const over = night || to <= from;
		return reception({
			start: `${first}T${from}`,
			end: `${over ? addDays(first, 1) : first}T${to}`,
			rule,
			except: except.map((days) => addDays(first, days)),
			...Object.fromEntries(cancelled.map((days) => [cancelledField(addDays(first, days)), 'Sairaus']))
		});
	});

describe('a calendar', () => {
	it('read by another program has the same instants as the plan, also where the clock changes', () => {
		fc.assert(
			fc.property(
				fc.array(anyReception, { maxLength: 4 }),
				fc.integer({ min: 0, max: 900 }),
				(receptions, days) => {
					const from = addDays('2025-01-01', days);
					const to = addDays(from, 200);
					const text = calendar(daysOf(receptions, from, to));
					expect(faults(text)).toEqual([]);
					expect(text).not.toContain('Sairaus');
					const seen = read(text).map(({ from, to, cancelled }) => ({ from, to, cancelled }));
					const planned = plannedBetween(receptions, from, to).map(({ from, to, cancelled }) => ({
						from,
						to,
						cancelled: cancelled !== undefined
					}));
					expect(seen).toEqual(planned);
				}
			),
			{ numRuns: 150 }
		);
	});

	it('keeps the hour of the door over both changes of the clock', () => {
		const weekly = [reception({ start: '2026-03-22T10:00', end: '2026-03-22T15:00' })];
		const spring = read(calendar(daysOf(weekly, '2026-03-22', '2026-03-29')));
		expect(spring.map(({ from }) => from)).toEqual([
			Date.parse('2026-03-22T08:00:00Z'),
			Date.parse('2026-03-29T07:00:00Z')
		]);
		const autumn = read(calendar(daysOf(weekly, '2026-10-18', '2026-10-25')));
		expect(autumn.map(({ from }) => from)).toEqual([
			Date.parse('2026-10-18T07:00:00Z'),
			Date.parse('2026-10-25T08:00:00Z')
		]);
	});

	it('leaves no doubt about the hour that an autumn night repeats', () => {
		const night = [reception({ start: '2026-10-25T03:30', end: '2026-10-25T05:00', rule: null })];
		const text = calendar(daysOf(night, '2026-10-25', '2026-10-25'));
		expect(text).toContain('DTSTART:20261025T003000Z');
		expect(text).toContain('DTEND;TZID=Europe/Helsinki:20261025T050000');
		expect(read(text)[0]).toMatchObject({ from: Date.parse('2026-10-25T00:30:00Z') });
	});

	it('says that a day is cancelled, by status and in words, and never why', () => {
		const one = reception({ [cancelledField('2026-03-09')]: 'Neuvoja sairastui' });
		const text = calendar(daysOf([one], '2026-03-02', '2026-03-16'));
		const events = read(text);
		expect(events.map(({ cancelled }) => cancelled)).toEqual([false, true, false]);
		expect(events[1]?.summary).toMatch(/^Peruttu · Neuvonta: Vieremä/);
		expect(text).not.toContain('sairastui');
		for (const language of pageLanguages) {
			const [, cancelled] = read(calendar(daysOf([one], '2026-03-02', '2026-03-16'), { language }));
			expect(cancelled?.description).toContain(pagePhrase('cancelled', language).text);
		}
	});

	it('keeps its ids over a change, counts it, and is the same bytes where nothing has changed', () => {
		const one = reception();
		const before = daysOf([one], '2026-03-02', '2026-03-30');
		const after = daysOf([{ ...one, [cancelledField('2026-03-09')]: 'x' }], '2026-03-02', '2026-03-30');
		const [old, young] = [
			read(calendar(before)),
			read(calendar(after, { changedAt: () => Date.UTC(2026, 2, 6, 8, 0, 1) }))
		];
		expect(young.map(({ uid }) => uid)).toEqual(old.map(({ uid }) => uid));
		expect(young[0]!.sequence).toBe(old[0]!.sequence + 1);
		expect(calendar(before)).toBe(calendar(before));
		// A clock that was ages ahead gives a date that exists, and a number of 31 bits.
		const mad = calendar(before, { changedAt: () => 2 ** 48 - 1 });
		expect(mad).toContain('LAST-MODIFIED:20880101T000000Z');
		expect(read(mad)[0]!.sequence).toBeLessThan(2 ** 31);
	});

	it.each([
		'Aula\r\nEND:VCALENDAR\r\nBEGIN:VEVENT',
		'Kirjasto; sali, 2. krs \\ "B"',
		'ዘይትጽዕር'.repeat(40),
		'\0\u0007\u2028\u0085x',
		'</script><script>alert(1)</script>'
	])('takes a desk called %j for a name', (name) => {
		const text = calendar(
			daysOf([reception()], '2026-03-02', '2026-03-30', [{ ...desk, name, room: name, address: name }])
		);
		expect(faults(text)).toEqual([]);
		const events = read(text);
		expect(events).toHaveLength(5);
		expect(events[0]?.summary).toBe(
			`Neuvonta: ${name.replaceAll('\r\n', '\n').replace(/[^\P{Cc}\n]|\u2028/gu, ' ')}`
		);
	});

	it('takes a thousand of ten thousand days, the nearest', () => {
		const many = Array.from({ length: 60 }, () => reception({ rule: 'FREQ=DAILY' }));
		const { from, to } = calendarSpan(instantOf('2026-06-01', '12:00'));
		expect([from, to]).toEqual(['2026-05-25', '2026-11-30']);
		const events = read(calendar(daysOf(many, from, to)));
		expect(events).toHaveLength(1000);
		expect(events[0]!.from).toBe(instantOf('2026-05-25', '10:00'));
	});

	it('without a day is a calendar all the same', () => {
		expect(faults(calendar([]))).toEqual([]);
		expect(read(calendar([]))).toEqual([]);
	});
});

it('folds between characters, by octets', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (line) => {
			const parts = folded(line).split('\r\n');
			expect(parts.every((part) => new TextEncoder().encode(part).length <= 75)).toBe(true);
			expect(parts.map((part, at) => (at ? part.slice(1) : part)).join('')).toBe(line);
		})
	);
});
