import type { ServiceFields } from '#lib/domain/service.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { catalogueDate } from './ptv-dates.ts';
import { filledFrom, oneLine, TEXT_LANGUAGES, textsOf } from './ptv-texts.ts';
import type { Mended } from './report-line.ts';

export type ServicePhone = ServiceFields['phones'][number];
export type ServiceLink = ServiceFields['links'][number];

/** A telephone number of the Finnish service catalogue in one language version. */
export interface CataloguePhone {
	/** Country code `+358`; empty for Finnish service numbers. */
	prefixNumber: string;
	number: string;
	/** `Fax` is left out. A number for text messages says so. */
	type: string;
	additionalInformation: string;
	/** What a call costs, in words. */
	chargeDescription: string;
	language: string;
}

/** A web address of the catalogue, not yet looked at. */
export interface CatalogueLink {
	url: string;
	language: string;
}

/** Name of the public face of the catalogue, as people know it. */
const SOURCE_TITLE = 'Suomi.fi';

/** Where a record comes from and of which day it is; undefined where it does not say when it was changed. */
export function sourceOf(modified: string): ServiceFields['source'] | undefined {
	const date = catalogueDate(modified);
	return typeof date === 'object' ? { title: SOURCE_TITLE, date: date.day } : undefined;
}

/**
 * A number as E.164, or as the short number it is. National numbers and service numbers (`0295…`, `0800…`) are numbers of Finland;
 * `112`, `116117` and other short ones stay. Undefined for what is not one number, or has no country.
 *
 * @param prefix country code, `+358` or `00358`; may be empty
 */
export function e164(prefix: string, number: string): string | undefined {
	const compact = (text: string) => text.replace(/[\s().\-–/\u00a0]/g, '').replace(/^00/, '+');
	const country = compact(prefix);
	const digits = compact(number);
	if (!/^\+?\d+$/.test(digits) || !/^(\+[1-9]\d{0,3})?$/.test(country)) return undefined;
	let found = digits;
	if (!digits.startsWith('+')) {
		// Emergency, harmonised and operators' short numbers are never dialled with a country code, whatever is entered before them.
		if (/^1\d{2,5}$/.test(digits)) return digits;
		const trunk = digits.startsWith('0');
		if (!country && !trunk) return undefined;
		found = `${country || '+358'}${digits.replace(/^0/, '')}`;
	}
	// No number of Finland has fewer than five digits behind the country code.
	return /^\+(?:358[1-9]\d{4,11}|(?!358)[1-9]\d{5,14})$/.test(found) ? found : undefined;
}

function labelOf(phone: CataloguePhone, field: string, mended: Mended): Texts | undefined {
	const info = oneLine(phone.additionalInformation);
	const parts = [phone.type === 'Sms' ? 'SMS' : '', info, oneLine(phone.chargeDescription)].filter(Boolean);
	return textsOf([{ language: phone.language, value: parts.join(' · ') }], field, mended, oneLine);
}

/**
 * Telephone numbers with their source and its date. The same number in several language versions is one number with a label in
 * each of these languages; the language of the label is not the language of the call.
 *
 * @param modified of the record that holds the numbers; without it no number is taken over, because none is shown without a date
 */
export function phonesOf(
	phones: readonly CataloguePhone[],
	modified: string,
	field: string,
	mended: Mended
): ServicePhone[] {
	const source = sourceOf(modified);
	const found = new Map<string, ServicePhone>();
	for (const phone of phones) {
		if (phone.type === 'Fax' || !phone.number.trim()) continue;
		const number = e164(phone.prefixNumber, phone.number);
		if (!number) mended('bad_phone', field, `${phone.prefixNumber} ${phone.number}`.trim());
		else if (!source) mended('no_date', field, number);
		else {
			const label = filledFrom(found.get(number)?.label, labelOf(phone, field, mended));
			found.set(number, { number, ...(label && { label }), source });
		}
	}
	return [...found.values()];
}

/** Several lists of numbers as one: the first one of each number stays. */
export function eachNumberOnce(phones: Iterable<ServicePhone>): ServicePhone[] {
	const found = new Map<string, ServicePhone>();
	for (const phone of phones) if (!found.has(phone.number)) found.set(phone.number, phone);
	return [...found.values()];
}

/** Addresses that can be written to, each once; others are reported. */
export function emailsOf(values: Iterable<string>, field: string, mended: Mended): string[] {
	const found = new Map<string, string>();
	for (const value of values) {
		const email = value.trim().replace(/^mailto:/i, '');
		if (!email) continue;
		if (/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email) && email.length <= 200) {
			if (!found.has(email.toLowerCase())) found.set(email.toLowerCase(), email);
		} else mended('bad_email', field, value);
	}
	return [...found.values()];
}

/** The host of an address that is safe to open but for its scheme, and the address; undefined for all others. */
export function webAddress(
	value: string
): { scheme: 'https' | 'http'; host: string; href: string } | undefined {
	const url = URL.parse(value.trim());
	if (!url || url.username || url.password || !url.hostname.includes('.') || /["<>]/.test(url.href))
		return undefined;
	if (url.protocol === 'https:') return { scheme: 'https', host: url.host, href: url.href };
	return url.protocol === 'http:' ? { scheme: 'http', host: url.host, href: url.href } : undefined;
}

/**
 * Links that may be shown: `https` as they are, and `http` as `https` where another record of the same import names that host with
 * `https`, so that it is known to answer. All others are reported as `unsafe_link`. Finnish pages come first, because the
 * first link is the fall-back.
 */
export function linksOf(
	links: Iterable<CatalogueLink>,
	httpsHosts: ReadonlySet<string>,
	field: string,
	mended: Mended
): ServiceLink[] {
	const found = new Map<string, ServiceLink>();
	for (const { url, language } of links) {
		if (!url.trim()) continue;
		const address = webAddress(url);
		if (!address || (address.scheme === 'http' && !httpsHosts.has(address.host))) {
			mended('unsafe_link', field, url);
			continue;
		}
		const href = address.href.replace(/^http:/, 'https:');
		const tag = TEXT_LANGUAGES.includes(language) ? language : 'fi';
		found.set(`${tag} ${href}`, { url: href, language: tag });
	}
	const rank = ({ language }: ServiceLink) => TEXT_LANGUAGES.indexOf(language);
	return [...found.values()].sort((a, b) => rank(a) - rank(b));
}
