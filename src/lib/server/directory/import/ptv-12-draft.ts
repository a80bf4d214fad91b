import type { Hours } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import type { Place, ServiceFields } from '#lib/domain/service.ts';
import type { Draft } from '#lib/server/directory/draft.ts';
import { namedId, UUID } from './place-id.ts';
import { municipalitiesOfCounty, municipalitiesOfRegion, municipalityCodes } from './ptv-areas.ts';
import { chargeNames } from './ptv-charges.ts';
import {
	emailsOf,
	linksOf,
	phonesOf,
	sourceOf,
	type CatalogueLink,
	type CataloguePhone
} from './ptv-contacts.ts';
import { utcInstant } from './ptv-dates.ts';
import { languageTags } from './ptv-languages.ts';
import { hoursOf12, itemsOf } from './ptv-12-hours.ts';
import type { Channel12, Service12 } from './ptv-12-schema.ts';
import { addressOf, oneLine, textsOf } from './ptv-texts.ts';
import type { Mended } from './report-line.ts';
import { topicsOfClasses } from './service-class-topics.ts';
import { degreesOfTm35fin } from './tm35fin.ts';

/** Channels that the description at hand covers. */
const CHANNELS = ['ServiceLocation', 'TelephoneService', 'WebPage', 'EService'];

type Version = Channel12['languageVersions'][string];

/** One list of a language version in all languages, each item with its language. */
function inAllLanguages<Item>(
	versions: Channel12['languageVersions'],
	itemsOfVersion: (version: Version) => readonly Item[]
): (Item & { language: string })[] {
	return Object.entries(versions).flatMap(([language, version]) =>
		itemsOfVersion(version).map((one) => ({ ...one, language }))
	);
}

function textsOfVersions(
	record: Pick<Channel12, 'languageVersions'>,
	field: 'summary' | 'description',
	mended: Mended
): Texts | undefined {
	return textsOf(
		inAllLanguages(record.languageVersions, (version) => [{ value: version[field] }]),
		field,
		mended
	);
}

/** The name of each language version, or its alternative name where that is the first one. */
function nameOf(record: Pick<Channel12, 'languageVersions'>, mended: Mended): Texts | undefined {
	const names = inAllLanguages(record.languageVersions, (version) => [
		{ value: (version.isAlternativeNamePrimary && version.alternativeName.trim()) || version.name }
	]);
	return textsOf(names, 'name', mended, oneLine);
}

/** Municipality codes, empty for the whole country (with or without Åland); undefined where it cannot be told. */
function areaOf(area: Service12['area'], mended: Mended): string[] | undefined {
	if (!area) return undefined;
	if (area.areaType === 'WholeCountry' || area.areaType === 'WholeCountryExceptAland') return [];
	if (area.areaType !== 'LimitedArea') {
		mended('unknown_value', 'area.areaType', area.areaType);
		return undefined;
	}
	const within = (codes: readonly string[], municipalities: (code: string) => string[]) =>
		codes.flatMap((code) => {
			const found = municipalities(code);
			if (found.length === 0) mended('unknown_area', 'area', code);
			return found;
		});
	const codes = [
		...area.municipalities,
		...within(area.regions, municipalitiesOfRegion),
		...within(area.wellbeingServicesCounties, municipalitiesOfCounty)
	];
	const known = municipalityCodes(codes, 'area', mended);
	return known.length ? known : undefined;
}

/** What services and channels say alike; undefined where there is no name. */
function commonFields(record: Service12 | Channel12, mended: Mended): Draft['fields'] | undefined {
	const name = nameOf(record, mended);
	if (!name) return undefined;
	const summary = textsOfVersions(record, 'summary', mended);
	const description = textsOfVersions(record, 'description', mended);
	const serviceLanguages = languageTags(record.serviceLanguages, mended);
	const municipalities = areaOf(record.area, mended);
	const source = sourceOf(record.publishedAt);
	if (!source) mended('no_date', 'publishedAt', record.publishedAt);
	return {
		name,
		...(summary && { summary }),
		...(description && { description }),
		...(serviceLanguages.length > 0 && { serviceLanguages }),
		...(municipalities && { municipalities }),
		...(source && { source })
	};
}

/** A service of version 12, without channels: how they are connected is not described. */
export function serviceDraft12(record: Service12, where: string, mended: Mended): Draft | undefined {
	const fields = commonFields(record, mended);
	if (!fields) return undefined;
	const topics = topicsOfClasses(record.serviceClasses);
	const fees = chargeNames(record.chargeType, 'chargeType', mended);
	return {
		id: record.contentId,
		where,
		fields: { ...fields, ...(topics.length > 0 && { topics }), ...(fees && { fees }) },
		...(fields.source && { changed: utcInstant(record.publishedAt) })
	};
}

