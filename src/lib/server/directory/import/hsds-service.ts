import { jsonFault } from '#lib/domain/json.ts';
import { LONGEST_TEXT, type Texts } from '#lib/domain/language-texts.ts';
import type { Place, ServiceFields } from '#lib/domain/service.ts';
import type { Draft, ReportLine } from '#lib/server/directory/draft.ts';
import { plainText } from '#lib/server/directory/plain-text.ts';
import { e164, splitNumbers, type DialCountry } from './e164.ts';
import { readPlace } from './hsds-place.ts';
import { listOf, recordOf, teller, textOf, type HsdsRecord, type Tell } from './hsds-record.ts';
import { hsdsDate, readSchedules } from './hsds-schedule.ts';
import { languageOf, municipalityOf, STATUS, topicOf } from './hsds-terms.ts';

/** What an importer knows of a source beyond what stands in it. */
export interface HsdsOptions {
	/** Language of the texts where the source does not say it, BCP 47. */
	language: string;
	/** Where phone numbers without a country code are dialled. */
	country: DialCountry;
	/** Name of the source for people, for instance `Kuopio service register`. */
	from: string;
	/** The day on which the source was fetched, `YYYY-MM-DD`: the date of facts whose change it does not date. */
	on: string;
}

/** Places of one entry at most, as `domain/service.ts` says. */
const MOST_PLACES = 500;

const LONGEST_ID = 200;

/** What a record may hold at most; a service of HSDS with all its parts stays far below. */
const LIMITS = { depth: 40, keys: 200_000 };

/** Version of HSDS that a service record is written in, by the members that 3.1 added. */
export function hsdsVersion(service: HsdsRecord): '3.0' | '3.1' {
	const sites = listOf(service, 'service_at_locations', () => undefined);
	const organization = recordOf(service, 'organization') ?? {};
	const later =
		'additional_urls' in service ||
		'capacities' in service ||
		'additional_websites' in organization ||
		sites.some((site) => 'service_areas' in site);
	return later ? '3.1' : '3.0';
}

/** The language that a record names for its own texts, in a change of the field `language`; the importer's otherwise. */
export function textLanguage(service: HsdsRecord, options: HsdsOptions): string {
	const said = listOf(service, 'metadata', () => undefined)
		.filter((change) => textOf(change, 'field_name') === 'language')
		.map((change) => languageOf(textOf(change, 'replacement_value')))
		.filter((tag) => tag !== undefined);
	return said.at(-1) ?? options.language;
}

