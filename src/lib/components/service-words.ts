import { topicGroupOf } from '#lib/domain/code-lists.ts';
import { formatDate } from '#lib/domain/dates.ts';
import { primaryLanguage, shownText, type ShownText } from '#lib/directory/fallback.ts';
import { languageName, type Locale } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import type { Service } from '#lib/domain/service.ts';
import { m } from '#lib/paraglide/messages.js';

/** What an adviser reads of a service; words of the card and of the list in one place. */

/** The name for an adviser of this locale. Every service has one; where it does not, its id keeps it from being blank. */
export function serviceName(service: Service, locale: Locale): ShownText {
	const none = { text: service.id, language: 'zxx', dir: 'ltr' as const };
	return shownText(service.name, locale) ?? { ...none, fallback: false, machine: false, checked: undefined };
}

/** The topic group that stands for the service: its first one. */
export const mainTopic = (service: Service): string => topicGroupOf(service.topics[0] ?? 'other');

/** The year of the public document that names an advice point. */
export const sourceYear = (service: Service): string => service.source.date.slice(0, 4);

/** A tile is narrower than the longest labels, and not every browser knows where Finnish or Swedish words may break. */
export const breakable = (label: string): string =>
	label.replace(/(\p{L}{7,40})(palvelut|tjänster)/gu, '$1\u00ad$2');

/** Where it is, in words; undefined where it is for the whole country. */
export function places({ municipalities }: Service, locale: Locale): string | undefined {
	if (municipalities.length === 0) return undefined;
	return municipalities.map((code) => municipalityName(code, locale)).join(', ');
}

/** A language by name, or the tag that nobody has a name for. */
export const languageNames = (tags: readonly string[], locale: Locale): string =>
	tags.map((tag) => languageName(tag, locale)).join(', ');

/** Languages that a text field has, in the order of the given list, then by tag. */
export function languagesOf(texts: Texts, order: readonly string[]): string[] {
	const rank = (tag: string) => (order.includes(tag) ? order.indexOf(tag) : order.length);
	return Object.keys(texts).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** What was checked, or written where nobody checked it, longer ago than this says so, days. */
const FRESH = 183;

/** The last day on which its facts were known to be right: that of the check, else the latest that the date of the source may mean. */
function lastKnown({ verified, source }: Service): number {
	const [year = '', month = '12', day] = (verified?.on ?? source.date).split('-');
	return day === undefined
		? Date.UTC(Number(year), Number(month), 0, 12)
		: Date.parse(`${year}-${month}-${day}T12:00:00Z`);
}

/** Whether its facts were last known to be right too long ago. */
export const isStale = (service: Service, now: number): boolean =>
	now - lastKnown(service) > FRESH * 86_400_000;

/** What a line of a list says about old facts; undefined where there is nothing to say. */
export function ageNote(service: Service, now: number, locale: Locale): string | undefined {
	if (service.kind === 'advice-point') return m.service_advice_point({ year: sourceYear(service) });
	if (!isStale(service, now)) return undefined;
	return service.verified === null
		? m.service_written_since({ date: sourceDate(service.source.date, locale) })
		: m.service_stale_since({ date: formatDate(`${service.verified.on}T12:00:00Z`, locale, 'date') });
}

/** When and by whom the facts were verified, and what that means today. */
export function verification(service: Service, now: number, locale: Locale): string {
	const { verified } = service;
	if (verified === null)
		return isStale(service, now)
			? `${m.service_not_verified()} ${m.service_stale_source()}`
			: m.service_not_verified();
	const date = formatDate(`${verified.on}T12:00:00Z`, locale, 'date');
	const said = m.service_verified({ date, by: verified.by });
	return isStale(service, now) ? `${said}. ${m.service_stale()}` : said;
}

/** The date of a source, as exact as it is known: `2018`, `10/2018` or `28.2.2023`. */
export function sourceDate(date: string, locale: Locale): string {
	const [year = '', month, day] = date.split('-');
	if (month === undefined) return year;
	return day === undefined ? `${Number(month)}/${year}` : formatDate(`${date}T12:00:00Z`, locale, 'date');
}

/** A source with its date. */
export const sourceText = ({ title, date }: Service['source'], locale: Locale): string =>
	m.service_source({ title, date: sourceDate(date, locale) });

function onlyIn(tag: string, locale: Locale): string {
	switch (primaryLanguage(tag)) {
		case 'fi':
			return m.service_only_fi();
		case 'sv':
			return m.service_only_sv();
		case 'en':
			return m.service_only_en();
		default:
			return m.service_only_in({ language: languageName(tag, locale) });
	}
}

/** What has to be said about the language of a text; undefined where it is simply the one asked for. */
export function languageNote(shown: ShownText, locale: Locale): string | undefined {
	const notes: string[] = [];
	if (shown.fallback) notes.push(onlyIn(shown.language, locale));
	if (shown.machine && shown.checked === undefined) notes.push(m.service_machine());
	if (shown.machine && shown.checked !== undefined) {
		notes.push(m.service_machine_checked({ date: formatDate(`${shown.checked}T12:00:00Z`, locale, 'date') }));
	}
	return notes.length > 0 ? notes.join(', ') : undefined;
}
