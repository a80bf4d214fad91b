import * as z from 'zod/mini';
import { newId } from '#lib/domain/ids.ts';
import { place, type Place } from '#lib/domain/service.ts';
import { hoursFail, hoursOfValues, hoursValues, hoursValuesOf } from './hours-values.ts';
import { sameJson } from '#lib/domain/same-json.ts';
import { finnishWords } from './typed-text.ts';

/** A place where a service is given, as a form holds it: words in Finnish, the rest as it was. */

export const placeValues = z.object({
	id: z.string(),
	name: z.string(),
	address: z.string(),
	postalCode: z.string(),
	postOffice: z.string(),
	/** Code, or empty. */
	municipality: z.string(),
	/** How to get in. */
	access: z.string(),
	hours: hoursValues,
	/** The place as it was, for what the form does not show: numbers, coordinates, words in other languages. */
	was: z.optional(place)
});

export type PlaceValues = z.infer<typeof placeValues>;

export const newPlace = (): PlaceValues => ({
	id: newId(),
	name: '',
	address: '',
	postalCode: '',
	postOffice: '',
	municipality: '',
	access: '',
	hours: hoursValuesOf(undefined)
});

export const placeValuesOf = (was: Place): PlaceValues => ({
	id: was.id,
	name: was.name?.['fi']?.text ?? '',
	address: was.address?.['fi']?.text ?? '',
	postalCode: was.postalCode ?? '',
	postOffice: was.postOffice?.['fi']?.text ?? '',
	municipality: was.municipality ?? '',
	access: was.access?.['fi']?.text ?? '',
	hours: hoursValuesOf(was.hours),
	was
});

const moved = ({ was, ...now }: PlaceValues): boolean =>
	was !== undefined && placeValuesOf(was).address !== now.address;

/** The place that a form says. Where another address is written, the coordinates of the old one go. */
export function placeOf(values: PlaceValues): Place {
	const { was } = values;
	if (was && sameJson(placeValuesOf(was), values)) return was;
	const words = {
		name: finnishWords(values.name, was?.name),
		address: finnishWords(values.address, was?.address),
		postOffice: finnishWords(values.postOffice, was?.postOffice),
		access: finnishWords(values.access, was?.access)
	};
	const { latitude, longitude, phones } = was ?? { phones: [] };
	const hours = hoursOfValues(values.hours);
	return {
		id: values.id,
		...(words.name && { name: words.name }),
		...(words.address && { address: words.address }),
		...(values.postalCode.trim() && { postalCode: values.postalCode.trim() }),
		...(words.postOffice && { postOffice: words.postOffice }),
		...(values.municipality && { municipality: values.municipality }),
		...(latitude !== undefined && longitude !== undefined && !moved(values) && { latitude, longitude }),
		...(hours && { hours }),
		phones,
		...(words.access && { access: words.access })
	};
}

/** Whether a place that somebody has written says nowhere, or its hours are unfinished. */
export function placeFails(values: PlaceValues): boolean {
	const said = placeOf(values);
	if (said === values.was) return false;
	return (
		(!said.name && !said.address) ||
		said.municipality === undefined ||
		hoursFail(values.hours) ||
		!place.safeParse(said).success
	);
}
