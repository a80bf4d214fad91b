import { clientPhones, clientText, sideText } from '#lib/directory/critical.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { anyDays } from '#lib/domain/full-recurrence.ts';
import type { Hours } from '#lib/domain/hours.ts';
import { hoursByDay } from '#lib/domain/opening.ts';
import type { Place, Service } from '#lib/domain/service.ts';

const DAYS = 7;

/** The page shows no more of them. */
const MOST_PLACES = 8;

/** Hours of the coming week, each day by its date: exceptions and holidays are in them; a holiday of which nobody has said any is left out. */
function openingHours(hours: Hours | undefined, now: number): object[] {
	if (!hours) return [];
	const today = helsinki(now).date;
	const { days, understood } = hoursByDay(hours, today, addDays(today, DAYS - 1), anyDays);
	if (!understood) return [];
	return days.flatMap(({ date, open, unsure }) =>
		(unsure ? [] : open).map(({ opens, closes }) => ({
			'@type': 'OpeningHoursSpecification',
			opens,
			closes: closes === '24:00' ? '23:59' : closes,
			validFrom: date,
			validThrough: date
		}))
	);
}

/** A place as the page shows it. */
function placeOf(service: Service, place: Place, language: string, now: number): object {
	const side = (texts: Place['name']) => sideText(service, texts, service.source, language, 'fi')?.text;
	const [name, street, office] = [side(place.name), side(place.address), side(place.postOffice)];
	const hours = openingHours(place.hours, now);
	const [phone] = clientPhones(place, language);
	return {
		'@type': 'Place',
		...(name ? { name } : {}),
		address: {
			'@type': 'PostalAddress',
			addressCountry: 'FI',
			...(street ? { streetAddress: street } : {}),
			...(place.postalCode ? { postalCode: place.postalCode } : {}),
			...(office ? { addressLocality: office } : {})
		},
		...(phone ? { telephone: phone.number } : {}),
		...(hours.length > 0 ? { openingHoursSpecification: hours } : {})
	};
}

/** A service as schema.org has it. Only what the page itself shows. */
export function serviceJsonLd(service: Service, language: string, now: number, url: string): object {
	const text = (field: 'name' | 'summary' | 'address') => clientText(service, field, language, 'fi').shown;
	const provider = sideText(service, service.provider, service.source, language, 'fi');
	const phones = clientPhones(service, language);
	const hours = openingHours(service.hours, now);
	const address = text('address');
	const places = (service.places ?? [])
		.slice(0, MOST_PLACES)
		.map((place) => placeOf(service, place, language, now));
	const locations = [...(address ? [{ '@type': 'Place', address: address.text }] : []), ...places];
	return {
		'@context': 'https://schema.org',
		// Most of those who give advice are no authority.
		'@type': 'Service',
		name: text('name')?.text,
		description: text('summary')?.text,
		url,
		inLanguage: text('name')?.language,
		...(provider ? { provider: { '@type': 'Organization', name: provider.text } } : {}),
		...(service.kind === 'nationwide' ? { areaServed: { '@type': 'Country', name: 'FI' } } : {}),
		...(hours.length > 0 ? { hoursAvailable: hours } : {}),
		availableChannel: {
			'@type': 'ServiceChannel',
			...(service.links[0] ? { serviceUrl: service.links[0].url } : {}),
			...(phones.length > 0
				? {
						servicePhone: phones.map((phone) => ({
							'@type': 'ContactPoint',
							telephone: phone.number,
							...(phone.language ? { availableLanguage: phone.language } : {})
						}))
					}
				: {}),
			...(service.serviceLanguages.length > 0 ? { availableLanguage: service.serviceLanguages } : {}),
			...(locations.length > 0 ? { serviceLocation: locations } : {})
		}
	};
}
