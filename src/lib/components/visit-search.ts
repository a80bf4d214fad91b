import { visitOf } from '#lib/device/visit-of.ts';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { fold } from '#lib/directory/fold.ts';
import { label, topicGroupOf } from '#lib/domain/code-lists.ts';
import { languageName } from '#lib/domain/codes/language-names.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { topicLabel, usualSettings, type RegisterSettings } from '#lib/domain/register-settings.ts';
import type { RecordState } from '#lib/domain/record.ts';
import type { Desk } from '#lib/domain/tour.ts';

/** What can be found of each visit, in one spelling. A page is in one language, and a changed visit is another state. */
const searchable = new WeakMap<RecordState, string>();

function textOf(entry: Pick<VisitEntry, 'id' | 'state'>, locale: Locale): string {
	const known = searchable.get(entry.state);
	if (known !== undefined) return known;
	const { topics = [], topicText = '', language, notes } = visitOf(entry);
	const codes = new Set(topics.flatMap((topic) => [topic, topicGroupOf(topic)]));
	const text = fold(
		[
			...[...codes].map((code) => label('topic', code, locale)),
			topicText,
			language ? languageName(language, locale) : '',
			...notes.map((note) => note.text)
		].join('\n')
	);
	searchable.set(entry.state, text);
	return text;
}

/**
 * Whether a visit has every word of a query in its topics, language, place or notes; parts of words count, spelling of letters
 * does not (`tyo` finds työ). An empty query fits all.
 */
export function visitSearch(
	query: string,
	desks: readonly Desk[],
	locale: Locale,
	settings: Pick<RegisterSettings, 'topics'> = usualSettings
): (entry: Pick<VisitEntry, 'id' | 'state' | 'glance'>) => boolean {
	const words = fold(query.trim()).split(/\s+/).filter(Boolean);
	const places = new Map(desks.map(({ id, name }) => [id, fold(name)]));
	const own = new Map([...settings.topics.keys()].map((id) => [id, fold(topicLabel(id, settings, locale))]));
	return (entry) => {
		// What the organisation calls its places and its own topics may change: it stands beside what the visit itself says.
		const { desk, topics } = entry.glance;
		const around = [places.get(desk ?? '') ?? '', ...topics.map((id) => own.get(id) ?? '')];
		return words.every(
			(word) => around.some((name) => name.includes(word)) || textOf(entry, locale).includes(word)
		);
	};
}
