import { isActive } from '#lib/directory/critical.ts';
import type { Hours } from '#lib/domain/hours.ts';
import { isOpenAt } from '#lib/domain/opening.ts';
import { plainDays, type RuleReader } from '#lib/domain/recurrence.ts';
import type { Service } from '#lib/domain/service.ts';

/** Every hours that a service has: its own and those of its places. */
export function hoursOf({ hours, places = [] }: Pick<Service, 'hours' | 'places'>): Hours[] {
	return [hours, ...places.map((place) => place.hours)].filter((one) => one !== undefined);
}

/** Whether it is known to be open at `now` (ms since 1970), somewhere at least. */
export const isServiceOpen = (service: Service, now: number, read: RuleReader = plainDays): boolean =>
	isActive(service) && hoursOf(service).some((hours) => isOpenAt(hours, now, read));
