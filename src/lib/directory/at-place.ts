import type { Texts } from '#lib/domain/language-texts.ts';
import type { Place, Service } from '#lib/domain/service.ts';
import { shownText } from './fallback.ts';

/** Imported services say where they are given by places; a client is sent to one of them. */

/** The place that is meant where somebody stands in a municipality: the only one there is, or the only one there; undefined where nobody can tell. */
function meantPlace(
	{ places = [] }: Pick<Service, 'places'>,
	municipality: string | undefined
): Place | undefined {
	const [only, ...others] =
		places.length === 1
			? places
			: places.filter((place) => municipality !== undefined && place.municipality === municipality);
	return others.length === 0 ? only : undefined;
}

/** The street address of a place with its postal code and town, by language. */
export function addressOf({ address, postalCode, postOffice }: Place): Texts | undefined {
	if (!address) return undefined;
	return Object.fromEntries(
		Object.entries(address).map(([language, street]) => {
			const town = [postalCode, shownText(postOffice, language)?.text].filter(Boolean).join(' ');
			return [language, { ...street, text: [street.text, town].filter(Boolean).join(', ') }];
		})
	);
}

/**
 * A service as it is at the place that is meant: its address, hours and numbers stand where the service itself has none, the place's numbers first.
 *
 * @param municipality where the adviser is, official code
 */
export function atPlace(service: Service, municipality: string | undefined): Service {
	const place = meantPlace(service, municipality);
	if (!place) return service;
	const address = service.address ?? addressOf(place);
	const hours = service.hours ?? place.hours;
	const others = service.phones.filter(({ number }) => place.phones.every((one) => one.number !== number));
	return {
		...service,
		...(address ? { address } : {}),
		...(hours ? { hours } : {}),
		phones: [...place.phones, ...others],
		places: [place]
	};
}
