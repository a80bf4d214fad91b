import { formatTimeRange } from '#lib/domain/dates.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { ChangeKind, GuideFault, Hindrance, ReportedChange } from '#lib/domain/tour-change.ts';
import { m } from '#lib/paraglide/messages.js';

const kinds: Record<ChangeKind, () => string> = {
	'cannot-hold': m.change_what_cannot_hold,
	hours: m.change_what_hours,
	moved: m.change_what_moved,
	'door-closed': m.change_what_door_closed,
	guide: m.change_what_guide
};
const whys: Record<Hindrance, () => string> = {
	prevented: m.change_why_prevented,
	journey: m.change_why_journey,
	elsewhere: m.change_why_elsewhere,
	other: m.change_why_other
};
const guides: Record<GuideFault, () => string> = {
	keys: m.change_guide_keys,
	wifi: m.change_guide_wifi,
	opener: m.change_guide_opener,
	other: m.change_guide_other
};

/** A code in words; one of a newer version as whatever else there is. */
const said = <Code extends string>(words: Record<Code, () => string>, code: string, other: () => string) =>
	(Object.hasOwn(words, code) ? words[code as Code] : other)();

export const kindWords = (what: string): string => said(kinds, what, m.change_what_other);
export const hindranceWords = (why: string): string => said(whys, why, m.change_why_other);
export const guideWords = (guide: string): string => said(guides, guide, m.change_guide_other);

/** What is reported, a line for each thing. */
export function changeLines(change: ReportedChange, locale: Locale): string[] {
	const { what, why, from, to, place, guide, right, text } = change;
	return [
		[kindWords(what), why && hindranceWords(why)].filter(Boolean).join(' · '),
		from && to && m.change_hours_from_to({ hours: formatTimeRange(from, to, locale) }),
		place && m.change_place_is({ place }),
		right && m.change_right_is({ what: guideWords(guide ?? 'other'), words: right }),
		text && `”${text}”`
	].filter((line): line is string => Boolean(line));
}
