import { label } from '#lib/domain/code-lists.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Hours, HoursRule } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { languageName } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { Place, ServiceFields } from '#lib/domain/service.ts';
import { partId } from '#lib/server/directory/import/hsds-place.ts';
import { listOf, recordOf, textOf, type HsdsRecord } from '#lib/server/directory/import/hsds-record.ts';

/** What makes the parts of one service: its id, and the language in which it goes out. */
export interface PartsOf {
	service: string;
	/** BCP 47. HSDS has one language for each record. */
	language: string;
}

/** A text in the language that goes out; undefined where it is not written in it. */
export const said = (texts: Texts | undefined, { language }: PartsOf): string | undefined =>
	texts?.[language]?.text;

/** Puts a member, or takes it away where there is nothing to say. */
export function put(record: HsdsRecord, member: string, value: JsonValue | undefined) {
	if (value === undefined) Reflect.deleteProperty(record, member);
	else record[member] = value;
}

/** Members of a list without one of theirs. */
export function without(record: HsdsRecord, list: string, member: string): HsdsRecord[] {
	return listOf(record, list, () => undefined).map(({ [member]: _left, ...rest }) => rest);
}

type Members = { [member: string]: JsonValue | undefined };

/** Members without those that say nothing: HSDS leaves them out. */
function whole(members: Members): HsdsRecord {
	const record: HsdsRecord = {};
	for (const [member, value] of Object.entries(members)) if (value !== undefined) record[member] = value;
	return record;
}

const spoken = (code: string, of: PartsOf, within: string): HsdsRecord => ({
	id: partId(`language ${within} ${code}`, of.service),
	name: languageName(code, 'en'),
	code
});

export function hsdsLanguages(codes: readonly string[], of: PartsOf): HsdsRecord[] {
	return codes.map((code) => spoken(code, of, ''));
}

/** Lines as HSDS `phone`; `within` tells those of two places apart. */
export function hsdsPhones(phones: ServiceFields['phones'], of: PartsOf, within = ''): HsdsRecord[] {
	return phones.map(({ number, label: name, language }) =>
		whole({
			id: partId(`phone ${within} ${number}`, of.service),
			number,
			type: 'voice',
			description: said(name, of),
			languages: language && [spoken(language, of, `${within} ${number}`)]
		})
	);
}

const MEMBERS: Record<string, string> = {
	WKST: 'wkst',
	BYDAY: 'byday',
	BYWEEKNO: 'byweekno',
	BYMONTHDAY: 'bymonthday',
	BYYEARDAY: 'byyearday'
};

/**
 * The recurrence of a rule in the members of HSDS `schedule`; undefined where HSDS cannot say it: it has weekly and monthly
 * rules only. Every day is every weekday.
 */
