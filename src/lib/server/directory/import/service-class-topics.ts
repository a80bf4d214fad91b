import { topicIds } from '#lib/domain/code-lists.ts';

/**
 * Topics of this app for the service classes (Finnish: palveluluokka) of the Finnish service catalogue, code list `ptvserclass2` of 2023. The
 * table is our own. A class without a line of its own has the topics of the class above it; what has no topic here
 * (land use, enterprises' finances, hunting) is left out, because a wrong topic hides what is right.
 */
const TABLE = new Map<string, string>(
	Object.entries({
		P1: 'housing',
		'P1.1': 'housing.finding-home housing.rental-agreement',
		'P1.2': 'housing.finding-home',
		'P1.3': 'housing.finding-home',
		'P1.4': 'social-security.housing-allowance',
		'P1.5': 'permits.population-register housing.moving-utilities',
		P3: 'family',
		'P3.1': 'family.marriage-divorce',
		'P3.2': 'health.maternity-child-health social-security.family-benefits',
		'P3.3': 'family.parenting-support',
		'P3.4': 'family.early-childhood',
		'P3.5': 'family.marriage-divorce',
		'P3.6': 'family.parenting-support',
		'P3.7': 'family.parenting-support',
		'P3.8': 'family.child-protection',
		'P3.9': 'social-security.family-benefits',
		P4: '',
		'P4.1': 'housing',
		'P4.2': 'health.elderly-care',
		'P4.3': 'health.elderly-care',
		'P4.4': 'health.disability',
		'P4.5': 'health.disability',
		'P4.7': 'health.disability',
		'P4.8': 'work.job-search',
		'P4.10': 'social-security.social-assistance',
		'P4.11': 'integration',
		'P4.12': 'leisure.associations',
		P5: 'health',
		'P5.1': 'health.health-centre',
		'P5.2': 'health.maternity-child-health',
		'P5.3': 'health.health-centre',
		'P5.4': 'health.health-centre',
		'P5.5': 'health.health-centre',
		'P5.7': 'health.mental-health health.substance-use',
		'P5.10': 'health.dental',
		'P5.13': 'health.disability',
		'P5.21': '',
		P6: 'education',
		'P6.1': 'education.basic-education family.early-childhood',
		'P6.2': 'education.basic-education',
		'P6.3': 'education.basic-education',
		'P6.4': 'education.applying-studies',
		'P6.5': 'education.applying-studies',
		'P6.6': 'education.upper-secondary',
		'P6.7': 'education.upper-secondary',
		'P6.8': 'education.upper-secondary',
		'P6.9': 'education.higher-education',
		'P6.10': 'education.adult-education',
		'P6.11': '',
		'P6.12': 'work.entrepreneurship',
		'P6.14': 'education.study-finance',
		'P6.15': '',
		P7: '',
		'P7.1': 'rights-safety.discrimination',
		'P7.4': 'rights-safety.legal-aid',
		'P7.5': 'rights-safety.crime-victim',
		'P7.10': 'rights-safety.discrimination',
		P8: 'leisure.voting',
		'P8.4': 'leisure.associations',
		'P9.4': 'everyday.digital-support',
		'P9.6': 'integration.basic-information',
		P10: 'work',
		'P10.1': 'work.job-search',
		'P10.2': 'work.job-search',
		'P10.3': 'work.employment-rights',
		'P10.5': 'work.employment-rights',
		'P10.6': 'social-security.unemployment-benefit',
		'P10.7': 'work.work-placement',
		'P11.1': 'work.entrepreneurship',
		P13: 'social-security.pension',
		'P13.3': 'social-security.pension social-security.sickness-disability-benefit',
		'P14.1': 'money.tax',
		'P15.1': 'money.debt',
		'P15.3': 'money.debt',
		'P15.5': 'money.debt',
		'P15.6': 'money.bank',
		'P16.1': 'everyday.driving-licence',
		'P16.2': 'everyday.driving-licence',
		'P16.5': 'everyday.public-transport',
		'P20.1': 'permits.identity-card permits.travel-document',
		P21: 'money.consumer',
		P22: 'permits',
		'P22.1': 'permits.residence-permit permits.travel-document',
		'P22.2': 'integration',
		'P22.3': 'language.language-course',
		'P22.4': 'permits.citizenship',
		'P22.5': 'permits.return-migration',
		'P22.6': 'permits.return-migration',
		'P22.7': 'permits.return-migration',
		'P22.8': 'permits.return-migration',
		'P22.9': 'permits.return-migration',
		'P23.2': 'housing.moving-utilities',
		'P23.4': 'housing.moving-utilities',
		'P25.1': 'leisure.library-culture',
		'P25.2': 'leisure.library-culture',
		'P25.3': 'leisure.library-culture',
		'P25.5': 'leisure.hobbies',
		'P25.6': 'leisure.religion',
		'P25.7': 'education.adult-education leisure.hobbies',
		'P26.2': 'everyday.phone-internet-post',
		'P26.3': 'everyday.phone-internet-post',
		'P27.1': 'leisure.hobbies',
		'P27.2': 'leisure.hobbies',
		P28: 'family.youth',
		'P28.2': 'family.youth leisure.hobbies'
	})
);

/**
 * Topics for service classes, in the order of the app's topics, each once. A class above another that is given too (services name both)
 * adds nothing: `P6` beside `P6.8` would only say "education" again. So does a group of topics beside one of its own topics.
 *
 * @param classes codes as `P6.8`; unknown ones have no topics
 */
export function topicsOfClasses(classes: readonly string[]): string[] {
	const found = new Set<string>();
	for (const code of classes) {
		if (classes.some((other) => other.startsWith(`${code}.`))) continue;
		for (const topic of (TABLE.get(code) ?? TABLE.get(parentOf(code)) ?? '').split(' ')) found.add(topic);
	}
	const said = (topic: string) => [...found].some((other) => other.startsWith(`${topic}.`));
	return topicIds.filter((topic) => found.has(topic) && !said(topic));
}

const parentOf = (code: string) => code.replace(/\..*/, '');

/** All topics that the table gives; a test holds them against the app's own list. */
export const mappedTopics: ReadonlySet<string> = new Set(
	[...TABLE.values()].flatMap((topics) => topics.split(' ').filter(Boolean))
);
