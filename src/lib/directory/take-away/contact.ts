import { addressOf } from '#lib/directory/at-place.ts';
import { takeAwayPhrase } from '#lib/directory/take-away/phrases.ts';
import { linkFor } from '#lib/directory/client-card.ts';
import { clientPhones, clientText } from '#lib/directory/critical.ts';
import { shownText } from '#lib/directory/fallback.ts';
import { isSensitive } from '#lib/directory/sensitive.ts';
import type { Service } from '#lib/domain/service.ts';
import { escaped } from './escaped.ts';
import { givenName } from './given-name.ts';

/** More than this makes a code too fine for old cameras, bytes of UTF-8. */
const MOST = 300;
const PHONES = 2;
/** It stands there twice, bytes. */
const LONGEST_NAME = 80;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** A name that leaves room for the number, cut between characters. */
function shortened(name: string): string {
	if (bytes(name) <= LONGEST_NAME) return name;
	const characters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
	while (bytes(characters.join('')) > LONGEST_NAME - bytes('…')) characters.pop();
	return `${characters.join('').trimEnd()}…`;
}

/** Where it is, as it stands on the wall and as maps find it. */
function addressLines(service: Service): string[] {
	const own = clientText(service, 'address', 'fi', 'fi').shown;
	const [place, ...others] = service.places ?? [];
	const street = shownText(place?.address, 'fi');
	// Of several places nobody knows which one is meant. What a service has from its only one is told part by part.
	const isPlaces = place && shownText(addressOf(place), 'fi')?.text === own?.text;
	if (own && !isPlaces) return [`ADR:;;${escaped(own.text)};;;;`];
	if (!place || !street || others.length > 0) return [];
	const office = shownText(place.postOffice, 'fi')?.text ?? '';
	return [`ADR:;;${escaped(street.text)};${escaped(office)};;${escaped(place.postalCode ?? '')};`];
}

/** What the phone keeps, what matters most first. */
function detailLines(service: Service, language: string, adviser: string): string[] {
	const phones = clientPhones(service, language)
		.slice(0, PHONES)
		.map(({ number }) => `TEL:${number}`);
	// A link or an address would say what the neutral title does not.
	if (isSensitive(service)) return phones;
	const link = linkFor(service, language);
	const { translated, machine } = givenName(service, language, adviser);
	const notes = machine
		? [...(translated ? [translated] : []), takeAwayPhrase('machine', language).text]
		: [];
	return [
		...phones,
		...addressLines(service),
		...(link ? [`URL:${link.url}`] : []),
		...(notes.length > 0 ? [`NOTE:${escaped(notes.join('\n'))}`] : [])
	];
}

/**
 * A service as a contact for the client's phone: vCard 3.0 of at most 300 bytes; what does not fit falls off, the least first. Lines are not
 * folded, as phones read them from a code. Undefined where there is nothing to keep.
 */
export function contactCard(service: Service, language: string, adviser: string): string | undefined {
	const name = shortened(givenName(service, language, adviser).name);
	const details = detailLines(service, language, adviser);
	if (details.length === 0) return undefined;
	const card = (lines: readonly string[]) =>
		[
			'BEGIN:VCARD',
			'VERSION:3.0',
			`N:${escaped(name)};;;;`,
			`FN:${escaped(name)}`,
			...lines,
			'END:VCARD',
			''
		].join('\r\n');
	const kept: string[] = [];
	for (const line of details) if (bytes(card([...kept, line])) <= MOST) kept.push(line);
	return card(kept.length > 0 ? kept : details.slice(0, 1));
}
