import { expect, test } from 'vitest';
import { label } from '#lib/domain/code-lists.ts';
import type { Figures } from '#lib/statistics/question.ts';
import type { DimensionId } from '#lib/statistics/dimensions.ts';
import { className } from '#lib/statistics/words.ts';
import { classRows, crossTable } from './report-tables.ts';

const table = (by: DimensionId[], counts: Record<string, number>) => ({
	by,
	cells: Object.entries(counts).map(([name, contacts]) => ({ classes: name.split('|'), contacts }))
});
const figures = (...tables: Figures['tables']): Figures => ({
	from: '2026-01-01',
	to: '2026-01-31',
	contacts: 12,
	tables
});
const names = new Map([['d1', 'Kirjasto']]);
const shown = (now: Figures, id: DimensionId, locale: 'fi' | 'sv' | 'en' = 'fi', before?: Figures) =>
	classRows(now, before, id, locale, names).map(({ label, count }) => `${label} ${count}`);

test('the largest class first, what is not known last', () => {
	expect(shown(figures(table(['municipality'], { '': 4, '263': 3, '140': 5 })), 'municipality')).toEqual([
		'Iisalmi 5',
		'Kiuruvesi 3',
		'Ei paikkaa 4'
	]);
	expect(shown(figures(table(['language'], { ar: 2, '': 3, unknown: 4, ru: 2, xx: 1 })), 'language')).toEqual(
		['arabia 2', 'venäjä 2', 'xx 1', 'kieli ei tiedossa 4', 'Ei kysytty 3']
	);
	expect(
		shown(
			figures(table(['topicGroup'], { '': 1, other: 9, permits: 2, 'social-security': 6 })),
			'topicGroup',
			'sv'
		)
	).toEqual([
		'Social trygghet, förmåner 6',
		'Tillstånd, medborgarskap 2',
		expect.stringMatching(/ 9$/),
		'Inget ärende 1'
	]);
	expect(shown(figures(table(['desk'], { d1: 2, gone1234: 1 })), 'desk')).toEqual([
		'Kirjasto 2',
		'Nimi ei ole tallessa (1234) 1'
	]);
});

test('an own topic has its name where topics stand by themselves, and stays in its group elsewhere', () => {
	const own = new Map([
		['housing.own-4k2m', 'Mökki'],
		['permits.citizenship', 'not what it is called']
	]);
	const counts = { 'housing.own-4k2m': 4, 'permits.citizenship': 3, 'work.own-gone': 2, 'space.moon': 1 };
	expect(
		classRows(figures(table(['topic'], counts)), undefined, 'topic', 'sv', own).map(({ label }) => label)
	).toEqual(['Mökki', label('topic', 'permits.citizenship', 'sv'), 'work.own-gone', 'space.moon']);
	// What may leave the organisation is never called by its own names, whoever hands them in.
	for (const id of ['publicTopic', 'publicGroup', 'topicGroup', 'topicArea'] as const)
		expect(className(id, 'housing.own-4k2m', 'fi', own)).toBe('housing.own-4k2m');
});

test('scales and times keep their own order', () => {
	const residence = { unknown: 1, '': 2, 'over-5': 5, 'under-1': 1, '1-3': 3 };
	expect(shown(figures(table(['residenceLength'], residence)), 'residenceLength', 'en')).toEqual([
		'Less than 1 year 1',
		'1–3 years 3',
		'Over 5 years 5',
		'Not known 1',
		'Not asked 2'
	]);
	expect(shown(figures(table(['quarter'], { '2026-Q1': 1, '2025-Q4': 9 })), 'quarter', 'en')).toEqual([
		'Q4 2025 9',
		'Q1 2026 1'
	]);
	expect(shown(figures(table(['week'], { '2026-W02': 1 })), 'week')).toEqual(['vk 2/2026 1']);
});

test('of a measure its own numbers are shown, and nothing of contacts that have none of it', () => {
	const cell = (name: string, contacts: number, count: number) => ({ classes: [name], contacts, count });
	const now: Figures = {
		...figures(
			{ by: ['sentTo'], cells: [cell('', 7, 0), cell('kela', 4, 5), cell('none', 2, 0)] },
			{ by: ['municipality'], cells: [cell('140', 9, 5), cell('263', 4, 0)] }
		),
		measure: 'referrals',
		count: 5
	};
	expect(shown(now, 'sentTo')).toEqual(['Kela 5']);
	expect(shown(now, 'municipality')).toEqual(['Iisalmi 5', 'Kiuruvesi 0']);
});

test('a class that only the period before has stands there with nothing', () => {
	const before = figures(table(['municipality'], { '140': 2, '925': 7 }));
	expect(
		classRows(figures(table(['municipality'], { '140': 5 })), before, 'municipality', 'fi', names)
	).toEqual([
		{ id: '140', label: 'Iisalmi', count: 5, before: 2 },
		{ id: '925', label: 'Vieremä', count: 0, before: 7 }
	]);
});

test('a crossed table has the sums of its dimensions, which are not always sums of its cells', () => {
	const now = figures(
		table(['topicGroup', 'language'], { 'permits|ar': 3, 'permits|ru': 1, 'work|ru': 2 }),
		table(['topicGroup'], { permits: 4, work: 2 }),
		table(['language'], { ar: 3, ru: 2 })
	);
	const { columns, rows, left } = crossTable(now, 'topicGroup', 'language', 'en', names);
	expect(columns).toEqual([
		{ id: 'ar', label: 'Arabic', sum: 3 },
		{ id: 'ru', label: 'Russian', sum: 2 }
	]);
	expect(rows.map(({ sum, cells }) => [sum, ...cells])).toEqual([
		[4, 3, 1],
		[2, 0, 2]
	]);
	expect(left).toEqual({ rows: 0, columns: 0 });
});

test('of too many classes the smallest are left out, and it says how many', () => {
	const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`x${index}`, 30 - index]));
	const crossed = Object.fromEntries(Object.entries(many).map(([name, count]) => [`140|${name}`, count]));
	const now = figures(
		table(['municipality', 'language'], crossed),
		table(['municipality'], { '140': 12 }),
		table(['language'], many)
	);
	const { columns, left } = crossTable(now, 'municipality', 'language', 'fi', names);
	expect(columns).toHaveLength(16);
	expect(columns.map(({ sum }) => sum)).toEqual(Array.from({ length: 16 }, (_, index) => 30 - index));
	expect(left).toEqual({ rows: 0, columns: 14 });
});
