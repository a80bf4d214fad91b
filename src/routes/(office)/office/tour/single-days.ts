import type { Reception } from '#lib/domain/tour.ts';

/** What is said of single days from `today` (civil date) on, in their order. */
function singleDays(reception: Reception, today: string, kind: 'cancelled' | 'held') {
	return Object.entries(reception)
		.flatMap(([name, value]) => {
			const date = name.startsWith(`${kind}_`) ? name.slice(kind.length + 1) : '';
			return date >= today ? [{ date, value: value as unknown }] : [];
		})
		.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Days that are cancelled, each with its reason. */
export const cancelledDays = (reception: Reception, today: string): { date: string; reason: string }[] =>
	singleDays(reception, today, 'cancelled').flatMap(({ date, value }) =>
		typeof value === 'string' ? [{ date, reason: value }] : []
	);

/** Days that somebody holds in the place of the reception's advisers: who, by membership. */
export const substitutedDays = (
	reception: Reception,
	today: string
): { date: string; advisers: string[] }[] =>
	singleDays(reception, today, 'held').flatMap(({ date, value }) =>
		Array.isArray(value) ? [{ date, advisers: value as string[] }] : []
	);
