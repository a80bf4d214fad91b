import { addDays, helsinki } from '#lib/domain/dates.ts';
import { EVENT } from '#lib/domain/event-records.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { weekday } from '#lib/domain/weeks.ts';
import type { Publication } from '#lib/server/sync/publish.ts';
import { DEMO_DESKS, DEMO_TOUR } from './organisation.ts';

const HOUR = 3_600_000;

/** The event of the demo that is on whenever somebody looks. */
export const OPEN_EVENT = '01980000-0000-7000-8000-000000003001';
/** The series of the demo. */
const EVENING = '01980000-0000-7000-8000-000000003002';

/** Invented events: one that is on now, from half an hour ago for two hours and a half, and an evening every other week. */
export function demoEvents(now: number): Publication[] {
	const event = (id: string, fields: Record<string, JsonValue>): Publication => ({
		collection: EVENT,
		id,
		part: 'organisation',
		fields: { place: null, municipality: null, except: [], advisers: null, note: null, ...fields }
	});
	const local = (at: number) => {
		const { date, time } = helsinki(at);
		return `${date}T${time}`;
	};
	const from = Math.floor((now - HOUR / 2) / (HOUR / 2)) * (HOUR / 2);
	const today = helsinki(now).date;
	// Where the adviser is today: see `demoTour`.
	const town = DEMO_TOUR.find((stop) => stop.weekday === weekday(today))?.municipality ?? '263';
	const nextTuesday = addDays(today, 7 + ((9 - weekday(today)) % 7));
	return [
		event(OPEN_EVENT, {
			title: 'Asumisen infotilaisuus (keksitty)',
			desk: DEMO_DESKS.find(({ municipality }) => municipality === town)?.id ?? null,
			start: local(from),
			end: local(from + 2.5 * HOUR),
			rule: null,
			languages: ['ar', 'so', 'uk'],
			interpreting: 'interpreter-onsite',
			topics: ['housing']
		}),
		event(EVENING, {
			title: 'Kotoutumisen ilta (keksitty)',
			desk: null,
			place: 'Keskustan monitoimitalo (keksitty)',
			municipality: '263',
			start: `${nextTuesday}T17:00`,
			end: `${nextTuesday}T18:30`,
			rule: 'FREQ=WEEKLY;INTERVAL=2',
			languages: ['uk', 'ru'],
			interpreting: 'own-language',
			topics: ['integration', 'work']
		})
	];
}
