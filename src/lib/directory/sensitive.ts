import type { Service } from '#lib/domain/service.ts';

/**
 * Services that nobody else should see on a client's phone: a title in a share sheet, a list of contacts or a browser's history tells
 * whoever holds the phone what its owner asked about. They go out under a neutral title, and their public page can be left quickly
 * (ux.md §6.9). The topic decides, because imported services have no other mark.
 */

/** Wherever they stand among a service's topics: whoever harms the client may read the phone. */
const anywhere: ReadonlySet<string> = new Set([
	'rights-safety.violence', // shelters and help lines: to be found out puts a life in danger
	'rights-safety.trafficking', // the exploiter often keeps or checks the phone
	'rights-safety.legal-aid' // the other side of a dispute may live in the same home, or be the employer
]);

/** Where the service is about them first of all; the police or the register office only know them, too. */
const foremost: ReadonlySet<string> = new Set([
	'rights-safety.crime-victim', // the offender may be near
	'rights-safety.discrimination', // the other side may be an employer or a landlord
	'rights-safety.undocumented', // gives away how somebody stays in the country
	'permits.international-protection', // gives away a ground for asylum, also to people of the same origin
	'family.marriage-divorce', // the spouse may not know
	'family.child-protection', // a family may be judged for it
	'health.mental-health', // health data
	'health.substance-use', // health data
	'housing.homelessness', // one is judged for it
	'money.debt' // one is judged for it
]);

/** Every topic that can make a service sensitive. */
export const sensitiveTopics: readonly string[] = [...anywhere, ...foremost];

/** Whether a service goes out under a neutral title only. */
export function isSensitive({ topics }: Pick<Service, 'topics'>): boolean {
	const main = topics.find((topic) => topic.includes('.'));
	return topics.some((topic) => anywhere.has(topic)) || (main !== undefined && foremost.has(main));
}
