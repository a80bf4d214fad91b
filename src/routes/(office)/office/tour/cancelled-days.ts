import type { Reception } from '#lib/domain/tour.ts';

/** Days from `today` (civil date) on that are cancelled, each with its reason, in order. */
export function cancelledDays(reception: Reception, today: string): { date: string; reason: string }[] {
	return Object.entries(reception)
		.flatMap(([name, reason]) => {
			const date = /^cancelled_(\d{4}-\d{2}-\d{2})$/.exec(name)?.[1];
			return date !== undefined && date >= today && typeof reason === 'string' ? [{ date, reason }] : [];
		})
		.sort((a, b) => (a.date < b.date ? -1 : 1));
}