/** A web address that can be shown: `https` only. An `http` one is not turned into `https`: nobody has seen that it answers. */
function webLink(text: string, field: string, tell: Tell): string | undefined {
	if (text === '') return undefined;
	if (!URL.canParse(text)) {
		tell('mended', 'bad_link', field, text);
		return undefined;
	}
	const url = new URL(text);
	if (url.protocol === 'http:') tell('mended', 'http_link', field, text);
	else if (url.protocol !== 'https:' || url.username || url.password)
		tell('mended', 'unsafe_link', field, text);
	else if (/^https:\/\/[^\s<>"]+$/.test(url.href)) return url.href;
	else tell('mended', 'bad_link', field, text);
	return undefined;
}

class ServiceReader {
	readonly #service: HsdsRecord;
	readonly #options: HsdsOptions;
	readonly #tell: Tell;
	readonly #language: string;
	readonly #source: ServiceFields['source'];

	constructor(service: HsdsRecord, options: HsdsOptions, tell: Tell) {
		this.#service = service;
		this.#options = options;
		this.#tell = tell;
		this.#language = textLanguage(service, options);
		this.#source = { title: options.from, date: hsdsDate(textOf(service, 'last_modified')) ?? options.on };
	}

	/** A text in the record's language; undefined where nothing is left of it to read. */
	texts(html: string, field: string): Texts | undefined {
		let text = plainText(html);
		if (text === '') return undefined;
		if (text.length > LONGEST_TEXT) {
			this.#tell('mended', 'text_too_long', field, text);
			text = `${text.slice(0, LONGEST_TEXT - 1).toWellFormed()}…`;
		}
		return { [this.#language]: { text, origin: 'written' } };
	}

	/** Lines that a person can ring, each number once. */
	phones(records: HsdsRecord[], field: string): Place['phones'] {
		const lines = new Map<string, Place['phones'][number]>();
		for (const record of records) {
			if (textOf(record, 'type').toLowerCase() === 'fax') continue;
			const spoken = listOf(record, 'languages', this.#tell)
				.map((one) => languageOf(textOf(one, 'code'), textOf(one, 'name')))
				.filter((tag) => tag !== undefined);
			const extension = textOf(record, 'extension');
			const words = [textOf(record, 'description'), extension && `ext. ${extension}`].filter(
				(word) => word !== ''
			);
			const label = this.texts(words.join('\n'), `${field}.description`);
			const written = textOf(record, 'number');
			for (const part of splitNumbers(written)) {
				const number = e164(part, this.#options.country);
				if (!number) this.#tell('mended', 'bad_phone', `${field}.number`, part);
				else if (!lines.has(number))
					lines.set(number, {
						number,
						...(label && { label }),
						...(spoken.length === 1 && { language: spoken[0] }),
						source: this.#source
					});
			}
		}
		return [...lines.values()];
	}

	/** Everything that the service says. Undefined without a name: nobody could find it. */
	fields(): Draft['fields'] | undefined {
		const name = this.texts(textOf(this.#service, 'name'), 'name');
		if (!name) return undefined;
		const fields: Draft['fields'] = { name, source: this.#source };
		this.#words(fields);
		this.#reached(fields);
		this.#places(fields);
		this.#classified(fields);
		return fields;
	}

	#words(fields: Draft['fields']) {
		const service = this.#service;
		const words: [keyof Draft['fields'] & ('description' | 'eligibility' | 'apply' | 'provider' | 'fees' | 'bring'), string, string][] = [
			['description', 'description', textOf(service, 'description')],
			['provider', 'organization.name', textOf(recordOf(service, 'organization') ?? {}, 'name')],
			['eligibility', 'eligibility_description', textOf(service, 'eligibility_description')],
			['apply', 'application_process', textOf(service, 'application_process')],
			['fees', 'fees_description', this.#fees()],
			['bring', 'required_documents', this.#documents()]
		]; // prettier-ignore
		for (const [field, from, html] of words) {
			const texts = this.texts(html, from);
			if (texts) fields[field] = texts;
		}
	}

	/** What it costs: the words, and the prices that hold on the day of the import. */
	#fees(): string {
		const words = textOf(this.#service, 'fees_description') || textOf(this.#service, 'fees');
		const prices = listOf(this.#service, 'cost_options', this.#tell)
			.filter((price) => (hsdsDate(textOf(price, 'valid_to')) ?? this.#options.on) >= this.#options.on)
			.map((price) => {
				const currency = textOf(price, 'currency').toUpperCase();
				const amount = `${textOf(price, 'amount')} ${textOf(price, 'amount') && currency}`.trim();
				const details = [amount, textOf(price, 'amount_description')].filter((part) => part !== '').join(' ');
				return [textOf(price, 'option'), details].filter((part) => part !== '').join(': ');
			});
		return [words, ...prices].filter((line) => line !== '').join('\n');
	}

	/** What to bring along, in one line. */
	#documents(): string {
		const documents = listOf(this.#service, 'required_documents', this.#tell)
			.map((document) => plainText(textOf(document, 'document')).replace(/\n+/g, ' '))
			.filter((document) => document !== '');
		// Decoded once more on the way to a text, a written `&lt;` would turn into a tag.
		return documents.join('; ').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	}

	/** Links, phones and mail; those of the organisation only where the service has no line of its own. */
	#reached(fields: Draft['fields']) {
		const service = this.#service;
		const tell = this.#tell;
		const organization = recordOf(service, 'organization') ?? {};
		const contacts = listOf(service, 'contacts', tell);
		const urls = [
			webLink(textOf(service, 'url'), 'url', tell),
			...listOf(service, 'additional_urls', tell).map((one) =>
				webLink(textOf(one, 'url'), 'additional_urls.url', tell)
			)
		].filter((url) => url !== undefined);
		if ('url' in service || urls.length)
			fields.links = [...new Set(urls)].map((url) => ({ url, language: this.#language }));
		const own = [
			...listOf(service, 'phones', tell),
			...contacts.flatMap((contact) => listOf(contact, 'phones', tell))
		];
		const sites = listOf(service, 'service_at_locations', tell);
		const elsewhere = sites.some((site) => Array.isArray(site.phones) && site.phones.length > 0);
		const lines = own.length || elsewhere ? own : listOf(organization, 'phones', tell);
		if (Array.isArray(service.phones) || lines.length) fields.phones = this.phones(lines, 'phones');
		const mails = [textOf(service, 'email'), ...contacts.map((contact) => textOf(contact, 'email'))];
		const emails = new Set<string>();
		for (const mail of mails) {
			if (/^[^\s@<>"]+@[^\s@<>"]+$/.test(mail) && mail.length <= 200) emails.add(mail);
			else if (mail) tell('mended', 'bad_email', 'email', mail);
		}
		if (emails.size) fields.emails = [...emails];
	}

	#places(fields: Draft['fields']) {
		const tell = this.#tell;
		const hours = readSchedules(
			listOf(this.#service, 'schedules', tell),
			(text) => this.texts(text, 'schedules.description'),
			tell
		);
		if (hours) fields.hours = hours;
		const id = textOf(this.#service, 'id');
		const sites = listOf(this.#service, 'service_at_locations', tell);
		if (sites.length > MOST_PLACES) tell('mended', 'too_many', 'service_at_locations', sites.length);
		const places = new Map<string, Place>();
		for (const site of sites.slice(0, MOST_PLACES)) {
			const place = readPlace(site, id, this, tell);
			if (place && !places.has(place.id)) places.set(place.id, place);
			else if (place) tell('mended', 'duplicate_id', 'service_at_locations.id', site.id);
		}
		if (Array.isArray(this.#service.service_at_locations)) fields.places = [...places.values()];
	}

	#classified(fields: Draft['fields']) {
		const service = this.#service;
		const tell = this.#tell;
		const said = textOf(service, 'status').toLowerCase().replace(/[-_\s]+/g, ' '); // prettier-ignore
		const status = STATUS.get(said);
		if (status) fields.status = status;
		else if (said) tell('mended', 'unknown_value', 'status', said);

		const topics = listOf(service, 'attributes', tell)
			.map((attribute) => recordOf(attribute, 'taxonomy_term') ?? {})
			.map((term) => topicOf({ code: textOf(term, 'code'), name: textOf(term, 'name') }))
			.filter((topic) => topic !== undefined);
		if (topics.length) fields.topics = [...new Set(topics)];

		const spoken = new Set<string>();
		for (const one of listOf(service, 'languages', tell)) {
			const tag = languageOf(textOf(one, 'code'), textOf(one, 'name'));
			if (tag) spoken.add(tag);
			else tell('mended', 'unknown_language', 'languages', textOf(one, 'code') || textOf(one, 'name'));
		}
		if (Array.isArray(service.languages)) fields.serviceLanguages = [...spoken];

		const areas = new Set<string>();
		for (const area of listOf(service, 'service_areas', tell)) {
			const extent = textOf(area, 'extent').split(/[,;|]/).map(municipalityOf);
			const found = (extent.some((code) => code !== undefined) ? extent : [municipalityOf(textOf(area, 'name'))])
				.filter((code) => code !== undefined); // prettier-ignore
			for (const code of found) areas.add(code);
			if (!found.length)
				tell('mended', 'unknown_area', 'service_areas', textOf(area, 'extent') || textOf(area, 'name'));
		}
		// Where no area is said, or none that is known here, a service is where its places are.
		if (areas.size === 0)
			for (const { municipality } of fields.places ?? []) if (municipality) areas.add(municipality);
		if (Array.isArray(service.service_areas) || areas.size > 0) fields.municipalities = [...areas];
	}
}

/**
 * One service of HSDS 3.0 or 3.1 as an entry of the directory. Null where it cannot be one (no id, no name), which is
 * reported; what cannot be understood in it is reported and left out. `raw` keeps the record as it came.
 */
export function readHsdsService(
	service: HsdsRecord,
	where: string,
	options: HsdsOptions,
	report: (line: ReportLine) => void
): Draft | null {
	const id = textOf(service, 'id');
	const tell = teller(report, where, id.slice(0, LONGEST_ID));
	if (id === '' || id.length > LONGEST_ID) {
		tell('skipped', id === '' ? 'no_id' : 'bad_id', 'id', service.id);
		return null;
	}
	const fault = jsonFault(service, LIMITS);
	if (fault) {
		tell('skipped', fault);
		return null;
	}
	const fields = new ServiceReader(service, options, tell).fields();
	if (!fields) {
		tell('skipped', 'no_name', 'name', service.name);
		return null;
	}
	const draft: Draft = { id, where, fields, format: `hsds-${hsdsVersion(service)}`, raw: service };
	const changed = textOf(service, 'last_modified');
	if (changed !== '') {
		if (hsdsDate(changed) && !Number.isNaN(Date.parse(changed)) && changed.length <= 40)
			draft.changed = changed;
		else tell('mended', 'bad_date', 'last_modified', changed);
	}
	return draft;
}
