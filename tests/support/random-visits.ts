import fc from 'fast-check';
import { topicIds } from '#lib/domain/code-lists.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { dimensionIds, type DimensionId } from '#lib/statistics/dimensions.ts';
import { measureIds } from '#lib/statistics/measures.ts';
import type { Question } from '#lib/statistics/question.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2024, 10, 20);

/** Two people with a card. */
const CARDS = ['234567892345', 'ACDEFHJKMPRT'];

/** Some part of the values of a field, asked or not; also codes that no list has. */
const some = (...values: JsonValue[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

/** Fields of a made-up visit of the year and a half from November 2024 on. */
export const visitFieldsOf = fc
	.record({
		at: fc
			.integer({ min: 0, max: 540 * 24 })
			.map((hours) => new Date(FIRST + (hours * DAY) / 24).toISOString()),
		deskMunicipality: some('140', '263', '911', '541', null),
		clientMunicipality: some('140', '925', 'elsewhere', 'unknown'),
		channel: some('roaming', 'phone', 'newer-channel'),
		language: some('ar', 'ru', 'fa', 'unknown', 'Ar'),
		interpreting: some('none', 'interpreter-phone'),
		duration: some('0-5', '5-15'),
		clientStatus: some('new', 'returning'),
		residenceLength: some('under-1', '1-3', 'unknown'),
		residenceGround: some('work', 'undocumented'),
		ageBand: some('25-44', '65-'),
		citizenshipGroup: some('fi', 'third-country'),
		origin: some('RU', 'IQ', 'EE'),
		education: some('basic', 'unknown'),
		employment: some('employed', 'unemployed'),
		participants: fc.option(
			fc.array(
				fc.record({ language: fc.constantFrom('ar', 'ru', 'so'), count: fc.integer({ min: 1, max: 9 }) }),
				{
					maxLength: 3
				}
			),
			{ nil: undefined, freq: 1 }
		),
		referrals: fc.option(
			fc.array(
				fc.record(
					{
						to: fc.constantFrom('kela', 'migri', 'victim-support', 'none', 'newer-body'),
						how: fc.constantFrom('told', 'letter')
					},
					{ requiredKeys: ['to'] }
				),
				{ maxLength: 3 }
			),
			{ nil: undefined }
		),
		takenUp: some(
			[],
			[{ to: 'kela', result: 'yes' }],
			[
				{ to: 'migri', result: 'unknown' },
				{ to: 'kela', result: 'no' }
			]
		),
		followUp: some(null, '2025-06-01', '2026-01-15'),
		clientCard: some(null, ...CARDS),
		topics: fc.option(
			fc.array(fc.constantFrom(...topicIds.slice(0, 30), 'newer.topic', 'newer', 'Work'), { maxLength: 4 }),
			{ nil: undefined }
		)
	})
	.map((fields) =>
		Object.fromEntries(
			Object.entries(fields).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
		)
	);

const id = fc.constantFrom(...dimensionIds);
const date = fc
	.integer({ min: -40, max: 580 })
	.map((day) => new Date(FIRST + day * DAY).toISOString().slice(0, 10));

/** Classes that occur and some that do not. */
const classes = fc.uniqueArray(
	fc.constantFrom('', '140', '925', 'ar', 'unknown', 'work', 'permits', 'newer', 'newer.topic', 'roaming', '2025-Q1', '2025-03', 'under-1', '1-3', '25-44', 'RU', 'new', 'kela', 'none', 'told', 'yes', 'open', 'to-7'), // prettier-ignore
	{ minLength: 1, maxLength: 9 }
);

/** A question that somebody could ask. */
export const questionOf: fc.Arbitrary<Question> = fc
	.record({
		dates: fc.tuple(date, date),
		where: fc.dictionary(id, classes, { maxKeys: 2, noNullPrototype: true }),
		tables: fc.array(fc.oneof(fc.tuple(id), fc.tuple(id, id)), { minLength: 1, maxLength: 4 }),
		measure: fc.option(fc.constantFrom(...measureIds), { nil: undefined })
	})
	.map(({ dates, where, tables, measure }) => {
		const [from, to] = dates.toSorted();
		return {
			from,
			to,
			where: where as Partial<Record<DimensionId, string[]>>,
			tables,
			...(measure && { measure })
		} as Question;
	});
