import type { TourSubject } from '#lib/directory/take-away/public-address.ts';
import { deskIsOpen, plannedBetween } from '#lib/domain/stops.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';

/**
 * The only way from the tour to what everybody may see. Who advises, why a day is cancelled, notes, doors and keys are not passed on, so that
 * no page, calendar or poster can show them.
 */

/** The tour as the organisation has it. */
export interface Tour {
	desks: readonly Desk[];
	receptions: readonly Reception[];
}

/** A desk for everybody. */
export interface PublicDesk {
	id: string;
	name: string;
	/** Official municipality code. */
	municipality: string;
	room: string | undefined;
	address: string | undefined;
	/** Made up for a demonstration. */
	invented: boolean;
}

/** A reception on one day for everybody. Instants in ms since 1970. */
export interface PublicStop {
	/** Id of the reception. */
	reception: string;
	desk: PublicDesk;
	/** Civil date of the start. */
	date: string;
	from: number;
	to: number;
	cancelled: boolean;
	/** Languages spoken, BCP 47. */
	languages: readonly string[];
}

export const publicDesk = ({ id, name, municipality, room, address, invented }: Desk): PublicDesk => ({
	id,
	name,
	municipality,
	room: room?.trim() || undefined,
	address: address?.trim() || undefined,
	invented: invented === true
});

/** The desks that a page is about, of a language those where it is spoken. */
export function desksOf({ desks, receptions }: Tour, subject: TourSubject): Desk[] {
	switch (subject.kind) {
		case 'all':
			return [...desks];
		case 'municipality':
			return desks.filter(({ municipality }) => municipality === subject.code);
		case 'desk':
			return desks.filter(({ id }) => id === subject.id);
		case 'language': {
			const spoken = new Set(
				receptions.filter(({ languages }) => languages.includes(subject.tag)).map(({ desk }) => desk)
			);
			return desks.filter(({ id }) => spoken.has(id));
		}
	}
}

/** The receptions that a page is about. */
function receptionsOf(tour: Tour, subject: TourSubject): Reception[] {
	const ids = new Set(desksOf(tour, subject).map(({ id }) => id));
	return tour.receptions.filter(
		({ desk, languages }) => ids.has(desk) && (subject.kind !== 'language' || languages.includes(subject.tag))
	);
}

/** Every reception day on `from` … `to` (civil dates, both included), earliest first, cancelled ones among them; none after a desk has closed. */
export function publicStops(tour: Tour, subject: TourSubject, from: string, to: string): PublicStop[] {
	const desks = new Map(tour.desks.map((desk) => [desk.id, desk]));
	return plannedBetween(receptionsOf(tour, subject), from, to).flatMap((stop) => {
		const desk = desks.get(stop.reception.desk);
		if (!desk || !deskIsOpen(desk, stop.date)) return [];
		return {
			reception: stop.reception.id,
			desk: publicDesk(desk),
			date: stop.date,
			from: stop.from,
			to: stop.to,
			cancelled: stop.cancelled !== undefined,
			languages: stop.reception.languages
		};
	});
}
