import type { Hours } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import type { Place } from '#lib/domain/service.ts';
import { namedId, UUID } from './place-id.ts';
import { municipalityCodes } from './ptv-areas.ts';
import { emailsOf, phonesOf, type CatalogueLink, type ServicePhone } from './ptv-contacts.ts';
import { hoursOf11 } from './ptv-11-hours.ts';
import type { Address11, Channel11 } from './ptv-11-schema.ts';
import { addressOf, joined, oneLine, textsOf } from './ptv-texts.ts';
import type { Mended } from './report-line.ts';
import { degreesOfTm35fin } from './tm35fin.ts';

/** Types of a service channel (Finnish: asiointikanava) in version 11. */
const KINDS = ['ServiceLocation', 'EChannel', 'WebPage', 'Phone', 'PrintableForm'] as const;

/** What a channel gives to each service that is connected with it. */
export interface Channel {
	kind: (typeof KINDS)[number];
	name?: Texts;
	/** Of a location: where it is, with its telephone numbers and hours. */
	places: Place[];
	/** What does not belong to a place. */
	phones: ServicePhone[];
	emails: string[];
	links: CatalogueLink[];
	/** Of a telephone channel: when somebody answers. */
	hours?: Hours;
}

/**
 * The name that is shown in each language: the type `Name`, or `AlternativeName` where `displayNameType` says so.
 */
export function displayNames(
	names: Channel11['serviceChannelNames'],
	displayNameType: Channel11['displayNameType'],
	field: string,
	mended: Mended
): Texts | undefined {
	const alternative = new Set(
		displayNameType.filter(({ type }) => type === 'AlternativeName').map(({ language }) => language)
	);
	const wanted = (language: string) => (alternative.has(language) ? 'AlternativeName' : 'Name');
	// Where the wanted kind of name is missing, the usual one is shown.
	const ordered = [
		...names.filter(({ type, language }) => type === wanted(language)),
		...names.filter(({ type }) => type === 'Name')
	];
	return textsOf(ordered, field, mended, oneLine);
}

/** The street with its number, in each language. */
function streetOf(street: NonNullable<Address11['streetAddress']>, mended: Mended): Texts | undefined {
	const withNumber = street.street
		.filter(({ value }) => value.trim())
		.map(({ language, value }) => ({ language, value: `${value} ${street.streetNumber}` }));
	return textsOf(withNumber, 'addresses.street', mended, oneLine);
}

/** How to get in, as the main entrance's accessibility sentences say; of the first entrance where none is the main one. */
function accessOf(address: Address11, mended: Mended): Texts | undefined {
	const entrance = address.entrances.find(({ isMainEntrance }) => isMainEntrance) ?? address.entrances[0];
	const sentences = entrance?.accessibilitySentences.flatMap((group) => group.sentences) ?? [];
	return joined(
		sentences.map(({ sentence }) => textsOf(sentence, 'addresses.entrances', mended, oneLine)),
		'\n'
	);
}

function positionOf(
	latitude: string,
	longitude: string,
	mended: Mended
): { latitude: number; longitude: number } | undefined {
	if (!latitude.trim() && !longitude.trim()) return undefined;
	const metres = (text: string) => Number(text.trim().replace(',', '.') || Number.NaN);
	const position = degreesOfTm35fin(metres(latitude), metres(longitude));
	if (!position) mended('bad_coordinates', 'addresses', `${latitude} ${longitude}`);
	return position;
}

/** The place of an address; undefined for postal addresses and for those that say nowhere. */
function placeOf(address: Address11, id: string, name: Texts | undefined, mended: Mended): Place | undefined {
	if (address.type === 'Postal') return undefined;
	if (address.type !== 'Location' && address.type !== 'Visiting') {
		mended('unknown_value', 'addresses.type', address.type);
		return undefined;
	}
	const where = address.streetAddress ?? address.otherAddress;
	if (!where && address.locationAbroad.length === 0) return undefined;
	const abroad = textsOf(address.locationAbroad, 'addresses.locationAbroad', mended, oneLine);
	const street = address.streetAddress ? streetOf(address.streetAddress, mended) : abroad;
	const info = textsOf(
		where?.additionalInformation ?? [],
		'addresses.additionalInformation',
		mended,
		oneLine
	);
	const text = addressOf(street, info);
	const postalCode = where?.postalCode.trim() ?? '';
	const postOffice = textsOf(where?.postOffice ?? [], 'addresses.postOffice', mended, oneLine);
	const [municipality] = municipalityCodes(
		[where?.municipality?.code ?? ''].filter(Boolean),
		'addresses.municipality',
		mended
	);
	const access = accessOf(address, mended);
	const position = where && positionOf(where.latitude, where.longitude, mended);
	const knownCode = /^[\dA-Z -]{3,12}$/i.test(postalCode) ? postalCode : undefined;
	if (postalCode && !knownCode) mended('bad_postal_code', 'addresses', postalCode);
	if (!text && !knownCode && !position && !municipality) return undefined;
	return {
		id,
		...(name && { name }),
		...(text && { address: text }),
		...(knownCode && { postalCode: knownCode }),
		...(postOffice && { postOffice }),
		...(municipality && { municipality }),
		...position,
		phones: [],
		...(access && { access })
	};
}

/** The places of addresses. The first one has the id of what they belong to, so that it is known again the next time. */
export function placesOf(
	addresses: readonly Address11[],
	ownerId: string,
	name: Texts | undefined,
	mended: Mended
): Place[] {
	const found: Place[] = [];
	for (const address of addresses) {
		const id = found.length === 0 && UUID.test(ownerId) ? ownerId : namedId(`${ownerId} ${found.length}`);
		const place = placeOf(address, id, name, mended);
		if (place) found.push(place);
	}
	return found;
}

/**
 * A service channel of version 11 as what it gives to a service: places, telephone numbers, e-mail addresses, links, hours.
 *
 * @returns undefined, with a line in the report, for a type that this version does not know
 */
export function channelOf11(record: Channel11, mended: Mended): Channel | undefined {
	const kind = KINDS.find((known) => known === record.serviceChannelType);
	if (!kind) {
		mended('unknown_value', 'serviceChannelType', record.serviceChannelType);
		return undefined;
	}
	const name = displayNames(
		record.serviceChannelNames,
		record.displayNameType,
		'serviceChannelNames',
		mended
	);
	const phones = phonesOf(
		[...record.phoneNumbers, ...record.supportPhones],
		record.modified,
		'phoneNumbers',
		mended
	);
	const emails = emailsOf(
		[...record.emails, ...record.supportEmails].map(({ value }) => value),
		'emails',
		mended
	);
	// A form is what a printable form's channel is about, so it comes before pages.
	const links = [
		...record.channelUrls.map(({ value, language }) => ({ url: value, language })),
		...record.webPages
	].map(({ url, language }) => ({ url, language }));
	const channel: Channel = { kind, ...(name && { name }), places: [], phones, emails, links };
	const ofPlaces = kind === 'ServiceLocation';
	// What an e-service or a form is open at is no help at the desk; mostly it says "always".
	const hours = ofPlaces || kind === 'Phone' ? hoursOf11(record.serviceHours, mended) : undefined;
	if (!ofPlaces) return hours ? { ...channel, hours } : channel;
	const places = placesOf(record.addresses, record.id, name, mended);
	if (places.length === 0) mended('no_place', 'addresses');
	else channel.phones = [];
	channel.places = places.map((place) => ({ ...place, ...(hours && { hours }), phones }));
	return channel;
}
