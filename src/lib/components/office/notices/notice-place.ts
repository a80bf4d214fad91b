import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { Audience, Notice } from '#lib/domain/notice.ts';
import type { Desk } from '#lib/domain/tour.ts';
import { m } from '#lib/paraglide/messages.js';

const audiences: Readonly<Record<Audience, () => string>> = {
	advisers: m.notices_for_advisers,
	clients: m.notices_for_clients,
	both: m.notices_for_both
};

/** For whom a notice is, in words. */
export const audienceWords = (audience: Audience): string => audiences[audience]();

/** What a notice is about, in words. */
export function placeWords(
	{ municipalities, desk }: Pick<Notice, 'municipalities' | 'desk'>,
	desks: readonly Desk[],
	locale: Locale
): string {
	const towns = (municipalities ?? []).map((code) => municipalityName(code, locale));
	const name = desk && (desks.find(({ id }) => id === desk)?.name ?? m.tour_unknown_desk());
	return [...towns, ...(name ? [name] : [])].join(', ') || m.notices_everywhere();
}
