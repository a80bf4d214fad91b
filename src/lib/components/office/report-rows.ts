import { codeLists, label, topicGroups } from '#lib/domain/code-lists.ts';
import { languageName, type Locale } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Dimension, Report } from '#lib/statistics/report.ts';

/** One class of a dimension, as people read it. */
export interface ReportRow {
	id: string;
	label: string;
	count: number;
}

/** Classes that say that something is not known; they stand last. */
const UNSAID = ['other', 'unknown', ''];

/** What people read for one class. */
export function nameOf(dimension: Dimension, id: string, locale: Locale): string {
	switch (dimension) {
		case 'municipality':
			return id ? municipalityName(id, locale) : m.office_no_place({}, { locale });
		case 'topicGroup':
			if (!id) return m.office_no_topic({}, { locale });
			return topicGroups.find((group) => group.id === id)?.short[locale] ?? label('topic', id, locale);
		case 'language':
			return id ? languageName(id, locale) : m.office_not_asked({}, { locale });
		case 'residenceLength':
			return id ? label('residence-length', id, locale) : m.office_not_asked({}, { locale });
	}
}

/** The classes of one dimension: the largest first; lengths of residence in the order of their scale. */
export function rowsOf(report: Report, dimension: Dimension, locale: Locale): ReportRow[] {
	const { compare } = new Intl.Collator(locale);
	const scale = codeLists['residence-length'].codes.map((code) => code.id);
	const rows = Object.entries(report.counts[dimension]).map(([id, count]) => ({
		id,
		label: nameOf(dimension, id, locale),
		count
	}));
	const place = ({ id }: ReportRow) => {
		if (dimension !== 'residenceLength') return 0;
		return scale.includes(id) ? scale.indexOf(id) : scale.length;
	};
	return rows.sort(
		(a, b) =>
			UNSAID.indexOf(a.id) - UNSAID.indexOf(b.id) ||
			place(a) - place(b) ||
			b.count - a.count ||
			compare(a.label, b.label)
	);
}
