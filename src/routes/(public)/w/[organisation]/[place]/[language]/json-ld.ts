import type { PublicDesk, PublicStop } from '#lib/directory/where-when/coming.ts';
import { helsinki } from '#lib/domain/dates.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';

/** More of them would make the page heavy, and no search shows them. */
const MOST = 12;

interface Page {
	title: string;
	/** Name of the organisation. */
	provider: string;
	language: string;
	url: string;
}

const placeOf = ({ name, room, address, municipality }: PublicDesk): object => ({
	'@type': 'Place',
	name: [name, room].filter(Boolean).join(', '),
	address: {
		'@type': 'PostalAddress',
		addressCountry: 'FI',
		addressLocality: municipalityName(municipality, 'fi'),
		...(address ? { streetAddress: address } : {})
	}
});

/** An instant with Helsinki's offset, ISO 8601, so that machines read the hour on the door. */
function offsetTime(at: number): string {
	const { date, time } = helsinki(at);
	const ahead = Math.round((Date.parse(`${date}T${time}:00Z`) - at) / 3_600_000);
	return `${date}T${time}:00+${String(ahead).padStart(2, '0')}:00`;
}

/** The coming receptions as schema.org has events. Only what the page itself shows. */
export function tourJsonLd(stops: readonly PublicStop[], { title, provider, language, url }: Page): object {
	const organizer = { '@type': 'Organization', name: provider };
	return {
		'@context': 'https://schema.org',
		'@graph': [
			{ '@type': 'WebPage', name: title, url, inLanguage: language, publisher: organizer },
			...stops.slice(0, MOST).map((stop) => ({
				'@type': 'Event',
				name: title,
				startDate: offsetTime(stop.from),
				endDate: offsetTime(stop.to),
				eventStatus: `https://schema.org/${stop.cancelled ? 'EventCancelled' : 'EventScheduled'}`,
				eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
				...(stop.languages.length > 0 ? { inLanguage: stop.languages } : {}),
				location: placeOf(stop.desk),
				organizer
			}))
		]
	};
}
