import { addDays, helsinki } from '#lib/domain/dates.ts';
import { isUndecided, type TourChange } from '#lib/domain/tour-change.ts';

/** How long what became of a report is shown after its day, days. */
const SHOWN = 7;

/**
 * Own reports that somebody still wants to see: those that wait, and those whose day is to come or was in the last week. The nearest day first.
 *
 * @param changes a coordinator's device has colleagues' among them
 */
export function ownNews(changes: readonly TourChange[], now: number): TourChange[] {
	const since = addDays(helsinki(now).date, -SHOWN);
	return changes
		.filter((one) => one.member === undefined && (one.date >= since || isUndecided(one)))
		.sort((a, b) => (`${a.date} ${a.at}` < `${b.date} ${b.at}` ? -1 : 1));
}
