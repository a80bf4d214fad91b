import type { TourSubject } from '#lib/directory/take-away/public-address.ts';
import { direction, ownLanguageName } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Desk } from '#lib/domain/tour.ts';

/** A name with the language that it is written in, BCP 47. */
export interface SubjectName {
	text: string;
	language: string;
	dir: 'ltr' | 'rtl';
}

/** The name of a municipality for a reader of any language: the official one, Swedish for Swedish readers. */
export function townName(code: string, reader: string): SubjectName {
	const language = reader === 'sv' ? 'sv' : 'fi';
	return { text: municipalityName(code, language), language, dir: 'ltr' };
}

/** What a page of the tour is about, by name; of all of it, the organisation. */
export function subjectName(
	subject: TourSubject,
	desks: readonly Pick<Desk, 'id' | 'name'>[],
	organisation: string,
	reader: string
): SubjectName {
	switch (subject.kind) {
		case 'all':
			return { text: organisation, language: 'fi', dir: 'ltr' };
		case 'municipality':
			return townName(subject.code, reader);
		case 'desk':
			return { text: desks.find(({ id }) => id === subject.id)?.name ?? '', language: 'fi', dir: 'ltr' };
		case 'language':
			return {
				text: ownLanguageName(subject.tag),
				language: subject.tag,
				dir: direction(subject.tag)
			};
	}
}
