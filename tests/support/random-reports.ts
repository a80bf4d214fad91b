import fc from 'fast-check';
import { seeded } from '#lib/server/demo/random.ts';
import type { DimensionId } from '#lib/statistics/dimensions.ts';
import { factsOfValues } from '#lib/domain/visit-facts.ts';
import type { ReportSet } from '#lib/statistics/suppression/system.ts';
import { plainCount } from './plain-count.ts';

const names = {
	municipality: ['140', '239', '263', '402', '595'],
	language: ['ar', 'fa', 'ru', 'so', 'other'],
	residenceLength: ['under-1', '1-3', '3-5', 'over-5', 'unknown'],
	topicGroup: ['work', 'housing', 'health', 'permits', 'other']
} as const;

export interface Sizes {
	/** Most classes of a dimension. */
	classes: number;
	/** Most contacts of a report. */
	contacts: number;
	/** The forms that a report may have: what each of its tables is by. */
	forms: readonly (readonly DimensionId[])[][];
}

/** Reports of made-up visits: a few common classes and some rare ones, by one dimension or crossed, with totals or without. */
export function reportSets(sizes: Sizes): fc.Arbitrary<ReportSet> {
	return fc
		.record({
			seed: fc.nat(),
			contacts: fc.integer({ min: 5, max: sizes.contacts }),
			/** How much more common the first classes are than the last. */
			skew: fc.constantFrom(1, 1.5, 2.5, 4),
			width: fc.integer({ min: 2, max: sizes.classes }),
			height: fc.integer({ min: 2, max: sizes.classes }),
			form: fc.constantFrom(...sizes.forms)
		})
		.map(({ seed, contacts, skew, width, height, form }) => {
			const random = seeded(seed);
			const pick = (of: readonly string[]) => of[Math.floor(random() ** skew * of.length)]!;
			const classes = {
				municipality: names.municipality.slice(0, height),
				language: names.language.slice(0, width),
				residenceLength: names.residenceLength.slice(0, Math.max(2, width - 1)),
				topicGroup: names.topicGroup.slice(0, width)
			};
			const visits = Array.from({ length: contacts }, () => ({
				...factsOfValues({
					at: '2026-01-01T10:00:00Z',
					deskMunicipality: pick(classes.municipality),
					language: pick(classes.language),
					residenceLength: pick(classes.residenceLength),
					topics:
						random() < 0.3 ? [pick(classes.topicGroup), pick(classes.topicGroup)] : [pick(classes.topicGroup)]
				})!,
				adviser: ''
			}));
			const tables = form.map((by) => [...by]);
			const figures = plainCount(visits, { from: '2026-01-01', to: '2026-01-01', where: {}, tables });
			return { contacts, tables: figures.tables, classes };
		});
}
