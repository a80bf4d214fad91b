import { primaryLanguage } from '#lib/directory/fallback.ts';
import { isActive } from '#lib/directory/critical.ts';
import { hoursOf, isServiceOpen, serviceOpening } from '#lib/directory/service-hours.ts';
import { topicGroupOf } from '#lib/domain/code-lists.ts';
import { currentMunicipality } from '#lib/domain/municipalities.ts';
import type { RuleReader } from '#lib/domain/recurrence.ts';
import type { Service } from '#lib/domain/service.ts';

/** What an adviser narrows the directory down to. */
export interface Filter {
	/** A first-level topic. */
	topic?: string | undefined;
	/** Municipality code. */
	municipality?: string | undefined;
	/** Language of service, BCP 47. */
	language?: string | undefined;
	/** Open at the moment. */
	open?: boolean | undefined;
}

/** Whether an entry belongs to a first-level topic. */
const hasTopic = (service: Service, topic: string): boolean =>
	service.topics.some((code) => topicGroupOf(code) === topic);

/** Whether people of a municipality can use it: an entry without municipalities is for the whole country. */
function serves(service: Service, municipality: string): boolean {
	const { municipalities } = service;
	// A place of public documents without a municipality is one whose place nobody knows.
	if (municipalities.length === 0) return service.kind !== 'advice-point';
	return municipalities.some((code) => currentMunicipality(code) === currentMunicipality(municipality));
}

/** Whether it is known to be given in a language. */
const givenIn = (service: Service, language: string): boolean =>
	service.serviceLanguages.some((tag) => primaryLanguage(tag) === primaryLanguage(language));

/**
 * Whether an entry passes; one whose languages of service are not known does not pass a language, nor one without hours "open now".
 *
 * @param now ms since 1970
 */
export function passes(
	service: Service,
	{ topic, municipality, language, open }: Filter,
	now: number,
	read?: RuleReader
): boolean {
	return (
		(topic === undefined || hasTopic(service, topic)) &&
		(municipality === undefined || serves(service, municipality)) &&
		(language === undefined || givenIn(service, language)) &&
		(!open || isServiceOpen(service, now, read))
	);
}

/** Entries that would pass if their languages of service were known: the count goes under the list. */
export function languagesUnknown(
	services: readonly Service[],
	filter: Filter,
	now: number,
	read?: RuleReader
): number {
	if (filter.language === undefined) return 0;
	const others = { ...filter, language: undefined };
	return services.filter(
		(service) => service.serviceLanguages.length === 0 && passes(service, others, now, read)
	).length;
}

/** Entries that would pass if their hours were known, or those of this holiday: the count goes under the list. */
export function hoursUnknown(
	services: readonly Service[],
	filter: Filter,
	now: number,
	read?: RuleReader
): number {
	if (!filter.open) return 0;
	const others = { ...filter, open: undefined };
	const lacksHours = (service: Service) =>
		hoursOf(service).length === 0 || serviceOpening(service, now, read).kind === 'holiday';
	return services.filter(
		(service) => isActive(service) && passes(service, others, now) && lacksHours(service)
	).length;
}

const kinds: Readonly<Record<Service['kind'], number>> = { nationwide: 0, local: 0, 'advice-point': 1 };

/** The order of a list that nobody searched for: what is known to be there first, then by name. */
export function byName(
	services: readonly Service[],
	nameOf: (service: Service) => string,
	locale: string
): Service[] {
	const { compare } = new Intl.Collator(locale);
	return [...services].sort((a, b) => kinds[a.kind] - kinds[b.kind] || compare(nameOf(a), nameOf(b)));
}
