import { clientPhones, clientText } from '#lib/directory/critical.ts';
import { isSensitive } from '#lib/directory/sensitive.ts';
import type { Service } from '#lib/domain/service.ts';
import { givenName } from './given-name.ts';
import { takeAwayPhrase } from './phrases.ts';

/** What the share sheet, a message or the clipboard gets. */
export interface Message {
	title: string;
	text: string;
}

/** Numbers stand without spaces: in text from right to left their groups would change places. */
function partOf(service: Service, language: string, adviser: string, page: string): string {
	const { name, translated, machine } = givenName(service, language, adviser);
	if (isSensitive(service)) return [name, page].join('\n');
	const mark = machine ? takeAwayPhrase('machine', language).text : undefined;
	const [phone] = clientPhones(service, language);
	const address = clientText(service, 'address', 'fi', adviser).shown?.text;
	return [name, translated, mark, phone?.number, address, page]
		.filter((line) => line !== undefined)
		.join('\n');
}

/**
 * The services as one text for a client who reads `language`. A sensitive one has a neutral title and its page only.
 *
 * @param pageOf address of a service's public page
 */
export function message(
	services: readonly Service[],
	language: string,
	adviser: string,
	pageOf: (service: Service) => string
): Message {
	const [only] = services;
	const title =
		only && services.length === 1
			? givenName(only, language, adviser).name
			: takeAwayPhrase('advice', language).text;
	return {
		title,
		text: services.map((service) => partOf(service, language, adviser, pageOf(service))).join('\n\n')
	};
}
