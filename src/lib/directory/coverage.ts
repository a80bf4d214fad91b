import * as z from 'zod/mini';
import { primaryLanguage } from '#lib/directory/fallback.ts';
import type { Offer } from '#lib/directory/offer.ts';
import { currentMunicipality } from '#lib/domain/municipalities.ts';

/**
 * What people asked for, set against what the directory offers (Finnish: katvealueet). Contacts are counted as the report counts
 * them; services are those of one day. Docs: docs/screens/coverage.md.
 */

/** Contacts of one class, as the database counts them. */
export interface Asked {
	/** Municipality of the desk, or ''. */
	municipality: string;
	/** Language of service as it was logged, or ''. */
	language: string;
	/** Topic group that the contacts touched, or '' for those without a topic. */
	topicGroup: string;
	contacts: number;
}

export interface Demand {
	/** Each contact once. */
	contacts: readonly Omit<Asked, 'topicGroup'>[];
	/** Each contact once in every topic group it touched. */
	touched: readonly Asked[];
}

/** Services that name the municipality, and those for the whole country. */
const reach = z.object({ local: z.int(), nationwide: z.int() });

const inLanguage = z.object({
	id: z.string(),
	asked: z.int(),
	/** Services known to be given in it. */
	given: reach,
	/** Services whose languages are not known. */
	unknown: reach
});

const inTopic = z.object({
	id: z.string(),
	asked: z.int(),
	services: reach,
	/** Services open after 16 from Monday to Friday. */
	evening: z.int(),
	/** Services open on a Saturday or Sunday. */
	weekend: z.int(),
	/** Services that are neither, as far as is known, because their hours are not known. */
	hoursUnknown: z.int(),
	languages: z.array(inLanguage)
});

const inMunicipality = z.object({
	id: z.string(),
	asked: z.int(),
	services: reach,
	topics: z.array(inTopic),
	languages: z.array(inLanguage)
});

export const coverage = z.object({
	/** Civil dates of the contacts, both included. */
	from: z.string(),
	to: z.string(),
	asked: z.int(),
	/** Services that may be given to a client. */
	services: z.int(),
	/** Those of them whose languages of service, or whose hours, are not known. */
	languagesUnknown: z.int(),
	hoursUnknown: z.int(),
	/** Those where somebody asked, most contacts first. */
	municipalities: z.array(inMunicipality)
});

export type Coverage = z.infer<typeof coverage>;
export type InMunicipality = z.infer<typeof inMunicipality>;
export type InTopic = z.infer<typeof inTopic>;
export type InLanguage = z.infer<typeof inLanguage>;
export type Reach = z.infer<typeof reach>;

/** Whether an answer names a language that a service can be given in. */
export const isLanguage = (id: string): boolean => !['', 'other', 'unknown'].includes(id);

/** Whether an answer names a topic that a service can be for. */
export const isTopic = (id: string): boolean => !['', 'other'].includes(id);

/** The largest first; equal ones in an order of their own, so that nothing jumps. */
const byAsked = <T extends { id: string; asked: number }>(a: T, b: T): number =>
	b.asked - a.asked || (a.id < b.id ? -1 : 1);

type Counted = Pick<Asked, 'contacts'>;
const sum = (rows: readonly Counted[]) => rows.reduce((all, { contacts }) => all + contacts, 0);

function groups<T>(rows: readonly T[], by: (row: T) => string): [string, T[]][] {
	const found = new Map<string, T[]>();
	for (const row of rows) {
		const id = by(row);
		const group = found.get(id);
		if (group) group.push(row);
		else found.set(id, [row]);
	}
	return [...found];
}

function countReach(offers: readonly Offer[], fits: (offer: Offer) => boolean = () => true): Reach {
	const counts = { local: 0, nationwide: 0 };
	for (const offer of offers)
		if (fits(offer)) counts[offer.municipalities.length ? 'local' : 'nationwide'] += 1;
	return counts;
}

/** The languages that were asked for, against these services. */
function languagesOf(rows: readonly Omit<Asked, 'topicGroup'>[], offers: readonly Offer[]): InLanguage[] {
	const unknown = countReach(offers, ({ languages }) => languages === undefined);
	return groups(rows, ({ language }) => language)
		.map(([id, some]) => ({
			id,
			asked: sum(some),
			given: countReach(offers, ({ languages }) => isLanguage(id) && !!languages?.has(primaryLanguage(id))),
			unknown: isLanguage(id) ? unknown : { local: 0, nationwide: 0 }
		}))
		.sort(byAsked);
}

const lacksHours = ({ evening, weekend }: Offer) =>
	!evening && !weekend && (evening === undefined || weekend === undefined);

function topicsOf(rows: readonly Asked[], offers: readonly Offer[]): InTopic[] {
	return groups(rows, ({ topicGroup }) => topicGroup)
		.map(([id, some]) => {
			const fit = isTopic(id) ? offers.filter(({ topicGroups }) => topicGroups.includes(id)) : [];
			const count = (fits: (offer: Offer) => boolean) => fit.filter(fits).length;
			return {
				id,
				asked: sum(some),
				services: countReach(fit),
				evening: count(({ evening }) => evening === true),
				weekend: count(({ weekend }) => weekend === true),
				hoursUnknown: count(lacksHours),
				languages: languagesOf(some, fit)
			};
		})
		.sort(byAsked);
}

/** The whole picture. In contacts without a municipality, only what is for the whole country can be offered. */
export function countCoverage(
	{ from, to }: { from: string; to: string },
	{ contacts, touched }: Demand,
	offers: readonly Offer[]
): Coverage {
	const municipalities = groups(contacts, ({ municipality }) => municipality).map(([id, rows]) => {
		const code = currentMunicipality(id);
		const there = offers.filter(({ municipalities: own }) => own.length === 0 || own.includes(code));
		return {
			id,
			asked: sum(rows),
			services: countReach(there),
			topics: topicsOf(
				touched.filter(({ municipality }) => municipality === id),
				there
			),
			languages: languagesOf(rows, there)
		};
	});
	return {
		from,
		to,
		asked: sum(contacts),
		services: offers.length,
		languagesUnknown: offers.filter(({ languages }) => !languages).length,
		hoursUnknown: offers.filter(lacksHours).length,
		municipalities: municipalities.sort(byAsked)
	};
}
