import type { Hours } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import type { Place, ServiceFields } from '#lib/domain/service.ts';
import type { Draft } from '#lib/server/directory/draft.ts';
import { municipalitiesOfCounty, municipalitiesOfRegion, municipalityCodes } from './ptv-areas.ts';
import { chargeNames } from './ptv-charges.ts';
import { eachNumberOnce, emailsOf, linksOf, phonesOf, sourceOf } from './ptv-contacts.ts';
import { utcInstant } from './ptv-dates.ts';
import { languageTags } from './ptv-languages.ts';
import { placesOf, type Channel } from './ptv-11-channel.ts';
import { hoursOf11 } from './ptv-11-hours.ts';
import type { Area11, Connection11, GeneralDescription11, Service11 } from './ptv-11-schema.ts';
import { filledFrom, joined, oneLine, textsOf } from './ptv-texts.ts';
import { topicsOfClasses } from './service-class-topics.ts';
import type { Mended } from './report-line.ts';

/** The directory takes no more places of one service. */
const MOST_PLACES = 500;

/** What the hours of a telephone channel are for. */
const TELEPHONE_HOURS: Texts = {
	fi: { text: 'Puhelinaika', origin: 'written' },
	sv: { text: 'Telefontid', origin: 'written' },
	en: { text: 'Telephone hours', origin: 'written' }
};

/** Texts of their own in the catalogue that say when something has to be done: with a label they stand below how the service is got. */
const TIMES: readonly (readonly [type: string, label: Readonly<Record<string, string>>])[] = [
	['DeadLine', { fi: 'Määräaika', sv: 'Tidsfrist', en: 'Deadline' }],
	['ProcessingTime', { fi: 'Käsittelyaika', sv: 'Behandlingstid', en: 'Processing time' }],
	['ValidityTime', { fi: 'Voimassaoloaika', sv: 'Giltighetstid', en: 'Valid for' }]
];

/** A text with its label; the Sámi languages of the catalogue have the Finnish one. */
function labelled(label: Readonly<Record<string, string>>, texts: Texts | undefined): Texts | undefined {
	if (!texts) return undefined;
	const parts = Object.entries(texts).map(([language, text]) => [
		language,
		{ ...text, text: `${label[language] ?? label['fi']}: ${text.text}` }
	]);
	return Object.fromEntries(parts) as Texts;
}

/** A text in these languages only. */
const within = (texts: Texts | undefined, languages: readonly string[]): Texts | undefined =>
	texts && Object.fromEntries(Object.entries(texts).filter(([language]) => languages.includes(language)));

/** The texts of a service, or of the general description (Finnish: pohjakuvaus) that services of many organisations share. */
export interface DescribedTexts {
	name?: Texts | undefined;
	summary?: Texts | undefined;
	description?: Texts | undefined;
	apply?: Texts | undefined;
	/** What has to be done by when, and how long it takes. */
	times: readonly (Texts | undefined)[];
	fees?: Texts | undefined;
	eligibility?: Texts | undefined;
	chargeType: string;
	/** Codes of service classes. */
	classes: string[];
}

/** A channel with what the service says of its connection with it. */
export interface Connected {
	channel: Channel;
	connection: Connection11 | undefined;
}

/** What other records say of a service. */
export interface ServiceContext {
	where: string;
	mended: Mended;
	general: DescribedTexts | undefined;
	/** Name of an organisation in its languages, if its record was there. */
	organisationName: (id: string) => Texts | undefined;
	connected: readonly Connected[];
	/** False where channels of the service are missing in the input: then what it has may not be all. */
	complete: boolean;
	/** Hosts that are known to answer to https. */
	httpsHosts: ReadonlySet<string>;
}

/** Texts by type, requirements and classes of a service or a general description of version 11. */
export function describedTexts(
	record: Pick<Service11 & GeneralDescription11, 'requirements' | 'serviceClasses' | 'serviceChargeType'> & {
		names: Service11['serviceNames'];
		descriptions: Service11['serviceDescriptions'];
	},
	mended: Mended
): DescribedTexts {
	const ofType = (wanted: string) =>
		textsOf(
			record.descriptions.filter(({ type }) => type === wanted),
			wanted,
			mended
		);
	return {
		name: textsOf(
			record.names.filter(({ type }) => type === 'Name'),
			'names',
			mended,
			oneLine
		),
		summary: ofType('Summary'),
		description: ofType('Description'),
		apply: ofType('UserInstruction'),
		times: TIMES.map(([type]) => ofType(type)),
		fees: ofType('ChargeTypeAdditionalInfo'),
		eligibility: textsOf(record.requirements, 'requirements', mended),
		chargeType: record.serviceChargeType,
		// The newer address of a class ends with its code.
		classes: record.serviceClasses.map(
			({ code, newUri }) => code || (/\/code\/(P[\d.]+)$/.exec(newUri)?.[1] ?? '')
		)
	};
}

