import { isActive } from '#lib/directory/critical.ts';
import type { Hours } from '#lib/domain/hours.ts';
import { isOpenAt, openAt, type Opening } from '#lib/domain/opening.ts';
import { plainDays, type RuleReader } from '#lib/domain/recurrence.ts';
import type { Service } from '#lib/domain/service.ts';

/** Every hours that a service has: its own and those of its places. */
export function hoursOf({ hours, places = [] }: Pick<Service, 'hours' | 'places'>): Hours[] {
	return [hours, ...places.map((place) => place.hours)].filter((one) => one !== undefined);
}

/** Whether it is known to be open at `now` (ms since 1970), somewhere at least. */
export const isServiceOpen = (service: Service, now: number, read: RuleReader = plainDays): boolean =>
	isActive(service) && hoursOf(service).some((hours) => isOpenAt(hours, now, read));

/**
 * What one line says of all its hours at `now` (ms since 1970): open somewhere and until when, at the latest; or closed everywhere and when
 * the first one opens. Unknown where it is not given now, or where a place that is not open may be; the holiday is told that is the reason.
 */
export function serviceOpening(service: Service, now: number, read: RuleReader = plainDays): Opening {
	const all = isActive(service) ? hoursOf(service).map((hours) => openAt(hours, now, read)) : [];
	const open = all.flatMap((one) => (one.kind === 'open' ? one.closes : []));
	const opens = all.flatMap((one) => (one.kind === 'closed' ? (one.opens ?? []) : []));
	if (all.some(({ kind }) => kind === 'around-the-clock')) return { kind: 'around-the-clock' };
	if (open.length > 0) return { kind: 'open', closes: Math.max(...open) };
	const holiday = all.find(({ kind }) => kind === 'holiday');
	if (holiday) return holiday;
	if (all.length === 0 || all.some(({ kind }) => kind === 'unknown')) return { kind: 'unknown' };
	return { kind: 'closed', opens: opens.length > 0 ? Math.min(...opens) : undefined };
}
