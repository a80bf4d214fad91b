import {
	isLanguage,
	isTopic,
	type Coverage,
	type InMunicipality,
	type Reach
} from '#lib/directory/coverage.ts';

/**
 * Something that people asked for and that the directory has no answer to.
 *
 * - `language`: nothing is given in it, neither there nor nationwide
 * - `own-language`: no service of the municipality is given in it, nationwide ones are
 * - `topic`: no service at all
 * - `topic-language`: nothing for the topic is given in a language that others are given in
 * - `hours`: nothing for the topic is open after 16 or at the weekend
 */
export interface BlindSpot {
	kind: 'language' | 'own-language' | 'topic' | 'topic-language' | 'hours';
	municipality: string;
	topic?: string;
	language?: string;
	/** Contacts. */
	asked: number;
	/** The services that there are instead. */
	services: number;
	/** Of those that could answer, how many have languages that nobody knows; 0: it is certain that none does. */
	unknown: number;
}

const all = ({ local, nationwide }: Reach) => local + nationwide;

function* spotsIn({
	id: municipality,

	services,
	topics,
	languages
}: InMunicipality): Generator<BlindSpot> {
	const spoken = new Set<string>();
	for (const { id: language, asked, given, unknown } of languages) {
		if (!isLanguage(language)) continue;
		if (all(given) > 0) spoken.add(language);
		if (all(given) === 0)
			yield {
				kind: 'language',
				municipality,
				language,
				asked,
				services: all(services),
				unknown: all(unknown)
			};
		else if (services.local > 0 && given.local === 0)
			yield {
				kind: 'own-language',
				municipality,
				language,
				asked,
				services: given.nationwide,
				unknown: unknown.local
			};
	}
	for (const { id: topic, asked, services, evening, weekend, hoursUnknown, languages } of topics) {
		if (!isTopic(topic)) continue;
		const there = all(services);
		if (there === 0) {
			yield { kind: 'topic', municipality, topic, asked, services: 0, unknown: 0 };
			continue;
		}
		for (const { id: language, asked, given, unknown } of languages)
			if (spoken.has(language) && all(given) === 0)
				yield {
					kind: 'topic-language',
					municipality,
					topic,
					language,
					asked,
					services: there,
					unknown: all(unknown)
				};
		if (evening + weekend + hoursUnknown === 0)
			yield { kind: 'hours', municipality, topic, asked, services: there, unknown: 0 };
	}
}

const keyOf = ({ municipality, topic = '', language = '', kind }: BlindSpot) =>
	[municipality, topic, language, kind].join(' ');

/**
 * What is certain and what only may be, because languages of services are not known; most contacts first.
 *
 * @returns `bare`: municipalities that have no service of their own
 */
export function blindSpots({ municipalities }: Pick<Coverage, 'municipalities'>): {
	bare: InMunicipality[];
	certain: BlindSpot[];
	possible: BlindSpot[];
} {
	const spots = municipalities
		.flatMap((one) => [...spotsIn(one)])
		.sort((a, b) => b.asked - a.asked || (keyOf(a) < keyOf(b) ? -1 : 1));
	return {
		bare: municipalities.filter(({ id, services }) => id !== '' && services.local === 0),
		certain: spots.filter(({ unknown }) => unknown === 0),
		possible: spots.filter(({ unknown }) => unknown > 0)
	};
}