/** In words what the charge is, and where nothing is said of it the name of its type. The general description's type goes first. */
function feesOf(own: DescribedTexts, general: DescribedTexts | undefined, mended: Mended): Texts | undefined {
	const names = chargeNames(general?.chargeType || own.chargeType, 'serviceChargeType', mended);
	return filledFrom(filledFrom(own.fees, general?.fees), names);
}

/** Municipalities of an area, in the words of version 11 and of those before 8. */
function codesOfArea(area: Area11, mended: Mended): string[] {
	const named = area.municipalities.map(({ code }) => code);
	if (named.length) return named;
	if (area.type === 'Municipality' && area.code) return [area.code];
	if (area.type === 'Region' || area.type === 'Province')
		return ofCode(municipalitiesOfRegion(area.code), area, mended);
	if (/^WellbeingServices?County$/.test(area.type))
		return ofCode(municipalitiesOfCounty(area.code), area, mended);
	// Sub-regions and hospital districts come with their municipalities, which is all that is known of them here.
	return ofCode([], area, mended);
}

function ofCode(codes: string[], area: Area11, mended: Mended): string[] {
	if (codes.length === 0) mended('unknown_area', 'areas', `${area.type} ${area.code}`.trim());
	return codes;
}

/**
 * Where a service is for: municipality codes, empty for the whole country. "Nationwide except the Åland Islands" is taken for the whole country
 * too: Åland's own services say so of themselves.
 *
 * @returns undefined where it cannot be told
 */
function areaOf(record: Service11, mended: Mended): string[] | undefined {
	switch (record.areaType) {
		case 'Nationwide':
		case 'WholeCountry':
		case 'NationwideExceptAlandIslands':
		case 'WholeCountryExceptAlandIslands':
			return [];
		case 'LimitedType':
		case 'AreaType': {
			const codes = record.areas.flatMap((area) => codesOfArea(area, mended));
			const known = municipalityCodes(codes, 'areas', mended);
			// An empty list would say "the whole country".
			return known.length ? known : undefined;
		}
		default:
			mended('unknown_value', 'areaType', record.areaType);
			return undefined;
	}
}

/** Where its places are: the best that is known of a service that does not say for whom it is. Undefined where no place says it. */
function municipalitiesOfPlaces(places: readonly Place[]): string[] | undefined {
	const codes = [...new Set(places.flatMap(({ municipality }) => municipality ?? []))].sort();
	return codes.length > 0 ? codes : undefined;
}

function providerOf(record: Service11, context: ServiceContext): Texts | undefined {
	const byRole = (role: string) =>
		record.organizations.find(({ roleType }) => roleType === role)?.organization;
	const organisation = byRole('Responsible') ?? record.mainOrganization ?? byRole('OtherResponsible');
	if (!organisation) return undefined;
	// A name without its language is the one of the organisation's first language version, mostly the Finnish one.
	const named = [{ language: 'fi', value: organisation.name }];
	return (
		context.organisationName(organisation.id) ?? textsOf(named, 'organizations', context.mended, oneLine)
	);
}

/** When telephone channels answer. Exceptions of one channel must not close another one, so with several they are left out. */
function telephoneHours(connected: readonly Connected[], mended: Mended): Hours | undefined {
	const telephones = connected.filter(({ channel }) => channel.kind === 'Phone');
	const all = telephones.flatMap(({ channel, connection }) => {
		const hours = (connection && hoursOf11(connection.serviceHours, mended)) ?? channel.hours;
		return hours ? [{ hours, name: channel.name }] : [];
	});
	const [first] = all;
	if (!first) return undefined;
	const several = all.length > 1;
	if (several && all.some(({ hours }) => hours.exceptions.length > 0))
		mended('exceptions_of_several', 'serviceHours');
	return {
		rules: all.flatMap(({ hours, name }) =>
			hours.rules.map((rule) => {
				const note = joined([TELEPHONE_HOURS, several ? name : undefined, rule.note], ' · ');
				return note ? { ...rule, note } : rule;
			})
		),
		exceptions: several ? [] : first.hours.exceptions
	};
}

