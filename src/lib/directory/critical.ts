import { primaryLanguage, shownText, type ShownText } from '#lib/directory/fallback.ts';
import type { Text, Texts } from '#lib/domain/language-texts.ts';
import type { Service, ServiceFields } from '#lib/domain/service.ts';

/**
 * What may reach a client (design.md §8). Critical content (emergency, poison, crisis, shelter, consent, deadlines, rights)
 * in a language other than Finnish, Swedish and English is shown only when a person has checked it: a wrong word there
 * costs more than a missing one. Number, pictogram, official link and the adviser's-language text stand in its place.
 */

export type TextField = ServiceFields['critical'][number];
type Phone = ServiceFields['phones'][number];
type Source = ServiceFields['source'];

/** In which critical texts are written by people of this project, and not by a machine. */
export const writtenLanguages: ReadonlySet<string> = new Set(['fi', 'sv', 'en']);

/** Whether the year, month or day exists, so that 31.2. is no date of a source. */
function isCivilDate(date: string): boolean {
	const at = new Date(date);
	return (
		/^\d{4}(-\d{2}(-\d{2})?)?$/.test(date) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date)
	);
}

/** Whether a fact says where it comes from and of when that is. */
const isSourced = ({ title, date }: Source): boolean => title.trim() !== '' && isCivilDate(date);

/** Whether a text of a critical field may be shown to a client. */
export function criticalTextMayShow(tag: string, text: Text, source: Source): boolean {
	if (text.checked !== undefined) return true;
	return writtenLanguages.has(primaryLanguage(tag)) && text.origin === 'written' && isSourced(source);
}

/** Whether the service is given at all: neither paused nor ended. */
export const isActive = ({ status }: Pick<Service, 'status'>): boolean =>
	status === undefined || status === 'active';

/** Whether an entry may be shown or given to a client at all: what nobody verified as a place, or what has paused or ended, may only be read. */
export const mayReachClient = (service: Pick<Service, 'kind' | 'mayHandOver' | 'status'>): boolean =>
	service.mayHandOver && service.kind !== 'advice-point' && isActive(service);

/** A text field as the client's view has it. */
export interface ClientText {
	shown: ShownText | undefined;
	/** True where a text in the client's language exists, but is critical and unchecked, and was held back. */
	withheld: boolean;
}

/**
 * A text field for a client who reads `language`.
 *
 * @param adviser language of the adviser, whose text stands where the client's is missing or held back
 */
export function clientText(
	service: Service,
	field: TextField,
	language: string,
	adviser: string
): ClientText {
	const texts = service[field];
	const allow = service.critical.includes(field)
		? (tag: string, text: Text) => criticalTextMayShow(tag, text, service.source)
		: () => true;
	const shown = shownText(texts, language, allow, [adviser]);
	const unguarded = shownText(texts, language);
	return { shown, withheld: unguarded?.fallback === false && shown?.fallback !== false };
}

/** The phone numbers that may be shown: each with the source it was taken from and that source's date. */
export function shownPhones(service: Pick<Service, 'phones'>): Phone[] {
	return service.phones.filter((phone) => isSourced(phone.source));
}

/** The same, those that answer in the client's language first, then those for everyone. */
export function clientPhones(service: Pick<Service, 'phones'>, language: string): Phone[] {
	const rank = (phone: Phone) => {
		if (phone.language === undefined) return 1;
		return primaryLanguage(phone.language) === primaryLanguage(language) ? 0 : 2;
	};
	return shownPhones(service).sort((a, b) => rank(a) - rank(b));
}

/** The words beside a number, and every other text that no flag can mark. On a card with critical content they are critical too. */
export function sideText(
	service: Pick<Service, 'critical'>,
	texts: Texts | undefined,
	source: Source,
	language: string,
	adviser: string
): ShownText | undefined {
	const allow = (tag: string, text: Text) =>
		service.critical.length === 0 || criticalTextMayShow(tag, text, source);
	return shownText(texts, language, allow, [adviser]);
}

/** The words beside a number. */
export const phoneLabel = (
	service: Pick<Service, 'critical'>,
	phone: Phone,
	language: string,
	adviser: string
): ShownText | undefined => sideText(service, phone.label, phone.source, language, adviser);
