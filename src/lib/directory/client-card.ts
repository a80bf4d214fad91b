import { clientPhones, clientText, phoneLabel } from '#lib/directory/critical.ts';
import {
	isUncheckedMachine,
	lookup,
	nearestLanguages,
	primaryLanguage,
	type ShownText
} from '#lib/directory/fallback.ts';
import { formatPhone } from '#lib/directory/phone-number.ts';
import type { Service } from '#lib/domain/service.ts';

/** One fact of the client's view, for one reader. */
export interface FactPart {
	/** Words, in whatever language they are. */
	text?: ShownText | undefined;
	/** A number or an address of the web: read from left to right in every language. */
	value?: string | undefined;
	/** Languages of service, BCP 47: shown by their own names. */
	languages?: string[] | undefined;
}

/** The same fact for both readers. */
export interface FactPair {
	client: FactPart;
	adviser: FactPart;
}

/** A row with one pictogram: what the client sees, and the same for the adviser. */
interface FactRow extends FactPair {
	key: string;
	pictogram: 'phone' | 'hours' | 'address' | 'bring' | 'languages' | 'website';
}

/** The client's view of a service, ready to be drawn. */
export interface ClientCard {
	name: { client: ShownText | undefined; adviser: ShownText | undefined };
	summary: { client: ShownText | undefined; adviser: ShownText | undefined };
	rows: FactRow[];
	/** True where the client's language has a text on this card. */
	translated: boolean;
	/** True where a machine translation that nobody checked is on the screen: marked for client and adviser. */
	machine: boolean;
	/** True where a critical text in the client's language was held back. */
	withheld: boolean;
	/** Languages of the card that the client may read too, where their own is missing. */
	nearest: string[];
}

/** More than these nobody takes in across a desk. */
const MAX_FACTS = 5;
const MAX_PHONES = 2;

/** Longer addresses nobody copies by hand: their host says where to look. */
const MAX_ADDRESS = 24;

/** A web address as a person copies it by hand. */
function plainAddress(url: string): string {
	const whole = url.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '');
	return whole.length > MAX_ADDRESS ? whole.replace(/[/?#].*/s, '') : whole;
}

/** The official page in the client's language, or the one that the entry names first. */
export function linkFor(service: Service, language: string) {
	const tag = lookup(
		service.links.map((link) => link.language),
		language
	);
	return service.links.find((link) => link.language === tag) ?? service.links[0];
}

function languagesFor(service: Service, language: string): string[] {
	const own = service.serviceLanguages.filter((tag) => primaryLanguage(tag) === primaryLanguage(language));
	return own.length > 0 ? own : service.serviceLanguages;
}

function factRows(
	service: Service,
	language: string,
	adviser: string,
	hours: FactPair | undefined,
	most: number
): FactRow[] {
	const rows: FactRow[] = [];
	for (const phone of clientPhones(service, language).slice(0, MAX_PHONES)) {
		const value = formatPhone(phone.number);
		const part = (reader: string) => ({ value, text: phoneLabel(service, phone, reader, adviser) });
		rows.push({ key: phone.number, pictogram: 'phone', client: part(language), adviser: part(adviser) });
	}
	if (hours) rows.push({ key: 'hours', pictogram: 'hours', ...hours });
	for (const field of ['address', 'bring'] as const) {
		const { shown } = clientText(service, field, language, adviser);
		if (!shown) continue;
		const own = clientText(service, field, adviser, adviser).shown;
		rows.push({ key: field, pictogram: field, client: { text: shown }, adviser: { text: own } });
	}
	const languages = languagesFor(service, language);
	if (languages.length > 0) {
		rows.push({ key: 'languages', pictogram: 'languages', client: { languages }, adviser: { languages } });
	}
	const link = linkFor(service, language);
	if (link) {
		const value = plainAddress(link.url);
		rows.push({ key: 'link', pictogram: 'website', client: { value }, adviser: { value } });
	}
	// The official link stands where a text may be missing, so it is never the fact that falls off.
	if (rows.length <= most) return rows;
	return [...rows.slice(0, most - 1), ...rows.slice(-1)];
}

/**
 * Puts together what a client who reads `language` sees of a service.
 *
 * @param adviser language of the adviser's own screen
 * @param hours what can be said of them now, in words that do not come from the service
 * @param most facts at most; paper has room for all of them
 */
export function clientCard(
	service: Service,
	language: string,
	adviser: string,
	hours?: FactPair,
	most = MAX_FACTS
): ClientCard {
	const both = (field: 'name' | 'summary') => ({
		client: clientText(service, field, language, adviser).shown,
		adviser: clientText(service, field, adviser, adviser).shown
	});
	const name = both('name');
	const summary = both('summary');
	const rows = factRows(service, language, adviser, hours, most);
	const texts = ownTexts({ name, summary, rows });
	const translated = texts.some((text) => !text.fallback);
	const held = (['name', 'summary', 'bring', 'address'] as const).some(
		(field) => clientText(service, field, language, adviser).withheld
	);
	return {
		name,
		summary,
		rows,
		translated,
		machine: [...texts, hours?.client.text].some((text) => text && isUncheckedMachine(text)),
		withheld: held,
		nearest: translated ? [] : nearestLanguages(Object.keys(service.name), language)
	};
}

/** What the service itself says to the client, in the order of the screen. */
function ownTexts({ name, summary, rows }: Pick<ClientCard, 'name' | 'summary' | 'rows'>): ShownText[] {
	const said = rows.flatMap((row) => (row.key === 'hours' ? [] : row.client.text));
	return [name.client, summary.client, ...said].filter((text) => text !== undefined);
}

/** What is read aloud: the texts that really are in the client's language. */
export const spokenTexts = (card: ClientCard): ShownText[] => ownTexts(card).filter((text) => !text.fallback);
