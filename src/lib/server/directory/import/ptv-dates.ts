import { helsinki } from '#lib/domain/dates.ts';

/** A date of the catalogue: the civil day, or that it says no day at all, or that it cannot be read. */
export type CatalogueDate = { day: string } | 'open' | 'unreadable';

/**
 * The day in Finland of a date of the Finnish service catalogue. Version 11 gives instants in UTC, most of them without saying
 * so: `2024-12-23T22:00:00` is Christmas Eve. Only a last minute of a day without a zone is the day that it says.
 *
 * The years 1 and 9999 stand for "no date": there the catalogue has no beginning or no end.
 */
export function catalogueDate(value: string): CatalogueDate {
	if (!value.trim()) return 'open';
	const [, day, time = '', zone = ''] =
		/^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(value.trim()) ??
		[];
	if (!day) return 'unreadable';
	const year = Number(day.slice(0, 4));
	if (year < 1900 || year > 2999) return 'open';
	const at = Date.parse(`${day}T${time || '00:00'}${zone || 'Z'}`);
	// Date.parse takes 31 February for a day in March.
	if (Number.isNaN(at) || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day) return 'unreadable';
	return { day: !time || (!zone && time.startsWith('23:59')) ? day : helsinki(at).date };
}

/** A time of the catalogue as ISO 8601 that says its zone: what has none is UTC. */
export function utcInstant(value: string): string {
	return /T.*(Z|[+-]\d{2}:?\d{2})$|^[^T]*$/.test(value.trim()) ? value.trim() : `${value.trim()}Z`;
}
