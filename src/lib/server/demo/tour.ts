import { addDays, helsinki } from '#lib/domain/dates.ts';
import { DESK_GUIDE } from '#lib/domain/desk-guide.ts';
import { holidaysOn } from '#lib/domain/holidays.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { cancelledField } from '#lib/domain/tour-records.ts';
import { weekday } from '#lib/domain/weeks.ts';
import type { Publication } from '#lib/server/sync/publish.ts';
import { ADVISER_LANGUAGES, CLOSED_DESK, DEMO_DESKS, DEMO_TOUR, OPEN_RECEPTION } from './organisation.ts';

const HOUR = 3_600_000;

/** The desks of the demo as records. */
export function demoDesks(now: number): Publication[] {
	const desk = (fields: Record<string, JsonValue>, id: string): Publication => ({
		collection: 'desk',
		id,
		part: 'organisation',
		fields: { placeType: 'library', address: null, closedFrom: null, invented: true, ...fields }
	});
	return [
		...DEMO_DESKS.map(({ id, name, municipality, room }) => desk({ name, municipality, room }, id)),
		desk(
			{
				name: CLOSED_DESK.name,
				municipality: CLOSED_DESK.municipality,
				room: null,
				placeType: 'municipal-service-point',
				closedFrom: addDays(helsinki(now).date, -30)
			},
			CLOSED_DESK.id
		),
		...DEMO_DESKS.map(({ id }): Publication => ({
			collection: DESK_GUIDE,
			id,
			part: 'organisation',
			fields: {
				opener: 'Kirjaston henkilökunta (keksitty)',
				keys: 'Ryhmähuoneen avain palvelutiskiltä (keksitty)',
				wifi: 'Kirjasto-vieras, salasana tiskiltä (keksitty)',
				materials: ['Kannettava tulostin', 'Esitteet', 'Kuvataulu', 'Laturi']
			}
		}))
	];
}

const local = (at: number) => {
	const { date, time } = helsinki(at);
	return `${date}T${time}`;
};

/** A day of this one is cancelled in three weeks: the public page and the calendars show what that looks like. */
const CANCELLED = DEMO_TOUR[3]!;
/** Every reception takes appointments, half an hour each. */
const SLOTS = { length: 30, from: null, until: null, atOnce: 1 };

/** How far the tour is planned, days. */
const PLANNED = 5 * 365;

/** Holidays to come: libraries are closed, so whoever plans the tour leaves them out. */
const holidaysAhead = (today: string): string[] =>
	Array.from({ length: PLANNED }, (_, days) => addDays(today, days)).filter(
		(date) => holidaysOn(date).length > 0
	);

/**
 * The weekly tour, and one reception that is open now, whatever the hour: from about two hours ago to four hours ahead, at the
 * desk of today's weekday or in Kiuruvesi. The weekly ones stand back on the days it touches, so that never two are open, and on holidays.
 */
export function demoTour(now: number): Publication[] {
	const from = Math.floor((now - 2 * HOUR) / (HOUR / 2)) * (HOUR / 2);
	const to = from + 6 * HOUR;
	const days = [...new Set([helsinki(from).date, helsinki(to).date])];
	const today = weekday(helsinki(now).date);
	const municipality = DEMO_TOUR.find((stop) => stop.weekday === today)?.municipality ?? '263';
	const holidays = holidaysAhead(helsinki(now).date);
	const firstMonday = addDays(helsinki(now).date, 1 - today - 53 * 7);
	const deskIn = (code: string) => DEMO_DESKS.find((desk) => desk.municipality === code)?.id ?? '';
	const reception = (id: string, fields: Record<string, JsonValue>): Publication => ({
		collection: 'reception',
		id,
		part: 'organisation',
		fields: { languages: ADVISER_LANGUAGES, note: null, slots: SLOTS, ...fields }
	});
	// Beyond the phone's agenda, so that nothing of the demo's next days is called off.
	const cancelled = addDays(helsinki(now).date, 1 - today + 3 * 7 + CANCELLED.weekday - 1);
	return [
		...DEMO_TOUR.map((stop) => {
			const first = addDays(firstMonday, stop.weekday - 1);
			return reception(stop.id, {
				desk: deskIn(stop.municipality),
				start: `${first}T${stop.from}`,
				end: `${first}T${stop.to}`,
				rule: 'FREQ=WEEKLY',
				except: [...new Set([...days, ...holidays])],
				...(stop.id === CANCELLED.id
					? { [cancelledField(cancelled)]: 'Kirjasto on remontissa (keksitty)' }
					: {})
			});
		}),
		reception(OPEN_RECEPTION, {
			desk: deskIn(municipality),
			start: local(from),
			end: local(to),
			rule: null,
			except: []
		})
	];
}
