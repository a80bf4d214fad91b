import { languages } from '#lib/domain/languages.ts';

/**
 * Addresses of public pages: `/s/<organisation>/<service>/<language>`. The ids are UUIDs in base64url, 22 characters instead of 36, because every
 * character makes the code finer. The organisation is part of it: ids of shipped entries are the same everywhere.
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHORT = /^[A-Za-z0-9_-]{22}$/;

export function shortId(uuid: string): string {
	const bytes = uuid.replaceAll('-', '').match(/../g) ?? [];
	return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replace(/(?<!=)=+$/, '');
}

/** The id again; undefined for what `shortId` cannot have made. */
export function readShortId(short: string): string | undefined {
	if (!SHORT.test(short)) return undefined;
	const bytes = atob(short.replaceAll('-', '+').replaceAll('_', '/'));
	const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
	const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	return UUID.test(uuid) && shortId(uuid) === short ? uuid : undefined;
}

/** Path of the page in a language; without one, of the address that chooses it by what the browser asks for. */
export function publicPath(organisation: string, service: string, language?: string): string {
	const page = `/s/${shortId(organisation)}/${shortId(service)}`;
	return language === undefined ? page : `${page}/${language}`;
}

/** What a public page of the tour is about: all of it, a municipality by its code, a desk, or a language of reception, BCP 47. */
export type TourSubject =
	| { kind: 'all' }
	| { kind: 'municipality'; code: string }
	| { kind: 'desk'; id: string }
	| { kind: 'language'; tag: string };

const IN = 'in-';

function subjectPart(subject: TourSubject): string {
	switch (subject.kind) {
		case 'all':
			return 'all';
		case 'municipality':
			return subject.code;
		case 'desk':
			return shortId(subject.id);
		case 'language':
			return `${IN}${subject.tag}`;
	}
}

/** The subject again; undefined for what is none. No language of the table has a tag as long as an id. */
export function readTourSubject(part: string): TourSubject | undefined {
	if (part === 'all') return { kind: 'all' };
	if (/^\d{3}$/.test(part)) return { kind: 'municipality', code: part };
	const id = readShortId(part);
	if (id) return { kind: 'desk', id };
	const tag = part.startsWith(IN) ? part.slice(IN.length) : '';
	return languages().some(({ code }) => code === tag) ? { kind: 'language', tag } : undefined;
}

/** Path of a public page of the tour, `/w/<organisation>/<subject>/<language>`; without a language as above. */
export function tourPath(organisation: string, subject: TourSubject, language?: string): string {
	const page = `/w/${shortId(organisation)}/${subjectPart(subject)}`;
	return language === undefined ? page : `${page}/${language}`;
}

/** Path of the calendar of such a page. */
export const calendarPath = (organisation: string, subject: TourSubject, language: string): string =>
	`${tourPath(organisation, subject, language)}/calendar.ics`;

/** Path of the page on which clients say what they thought of the help at a desk, `/p/<organisation>/<desk>/<language>`; without a language as above. */
export function feedbackPath(organisation: string, desk: string, language?: string): string {
	const page = `/p/${shortId(organisation)}/${shortId(desk)}`;
	return language === undefined ? page : `${page}/${language}`;
}
