import { helsinki } from '#lib/domain/dates.ts';
import type { Glance } from '#lib/domain/visit-glance.ts';

/** What one's last day at a desk was like. */
export interface LastTime {
	/** Civil date. */
	date: string;
	visits: number;
	/** Languages that were spoken, unknown ones left out. */
	languages: number;
	/** Visits that were sent on. */
	referred: number;
	/** What was asked most; of two the one that comes first in the order of their codes. */
	topic: string | undefined;
}

/** The last day before today (civil date) with visits at a desk; undefined: none is on this phone. */
export function lastTime(
	visits: Iterable<{ at: number; glance: Glance }>,
	desk: string,
	today: string
): LastTime | undefined {
	let date = '';
	let day: Glance[] = [];
	for (const { at, glance } of visits) {
		if (glance.desk !== desk) continue;
		const on = helsinki(at).date;
		if (on >= today || on < date) continue;
		if (on > date) [date, day] = [on, []];
		day.push(glance);
	}
	if (date === '') return undefined;
	const topics = new Map<string, number>();
	for (const topic of day.flatMap((one) => one.topics)) topics.set(topic, (topics.get(topic) ?? 0) + 1);
	const [most] = [...topics].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	const languages = new Set(day.map(({ language }) => language ?? 'unknown'));
	languages.delete('unknown');
	return {
		date,
		visits: day.length,
		languages: languages.size,
		referred: day.filter(({ referred }) => referred).length,
		topic: most?.[0]
	};
}
