import type { ServiceFields } from '#lib/domain/service.ts';

/**
 * Topics whose services say what nobody may get wrong: safety, crisis, protection, rights, deadlines (design.md §8). A source of services knows no such mark, so its entries get it by what
 * they are about, until a coordinator says otherwise.
 */
const critical: readonly string[] = [
	'rights-safety',
	'health.mental-health',
	'permits.international-protection',
	'forms-decisions.appeal',
	'family.child-protection',
	'money.debt'
];

/** Fields that a client reads and that are critical by the topics of a new entry: as those of the entries that ship are. */
export const criticalByTopic = (topics: readonly string[]): ServiceFields['critical'] =>
	topics.some((topic) => critical.some((one) => topic === one || topic.startsWith(`${one}.`)))
		? ['summary', 'bring']
		: [];