function recurrence({ rule, from, to }: HoursRule): HsdsRecord | undefined {
	if (rule === null) return { valid_from: from, valid_to: from, dtstart: from };
	const parts = new Map(
		rule.split(';').map((part) => [part.replace(/=.*/s, ''), part.replace(/^[^=]*=/, '')])
	);
	const record = whole({ valid_from: from, valid_to: to, dtstart: from });
	for (const [part, value] of parts) {
		const member = MEMBERS[part];
		if (member) record[member] = value;
		else if (part === 'INTERVAL') record.interval = Number(value);
		else if (part === 'COUNT') record.count = Number(value);
		else if (part === 'UNTIL') record.until = value.replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3');
		else if (part !== 'FREQ') return undefined;
	}
	const freq = parts.get('FREQ');
	if (freq === 'WEEKLY' || freq === 'MONTHLY') return { ...record, freq };
	const others = ['byday', 'bymonthday', 'interval', 'count'].some((member) => member in record);
	return freq === 'DAILY' && !others
		? { ...record, freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR,SA,SU' }
		: undefined;
}

/**
 * Hours as HSDS `schedule` rows. A rule that HSDS cannot say goes out in the words of RFC 5545. HSDS knows no days on which
 * something is closed: they go out as a row without times.
 */
export function hsdsSchedules(hours: Hours, of: PartsOf, within = ''): HsdsRecord[] {
	const row = (at: number, members: Members) =>
		whole({ id: partId(`schedule ${within} ${at}`, of.service), ...members });
	const rules = hours.rules.map((rule): Members => {
		const note = said(rule.note ?? rule.words, of);
		const times = {
			opens_at: rule.opens,
			closes_at: rule.closes,
			// Hours of something else than the door: whoever reads it back would call it open.
			...(rule.note && { attending_type: 'other' })
		};
		const recurs = recurrence(rule);
		if (recurs) return { ...recurs, ...times, description: note };
		return { ...times, description: [rule.rule, note].filter((text) => text).join('\n') };
	});
	const exceptions = hours.exceptions.flatMap(({ from, to, open, note }): Members[] => {
		const days = { valid_from: from, valid_to: to, description: said(note, of) };
		if (open.length === 0) return [{ ...days, description: days.description ?? 'Closed' }];
		return open.map(({ opens, closes }) => ({ ...days, opens_at: opens, closes_at: closes }));
	});
	return [...rules, ...exceptions].map((members, at) => row(at, members));
}

/** The address where people go to, over the one that there was. */
function hsdsAddress(place: Place, of: PartsOf, came: HsdsRecord = {}): HsdsRecord {
	return {
		state_province: '',
		country: 'FI',
		id: partId(`address ${place.id}`, of.service),
		...came,
		address_1: said(place.address, of) ?? '',
		city: said(place.postOffice, of) ?? '',
		postal_code: place.postalCode ?? '',
		address_type: 'physical'
	};
}

/** A place as HSDS `service_at_location`, over the one it came from, if it came from one. */
export function hsdsPlace(place: Place, of: PartsOf, came: HsdsRecord = {}): HsdsRecord {
	const site: HsdsRecord = { id: place.id, ...came };
	const made = { id: partId(`location ${place.id}`, of.service), location_type: 'physical' };
	const location: HsdsRecord = { ...made, ...recordOf(came, 'location') };
	put(location, 'name', said(place.name, of));
	put(location, 'latitude', place.latitude);
	put(location, 'longitude', place.longitude);
	const addresses = listOf(location, 'addresses', () => undefined);
	const visited = addresses.find((one) => textOf(one, 'address_type') === 'physical') ?? addresses[0];
	const others = addresses.filter((one) => one !== visited);
	if (place.address ?? place.postOffice) location.addresses = [hsdsAddress(place, of, visited), ...others];
	else put(location, 'addresses', others.length ? others : undefined);
	const access = said(place.access, of);
	const way = access && [{ id: partId(`access ${place.id}`, of.service), description: access }];
	put(location, 'accessibility', way || undefined);
	// Lines and hours stand with the service at this place; what the place had of its own would say them twice.
	for (const member of ['phones', 'schedules']) put(location, member, undefined);
	for (const holder of [site, location])
		if ('contacts' in holder) holder.contacts = without(holder, 'contacts', 'phones');
	site.location = location;
	site.phones = hsdsPhones(place.phones, of, place.id);
	site.schedules = place.hours ? hsdsSchedules(place.hours, of, place.id) : [];
	return site;
}

/** Topics as HSDS attributes: terms of our own list, which a reader of ours finds again by their code. */
export function hsdsTopics(topics: readonly string[], of: PartsOf): HsdsRecord[] {
	return topics.map((topic) => ({
		id: partId(`topic ${topic}`, of.service),
		link_id: of.service,
		link_type: 'taxonomy_term',
		link_entity: 'service',
		taxonomy_term: {
			id: partId(topic, 'topics'),
			code: topic,
			name: label('topic', topic, 'en'),
			description: label('topic', topic, 'en'),
			taxonomy: 'reppu-topics'
		}
	}));
}

/** Municipalities as HSDS `service_area`: the official code is the extent. */
export function hsdsAreas(codes: readonly string[], of: PartsOf): HsdsRecord[] {
	return codes.map((code) => ({
		id: partId(`area ${code}`, of.service),
		name: municipalityName(code, of.language === 'sv' ? 'sv' : 'fi'),
		extent: code,
		extent_type: 'municipality'
	}));
}
