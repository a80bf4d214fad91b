import { mayReachClient } from '#lib/directory/critical.ts';
import { primaryLanguage } from '#lib/directory/fallback.ts';
import { hoursOf } from '#lib/directory/service-hours.ts';
import { topicGroupOf } from '#lib/domain/code-lists.ts';
import { addDays } from '#lib/domain/dates.ts';
import type { Hours, Span } from '#lib/domain/hours.ts';
import { currentMunicipality } from '#lib/domain/municipalities.ts';
import { hoursByDay } from '#lib/domain/opening.ts';
import type { RuleReader } from '#lib/domain/recurrence.ts';
import type { Service } from '#lib/domain/service.ts';
import { weekday } from '#lib/domain/weeks.ts';

/** What one service offers, as far as coverage counts it. */
export interface Offer {
	/** Municipality codes of today; empty: the whole country. */
	municipalities: string[];
	topicGroups: string[];
	/** Primary languages that it is given in; undefined: not known. */
	languages: ReadonlySet<string> | undefined;
	/** Whether it is open after office hours, Monday to Friday; undefined: not known. */
	evening: boolean | undefined;
	/** Whether it is open on a Saturday or Sunday; undefined: not known. */
	weekend: boolean | undefined;
}

/** Weeks that hours are looked at, so that what recurs once a month is seen. */
const WEEKS = 5;

/** Who closes at 16 or 16.15 is not open after work; half an hour after 16 is. */
const EVENING = '16:30';

const isEvening = ({ opens, closes }: Span) => closes >= EVENING || closes <= opens;

/** When the hours of a service open it, in the five weeks from a civil date on. */
function openTimes(
	all: readonly Hours[],
	from: string,
	read: RuleReader
): Pick<Offer, 'evening' | 'weekend'> {
	let [evening, weekend, isKnown] = [false, false, true];
	let everOpen = false;
	for (const hours of all) {
		const { days, understood } = hoursByDay(hours, from, addDays(from, 7 * WEEKS - 1), read);
		isKnown &&= understood;
		for (const { date, open } of days) {
			if (open.length === 0) continue;
			everOpen = true;
			if (weekday(date) > 5) weekend = true;
			else if (open.some(isEvening)) evening = true;
		}
	}
	// Never open for five weeks may be a summer break, or only telephone hours: that says nothing of evenings.
	isKnown &&= everOpen;
	return {
		evening: evening || (isKnown ? false : undefined),
		weekend: weekend || (isKnown ? false : undefined)
	};
}

/**
 * What a service offers from `today` (civil date) on; undefined where it may not be given to a client: it is paused or ended, or nobody
 * has verified it as a place.
 */
export function offerOf(service: Service, today: string, read: RuleReader): Offer | undefined {
	if (!mayReachClient(service)) return undefined;
	const { municipalities, topics, serviceLanguages } = service;
	return {
		municipalities: municipalities.map(currentMunicipality),
		topicGroups: [...new Set(topics.map(topicGroupOf))],
		languages: serviceLanguages.length > 0 ? new Set(serviceLanguages.map(primaryLanguage)) : undefined,
		...openTimes(hoursOf(service), today, read)
	};
}
