import { addDays, helsinki, instantOf, weekday } from './dates.ts';
import type { Reception } from './tour.ts';

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
