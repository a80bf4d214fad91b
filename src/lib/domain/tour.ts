import * as z from 'zod/mini';
import { addDays, helsinki, instantOf, weekday } from './dates.ts';

/**
 * Desks (Finnish: neuvontapiste) and receptions (vastaanotto): where advice is given, and when. A reception has a first
 * start in local time and, where it recurs, an RFC 5545 rule. This version reads `FREQ=WEEKLY`; a rule it does not know
 * leaves the first occurrence, so that a newer server never empties an older phone's tour.
 */

const localTime = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/));
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const short = z.string().check(z.maxLength(200));

export const deskFields = z.object({
	name: short,
	/** Official municipality code. */
	municipality: z.string().check(z.regex(/^\d{3}$/)),
	/** Code of the list `place-type`. */
	placeType: short,
	/** Room, floor. */
	room: z.optional(z.nullable(short)),
	address: z.optional(z.nullable(short)),
	/** First civil date on which the desk no longer exists; visits from that date on are refused. */
	closedFrom: z.optional(z.nullable(date)),
	/** Made up for a demonstration: shown as such, and never with a phone link. */
	invented: z.optional(z.boolean())
});

export const receptionFields = z.object({
	desk: z.uuid(),
	/** First start and end, local time in Europe/Helsinki; the end may lie on the next day. */
	start: localTime,
	end: localTime,
	/** RFC 5545 recurrence rule, or null: once. */
	rule: z.nullable(z.string().check(z.maxLength(200))),
	/** Civil dates of `start` that are left out. */
	except: z.array(date).check(z.maxLength(400)),
	/** Languages of the advisers present, BCP 47. */
	languages: z.array(z.string()),
	note: z.optional(z.nullable(short))
});

export type Desk = z.infer<typeof deskFields> & { id: string };
export type Reception = z.infer<typeof receptionFields> & { id: string };

/** One reception on one day. Instants in ms since 1970. */
export interface Stop {
	reception: Reception;
	/** Civil date of the start. */
	date: string;
	from: number;
	to: number;
}

function untilDate(rule: string): string {
	const until = /(?:^|;)UNTIL=(\d{4})(\d{2})(\d{2})/.exec(rule);
	return until ? `${until[1]}-${until[2]}-${until[3]}` : '9999-12-31';
}

function stopOn(reception: Reception, day: string): Stop {
	const [startDay = '', startTime = ''] = reception.start.split('T');
	const [endDay = '', endTime = ''] = reception.end.split('T');
	const nights = Math.round((Date.parse(endDay) - Date.parse(startDay)) / 86_400_000);
	return {
		reception,
		date: day,
		from: instantOf(day, startTime),
		to: instantOf(addDays(day, nights), endTime)
	};
}

/** Every occurrence whose start lies on `from` … `to` (civil dates, both included), earliest first. */
export function stopsBetween(receptions: readonly Reception[], from: string, to: string): Stop[] {
	const stops: Stop[] = [];
	for (const reception of receptions) {
		const first = reception.start.slice(0, 10);
		const weekly = reception.rule !== null && /(?:^|;)FREQ=WEEKLY(?:;|$)/.test(reception.rule);
		if (!weekly) {
			if (first >= from && first <= to && !reception.except.includes(first))
				stops.push(stopOn(reception, first));
			continue;
		}
		const until = untilDate(reception.rule ?? '');
		const ahead = (weekday(first) - weekday(from) + 7) % 7;
		let day = first >= from ? first : addDays(from, ahead);
		for (; day <= to && day <= until; day = addDays(day, 7)) {
			if (!reception.except.includes(day)) stops.push(stopOn(reception, day));
		}
	}
	return stops.sort((a, b) => a.from - b.from);
}

/** How long before the start and after the end a stop still counts as "you are here", ms. */
const GRACE = 45 * 60_000;

/** The stops at which the adviser may be now; two of them mean the adviser chooses. */
export function stopsNow(receptions: readonly Reception[], now: number): Stop[] {
	const today = helsinki(now).date;
	return stopsBetween(receptions, addDays(today, -1), addDays(today, 1)).filter(
		(stop) => stop.from - GRACE <= now && now <= stop.to + GRACE
	);
}
