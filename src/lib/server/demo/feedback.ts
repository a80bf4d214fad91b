import { helsinki } from '#lib/domain/dates.ts';
import type { GivenFeedback } from '#lib/server/feedback/count-feedback.ts';
import { DEMO_DESKS } from './organisation.ts';
import { draw, seeded } from './random.ts';

const SEED = 41;
const MONTHS = 12;

/** Answers of a month for each unit of the root of a desk's residents, to which its contacts are in proportion, too. */
const PER_ROOT = 0.9;

/** Invented answers of the twelve months before a start, by the month in which they came. */
export function demoFeedback(now: number): Map<string, GivenFeedback[]> {
	const random = seeded(SEED);
	const [year = 0, month = 1] = helsinki(now).date.split('-').map(Number);
	const months = new Map<string, GivenFeedback[]>();
	for (let back = MONTHS; back >= 1; back -= 1) {
		const name = new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7);
		const given = DEMO_DESKS.flatMap(({ id, residents }) =>
			Array.from({ length: Math.round(Math.sqrt(residents) * PER_ROOT) }, () => oneOf(id, random))
		);
		months.set(name, given);
	}
	return months;
}

function oneOf(desk: string, random: () => number): GivenFeedback {
	const language = draw(random, [
		['ru', 6],
		['uk', 5],
		['ar', 4],
		['en', 3],
		['et', 2],
		['fi', 2],
		['so', 1],
		['th', 1]
	] as const);
	return {
		desk,
		language,
		help: draw(random, [
			['good', 14],
			['so-so', 4],
			['bad', 1],
			[null, 1]
		] as const),
		next: draw(random, [
			['yes', 11],
			['partly', 5],
			['no', 2],
			[null, 2]
		] as const),
		own: draw(random, [
			['yes', language === 'so' || language === 'th' ? 1 : 9],
			['partly', 5],
			['no', 4],
			[null, 2]
		] as const),
		source: draw(random, [
			['handed', 4],
			['code', 1]
		] as const)
	};
}
