import { clientText } from '#lib/directory/critical.ts';
import { isUncheckedMachine } from '#lib/directory/fallback.ts';
import { isSensitive } from '#lib/directory/sensitive.ts';
import type { Service } from '#lib/domain/service.ts';
import { takeAwayPhrase } from './phrases.ts';

/** What a service is called on the client's phone. */
export interface GivenName {
	name: string;
	/** An unchecked machine translation: it may stand beside the name with its mark, never in its place. */
	translated: string | undefined;
	/** True where one of the two is machine text that nobody has checked: whoever gives it along says so. */
	machine: boolean;
}

/** The name for a client who reads `language`; a neutral one where the service is sensitive. */
export function givenName(service: Service, language: string, adviser: string): GivenName {
	const named = (name: string, translated?: string, machine = translated !== undefined) => ({
		name,
		translated,
		machine
	});
	if (isSensitive(service)) return named(takeAwayPhrase('advice', language).text);
	const { shown } = clientText(service, 'name', language, adviser);
	if (!shown || !isUncheckedMachine(shown)) return named(shown?.text ?? service.id);
	// People find the door by the name that is written on it.
	const written = clientText(service, 'name', adviser, 'fi').shown;
	if (!written || isUncheckedMachine(written)) return named(shown.text, undefined, true);
	return named(written.text, shown.text);
}
