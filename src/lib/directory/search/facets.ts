import { primaryLanguage } from '#lib/directory/fallback.ts';
import type { Filter } from '#lib/directory/filter.ts';
import { topicGroupOf } from '#lib/domain/code-lists.ts';
import { currentMunicipality } from '#lib/domain/municipalities.ts';
import type { Service } from '#lib/domain/service.ts';

/** What an index knows of a service for narrowing down; the same as `passes` in `filter.ts`, apart from the hours. */
export function facetsOf({ kind, topics, serviceLanguages, municipalities }: Service): string[] {
	const places = municipalities.map((code) => `m:${currentMunicipality(code)}`);
	// A place of public documents without a municipality is one whose place nobody knows.
	const everywhere = places.length === 0 && kind !== 'advice-point' ? ['m:'] : [];
	return [
		...new Set([
			...topics.map((topic) => `t:${topicGroupOf(topic)}`),
			...serviceLanguages.map((tag) => `l:${primaryLanguage(tag)}`),
			...places,
			...everywhere
		])
	];
}

/** The facets that a filter asks for: of each list, one at least. */
export function facetsAsked({ topic, municipality, language }: Filter): string[][] {
	return [
		...(topic === undefined ? [] : [[`t:${topic}`]]),
		...(municipality === undefined ? [] : [[`m:${currentMunicipality(municipality)}`, 'm:']]),
		...(language === undefined ? [] : [[`l:${primaryLanguage(language)}`]])
	];
}
