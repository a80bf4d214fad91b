import type { BlindSpot } from '#lib/directory/blind-spots.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import { className } from '#lib/statistics/words.ts';

/** What people read of coverage. */

/** `12 contacts` */
export const contactsWords = (count: number, locale: Locale): string =>
	m.coverage_contacts({ count, number: new Intl.NumberFormat(locale).format(count) }, { locale });

/** Place and subject, which stand before the sentence so that no name has to be inflected. */
export function spotSubject({ municipality, topic, language }: BlindSpot, locale: Locale): string[] {
	return [
		className('municipality', municipality, locale),
		...(topic === undefined ? [] : [className('topicGroup', topic, locale)]),
		...(language === undefined ? [] : [className('language', language, locale)])
	];
}

/** What is missing, and what there is instead. */
export function spotSentence({ kind, services, unknown }: BlindSpot, locale: Locale): string {
	const options = { locale };
	if (unknown === 0)
		switch (kind) {
			case 'language':
				return m.coverage_spot_language({}, options);
			case 'own-language':
				return m.coverage_spot_own_language({ services }, options);
			case 'topic':
				return m.coverage_spot_topic({}, options);
			case 'topic-language':
				return m.coverage_spot_topic_language({ services }, options);
			case 'hours':
				return m.coverage_spot_hours({ services }, options);
		}
	const maybe =
		kind === 'language'
			? m.coverage_maybe_language({}, options)
			: kind === 'own-language'
				? m.coverage_maybe_own_language({ services }, options)
				: m.coverage_maybe_topic_language({}, options);
	return `${maybe} ${m.coverage_languages_missing({ unknown }, options)}`;
}
