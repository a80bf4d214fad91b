import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';

/** Days that count for what is usual at a desk, how many languages are offered, and what fills a list that is too short. */
const DAYS = 60;
const OFFERED = 5;
const USUAL = ['fi', 'en', 'ru', 'ar', 'uk'];

/** The languages of this desk's last sixty days, most used first. `visits`: newest first. */
export function languagesAt(
	visits: readonly Pick<VisitEntry, 'at' | 'glance'>[],
	desk: string | null,
	now: number
): string[] {
	const counts = new Map<string, number>();
	for (const { at, glance } of visits) {
		if (at < now - DAYS * 86_400_000) break;
		const { language } = glance;
		if (glance.desk !== desk || !language || language === 'unknown') continue;
		counts.set(language, (counts.get(language) ?? 0) + 1);
	}
	return [...counts].sort((a, b) => b[1] - a[1]).map(([language]) => language);
}

/**
 * The languages offered first: most used at this desk, then those of the reception, then the usual ones. They are only
 * ordered so; none is chosen beforehand.
 */
export function offeredLanguages(used: readonly string[], reception: readonly string[]): string[] {
	return [...new Set([...used, ...reception, ...USUAL])].slice(0, OFFERED);
}
