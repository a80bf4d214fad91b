import fc from 'fast-check';
import { expect, it } from 'vitest';
import { question } from '#lib/statistics/question.ts';
import { choiceQuery, choiceQuestion, choosable, filterIds, readChoice } from './report-choice.ts';

const TODAY = '2026-11-26';
const read = (text: string) => readChoice(new URLSearchParams(text), TODAY);

it('what is chosen comes back from the address', () => {
	const choices = fc.record({
		rows: fc.constantFrom(...choosable),
		columns: fc.option(fc.constantFrom(...choosable), { nil: '' }),
		filter: fc.constantFrom(...filterIds),
		value: fc.constantFrom('140', '-', 'ar', ''),
		measure: fc.constantFrom('participants', 'referrals', '', 'shoes'),
		period: fc.constantFrom(
			'period=last-12-months',
			'from=2026-01-01&to=2026-03-31',
			'from=2026-01-05&to=2026-03-31'
		)
	});
	fc.assert(
		fc.property(choices, ({ rows, columns, filter, value, measure, period }) => {
			const choice = read(`${period}&rows=${rows}&columns=${columns}&count=${measure}&${filter}=${value}`);
			expect(read(choiceQuery(choice))).toEqual(choice);
			expect(question.safeParse(choiceQuestion(choice)).success).toBe(true);
		})
	);
});

it('what is no choice is the usual one', () => {
	expect(read('rows=name&columns=publicTopic')).toMatchObject({ rows: 'municipality', columns: undefined });
	expect(read('rows=language&columns=language').columns).toBeUndefined();
});

it('asks for the crossed table first, and for each dimension once', () => {
	expect(choiceQuestion(read('rows=language&columns=topic&desk=-&from=2026-03-01&to=2026-03-31'))).toEqual({
		from: '2026-03-01',
		to: '2026-03-31',
		where: { desk: [''] },
		tables: [
			['language', 'topic'],
			['language'],
			['topic'],
			['day'],
			['municipality'],
			['topicGroup'],
			['residenceLength']
		]
	});
});
