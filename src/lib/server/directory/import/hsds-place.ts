import { createHash } from 'node:crypto';
import type { Texts } from '#lib/domain/language-texts.ts';
import type { Place } from '#lib/domain/service.ts';
import { listOf, numberOf, recordOf, textOf, type HsdsRecord, type Tell } from './hsds-record.ts';
import { readSchedules } from './hsds-schedule.ts';
import { municipalityOf } from './hsds-terms.ts';

/** How texts and phones of a record are read: the same for a service and its places. */
export interface PartsReader {
	texts(html: string, field: string): Texts | undefined;
	phones(records: HsdsRecord[], field: string): Place['phones'];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The id of a part as a UUID: its own where it is one, else one that follows from it (RFC 9562 version 8), so that the
 * same part has the same id at the next import.
 */
export function partId(id: string, within: string): string {
	const own = id.toLowerCase();
	if (UUID.test(own)) return own;
	const hex = createHash('sha256').update(`${within}\n${id}`).digest('hex');
	const variant = '89ab'[parseInt(hex[16] ?? '0', 16) % 4] ?? '8';
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Where people go to: a physical address, else any of a place that is said to be one. Not a post box of an office. */
function visited(location: HsdsRecord, tell: Tell): HsdsRecord | undefined {
	const addresses = listOf(location, 'addresses', tell);
	const physical = addresses.find((address) => textOf(address, 'address_type') === 'physical');
	return physical ?? (textOf(location, 'location_type') === 'physical' ? addresses[0] : undefined);
}

function coordinates(location: HsdsRecord, tell: Tell): Pick<Place, 'latitude' | 'longitude'> {
	const latitude = numberOf(location, 'latitude');
	const longitude = numberOf(location, 'longitude');
	if (textOf(location, 'latitude') === '' && textOf(location, 'longitude') === '') return {};
	const inRange = Math.abs(latitude ?? 91) <= 90 && Math.abs(longitude ?? 181) <= 180;
	// 0, 0 lies in the Gulf of Guinea: programs write it where they know nothing.
	if (inRange && (latitude !== 0 || longitude !== 0)) return { latitude: latitude!, longitude: longitude! };
	tell('mended', 'bad_coordinates', 'location.latitude', [
		location.latitude ?? null,
		location.longitude ?? null
	]);
	return {};
}

/**
 * A place of a service from `service_at_location` and its `location`; undefined for a virtual one. Its id is that of the
 * `service_at_location`, because one location may serve a service twice.
 */
export function readPlace(at: HsdsRecord, service: string, read: PartsReader, tell: Tell): Place | undefined {
	const location = recordOf(at, 'location') ?? {};
	if (textOf(location, 'location_type') === 'virtual') return undefined;
	const id = textOf(at, 'id') || textOf(location, 'id') || textOf(at, 'location_id');
	const address = visited(location, tell);
	const contacts = [...listOf(at, 'contacts', tell), ...listOf(location, 'contacts', tell)];
	const place: Place = {
		id: partId(id, service),
		...coordinates(location, tell),
		phones: read.phones(
			[...listOf(at, 'phones', tell), ...listOf(location, 'phones', tell), ...contacts.flatMap((contact) => listOf(contact, 'phones', tell))],
			'service_at_locations.phones'
		)
	}; // prettier-ignore
	const name = read.texts(textOf(location, 'name'), 'location.name');
	if (name) place.name = name;
	if (address) {
		const lines = ['address_1', 'address_2']
			.map((line) => textOf(address, line))
			.filter((line) => line !== '');
		const street = read.texts(lines.join(', '), 'address.address_1');
		if (street) place.address = street;
		const code = textOf(address, 'postal_code');
		if (code.length > 12) tell('mended', 'bad_postal_code', 'address.postal_code', code);
		else if (code) place.postalCode = code;
		const city = read.texts(textOf(address, 'city'), 'address.city');
		if (city) place.postOffice = city;
		const municipality = municipalityOf(textOf(address, 'city'));
		if (municipality && ['FI', ''].includes(textOf(address, 'country').toUpperCase()))
			place.municipality = municipality;
	}
	const own = listOf(at, 'schedules', tell);
	const rows = own.length ? own : listOf(location, 'schedules', tell);
	const hours = readSchedules(rows, (text) => read.texts(text, 'schedules.description'), tell);
	if (hours) place.hours = hours;
	const ways = listOf(location, 'accessibility', tell).flatMap((way) => [
		textOf(way, 'description'),
		textOf(way, 'details')
	]);
	const access = read.texts(ways.filter((way) => way !== '').join('\n'), 'location.accessibility');
	if (access) place.access = access;
	return place;
}