type Location = NonNullable<Channel12['location']>;
type Positioned = Location['otherAddresses'][number];

function positionOf({ coordinates }: Positioned, mended: Mended): Pick<Place, 'latitude' | 'longitude'> {
	for (const { system, northing, easting } of coordinates) {
		const position =
			system === 'EPSG:3067' && degreesOfTm35fin(northing ?? Number.NaN, easting ?? Number.NaN);
		if (position) return position;
		mended('bad_coordinates', 'coordinates', `${system} ${northing} ${easting}`);
	}
	return {};
}

function placesOf12(
	record: Channel12,
	shared: Pick<Place, 'name' | 'hours' | 'phones'>,
	mended: Mended
): Place[] {
	const { streetAddresses = [], otherAddresses = [], foreignAddresses = [] } = record.location ?? {};
	const read = (texts: Record<string, string>, field: string) =>
		textsOf(itemsOf(texts), field, mended, oneLine);
	const street = ({ streetName, addressDetail }: Location['streetAddresses'][number]) =>
		textsOf(
			itemsOf(streetName).map(({ language, value }) => ({ language, value: `${value} ${addressDetail}` })),
			'streetName',
			mended,
			oneLine
		);
	const domestic = (where: Positioned, name: Texts | undefined): Partial<Place> => {
		const address = addressOf(name, read(where.additionalInformation, 'additionalInformation'));
		const postalCode = /^\d{5}$/.test(where.postalCode) ? where.postalCode : undefined;
		return { ...(address && { address }), ...(postalCode && { postalCode }), ...positionOf(where, mended) };
	};
	const found = [
		...streetAddresses.map((where) => domestic(where, street(where))),
		...otherAddresses.map((where) => domestic(where, undefined)),
		...foreignAddresses.map(({ address }): Partial<Place> => {
			const abroad = read(address, 'address');
			return abroad ? { address: abroad } : {};
		})
	];
	const somewhere = found.filter((place) => Object.keys(place).length > 0);
	return somewhere.map((place, index) => ({
		...shared,
		...place,
		id:
			index === 0 && UUID.test(record.contentId) ? record.contentId : namedId(`${record.contentId} ${index}`)
	}));
}

function phonesOf12(record: Channel12, mended: Mended): ServiceFields['phones'] {
	const phones = inAllLanguages(record.languageVersions, (version) => [
		...version.contactPhoneNumbers,
		...version.phoneNumbers,
		...version.supportPhoneNumbers
	]).map((phone): CataloguePhone => ({ ...phone, prefixNumber: phone.dialCode }));
	return phonesOf(phones, record.publishedAt, 'phoneNumbers', mended);
}

/** Web addresses of all language versions of a channel, not yet looked at. */
export function linksOf12(record: Channel12): CatalogueLink[] {
	return inAllLanguages(record.languageVersions, (version) => [
		...(version.webAddress ? [version.webAddress] : []),
		...version.contactWebPages
	]);
}

/**
 * A channel of version 12 as an entry of its own, because how it is connected with services is not described. Undefined where it has no name.
 */
export function channelDraft12(
	record: Channel12,
	where: string,
	httpsHosts: ReadonlySet<string>,
	mended: Mended
): Draft | undefined {
	const fields = commonFields(record, mended);
	if (!fields) return undefined;
	if (!CHANNELS.includes(record.serviceChannelType))
		mended('unknown_value', 'serviceChannelType', record.serviceChannelType);
	const phones = phonesOf12(record, mended);
	const hours: Hours | undefined = record.serviceHours ? hoursOf12(record.serviceHours, mended) : undefined;
	const emails = emailsOf(
		inAllLanguages(record.languageVersions, (version) => [
			...version.contactEmails,
			...version.supportEmails
		]).map(({ email }) => email),
		'emails',
		mended
	);
	const places = placesOf12(
		record,
		{ ...(fields.name && { name: fields.name }), ...(hours && { hours }), phones },
		mended
	);
	return {
		id: record.contentId,
		where,
		fields: {
			...fields,
			links: linksOf(linksOf12(record), httpsHosts, 'webAddress', mended),
			emails,
			places,
			// What a place has is said there.
			phones: places.length ? [] : phones,
			...(hours && places.length === 0 && { hours })
		},
		...(fields.source && { changed: utcInstant(record.publishedAt) })
	};
}