/** Places of a connection: those of the channel, with the hours that hold for this service, and the connection's own addresses. */
function placesOfConnection({ channel, connection }: Connected, mended: Mended): Place[] {
	const hours =
		channel.kind === 'ServiceLocation' && connection ? hoursOf11(connection.serviceHours, mended) : undefined;
	const places = hours ? channel.places.map((place) => ({ ...place, hours })) : channel.places;
	const addresses = connection?.contactDetails?.addresses ?? [];
	return [...places, ...placesOf(addresses, `connection ${JSON.stringify(addresses)}`, channel.name, mended)];
}

/** E-services and pages before forms and the pages of places: the first link is the one that is shown first. */
const LINK_ORDER: readonly Channel['kind'][] = [
	'EChannel',
	'WebPage',
	'PrintableForm',
	'ServiceLocation',
	'Phone'
];

type Contacts = Pick<ServiceFields, 'links' | 'phones'> & { emails: string[]; places: Place[] };

function contactsOf(record: Service11, { connected, httpsHosts, mended }: ServiceContext): Contacts {
	const details = connected.map(({ connection }) => connection?.contactDetails);
	const links = [...connected].sort(
		(a, b) => LINK_ORDER.indexOf(a.channel.kind) - LINK_ORDER.indexOf(b.channel.kind)
	);
	const phonesOfConnections = details.flatMap((found) => found?.phoneNumbers ?? []);
	const places = connected.flatMap((one) => placesOfConnection(one, mended));
	if (places.length > MOST_PLACES) mended('too_many_places', 'serviceChannels', places.length);
	return {
		links: linksOf(
			[
				...links.flatMap(({ channel }) => channel.links),
				...details.flatMap((found) => found?.webPages ?? [])
			],
			httpsHosts,
			'webPages',
			mended
		),
		phones: eachNumberOnce([
			...connected.flatMap(({ channel }) => channel.phones),
			...phonesOf(phonesOfConnections, record.modified, 'contactDetails.phoneNumbers', mended)
		]),
		emails: emailsOf(
			[
				...connected.flatMap(({ channel }) => channel.emails),
				...details.flatMap((found) => found?.emails.map(({ value }) => value) ?? [])
			],
			'emails',
			mended
		),
		places: places.slice(0, MOST_PLACES)
	};
}

/** What may be said as "none" only where all channels are known. */
function contactFields(contacts: Contacts, complete: boolean): Partial<Contacts> {
	const known = Object.entries(contacts).filter(([, list]) => complete || list.length > 0);
	return Object.fromEntries(known);
}

/**
 * A service of version 11 of the Finnish service catalogue as an entry of the directory. Its general description says, language by language, what
 * the service itself does not say, and adds its classes.
 *
 * @returns undefined where it has no name: there is nothing to show then
 */
export function draftOf11(record: Service11, context: ServiceContext): Draft | undefined {
	const { mended, general } = context;
	const own = describedTexts(
		{ ...record, names: record.serviceNames, descriptions: record.serviceDescriptions },
		mended
	);
	const name = filledFrom(own.name, general?.name);
	if (!name) return undefined;
	const summary = filledFrom(own.summary, general?.summary);
	const description = filledFrom(own.description, general?.description);
	const instructions = filledFrom(own.apply, general?.apply);
	const times = TIMES.map(([, label], at) => labelled(label, filledFrom(own.times[at], general?.times[at])));
	// A time alone would stand in the place of instructions that are there in another language.
	const known = Object.keys(instructions ?? {});
	const apply = joined(
		[instructions, ...times.map((one) => (instructions ? within(one, known) : one))],
		'\n'
	);
	const eligibility = filledFrom(own.eligibility, general?.eligibility);
	const fees = feesOf(own, general, mended);
	const provider = providerOf(record, context);
	const source = sourceOf(record.modified);
	if (!source) mended('no_date', 'modified', record.modified);
	const hours = telephoneHours(context.connected, mended);
	const topics = topicsOfClasses([...own.classes, ...(general?.classes ?? [])]);
	const serviceLanguages = languageTags(record.languages, mended);
	const contacts = contactsOf(record, context);
	const municipalities = areaOf(record, mended) ?? municipalitiesOfPlaces(contacts.places);
	return {
		id: record.id,
		where: context.where,
		fields: {
			name,
			...(summary && { summary }),
			...(description && { description }),
			...(provider && { provider }),
			...(eligibility && { eligibility }),
			...(apply && { apply }),
			...(fees && { fees }),
			...contactFields(contacts, context.complete),
			...(hours && { hours }),
			...(topics.length > 0 && { topics }),
			...(serviceLanguages.length > 0 && { serviceLanguages }),
			...(municipalities && { municipalities }),
			...(source && { source })
		},
		...(source && { changed: utcInstant(record.modified) })
	};
}
