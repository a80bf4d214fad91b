import { pageLanguages } from '#lib/directory/take-away/page-phrases.ts';
import { readShortId, readTourSubject, type TourSubject } from '#lib/directory/take-away/public-address.ts';
import { helsinki } from '#lib/domain/dates.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { publicTour, stateOf, type PublicTour } from './public-tour.ts';

/** What an address of the tour, in its parts, leads to. */
export type AskedTour =
	| { status: 200; language: string; organisation: string; subject: TourSubject; found: PublicTour }
	| { status: 404 | 410; language: string };

/** Reads an address and looks for what it names. The answer's language is the address's where it names one, else English. */
export async function askedTour(
	{ store, now }: Pick<ServerContext, 'store' | 'now'>,
	params: { organisation: string; place: string; language: string }
): Promise<AskedTour> {
	const language = pageLanguages.find((tag) => tag === params.language);
	if (!language) return { status: 404, language: 'en' };
	const organisation = readShortId(params.organisation);
	const subject = readTourSubject(params.place);
	const found = organisation && subject && (await publicTour(store, organisation));
	if (!organisation || !subject || !found) return { status: 404, language };
	const state = stateOf(found, subject, helsinki(now()).date);
	if (state !== 'there') return { status: state === 'gone' ? 410 : 404, language };
	return { status: 200, language, organisation, subject, found };
}
