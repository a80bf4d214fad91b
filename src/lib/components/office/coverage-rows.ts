import {
	isLanguage,
	isTopic,
	type Coverage,
	type InLanguage,
	type InMunicipality,
	type InTopic
} from '#lib/directory/coverage.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import { className } from '#lib/statistics/words.ts';

/** What the coverage page narrows its figures down to; '' is everything. */
export interface CoverageFilter {
	municipality: string;
	topic: string;
	language: string;
}

/** A table of figures: one row a class; undefined where it has no such figure, words where they say why there is none. */
export interface FigureRows {
	columns: string[];
	rows: { id: string; label: string; cells: (number | string | undefined)[] }[];
}

const languageCells = ({ id, asked, given, unknown }: InLanguage) => [
	asked,
	...(isLanguage(id)
		? [given.local, given.nationwide, unknown.local + unknown.nationwide]
		: [undefined, undefined, undefined])
];

const languageColumns = (locale: Locale) => [
	m.coverage_column_contacts({}, { locale }),
	m.coverage_column_local({}, { locale }),
	m.coverage_column_nationwide({}, { locale }),
	m.coverage_column_unknown({}, { locale })
];

/** Topics of a municipality; with a language chosen, contacts in it and services given in it. */
export function topicRows(
	of: InMunicipality,
	{ topic, language }: CoverageFilter,
	locale: Locale
): FigureRows {
	const row = (id: string, cells: (number | undefined)[]) => ({
		id,
		label: className('topicGroup', id, locale),
		cells
	});
	const topics = of.topics.filter(({ id }) => topic === '' || id === topic);
	if (language !== '')
		return {
			columns: languageColumns(locale),
			rows: topics.flatMap(({ id, languages }) =>
				languages
					.filter((one) => one.id === language)
					.map((one) => {
						const [asked, ...others] = languageCells(one);
						return row(id, [asked, ...(isTopic(id) ? others : others.map(() => undefined))]);
					})
			)
		};
	return {
		columns: [
			m.coverage_column_contacts({}, { locale }),
			m.coverage_column_local({}, { locale }),
			m.coverage_column_nationwide({}, { locale }),
			m.coverage_column_evening({}, { locale }),
			m.coverage_column_weekend({}, { locale }),
			m.coverage_column_hours_unknown({}, { locale })
		],
		rows: topics.map((one) => row(one.id, [one.asked, ...topicCells(one)]))
	};
}

function topicCells({ id, services, evening, weekend, hoursUnknown }: InTopic): (number | undefined)[] {
	const cells = [services.local, services.nationwide, evening, weekend, hoursUnknown];
	return isTopic(id) ? cells : cells.map(() => undefined);
}

/** Languages of a municipality; with a topic chosen, contacts and services of that topic. */
export function languageRows(
	of: InMunicipality,
	{ topic, language }: CoverageFilter,
	locale: Locale
): FigureRows {
	const languages = topic === '' ? of.languages : (of.topics.find(({ id }) => id === topic)?.languages ?? []);
	return {
		columns: languageColumns(locale),
		rows: languages
			.filter(({ id }) => language === '' || id === language)
			.map((one) => ({ id: one.id, label: className('language', one.id, locale), cells: languageCells(one) }))
	};
}

/** Everything as a table for spreadsheets, one row for each municipality, topic and language. It says that it is internal. */
export function coverageTable({ from, to, municipalities }: Coverage, locale: Locale): (string | number)[][] {
	const all = m.coverage_all({}, { locale });
	const plain = (text: string) => text.replaceAll('\u00ad', '');
	const head = [
		m.coverage_column_code,
		m.coverage_filter_municipality,
		m.coverage_filter_topic,
		m.coverage_filter_language,
		m.coverage_column_contacts,
		m.coverage_column_local,
		m.coverage_column_nationwide,
		m.coverage_column_given_local,
		m.coverage_column_given_nationwide,
		m.coverage_column_unknown,
		m.coverage_column_evening,
		m.coverage_column_weekend,
		m.coverage_column_hours_unknown
	].map((word) => plain(word({}, { locale })));
	const rows = municipalities.flatMap((of) => {
		const line = (topic: string, language: string, cells: (number | undefined)[]) => [
			of.id,
			plain(className('municipality', of.id, locale)),
			topic,
			language,
			...cells.map((value) => value ?? '')
		];
		const { local, nationwide } = of.services;
		const given = (topic: string, cells: (number | undefined)[], languages: readonly InLanguage[]) =>
			languages.map((one) => {
				const [asked, ...spoken] = languageCells(one);
				return line(topic, plain(className('language', one.id, locale)), [
					asked,
					...cells,
					...spoken,
					...none(3)
				]);
			});
		return [
			line(all, all, [of.asked, local, nationwide, ...none(6)]),
			...given(all, [local, nationwide], of.languages),
			...of.topics.flatMap((topic) => {
				const name = plain(className('topicGroup', topic.id, locale));
				const [ownLocal, ownNationwide, ...hours] = topicCells(topic);
				return [
					line(name, all, [topic.asked, ownLocal, ownNationwide, ...none(3), ...hours]),
					...given(name, [ownLocal, ownNationwide], topic.languages)
				];
			})
		];
	});
	return [[m.office_internal({}, { locale }), from, to], head, ...rows];
}

const none = (count: number): undefined[] => Array.from({ length: count }, () => undefined);
