import { criticalTextMayShow } from '#lib/directory/critical.ts';
import { textFields, type TextField } from '#lib/domain/service-record.ts';
import type { Text } from '#lib/domain/language-texts.ts';
import type { Service } from '#lib/domain/service.ts';

/** A text that no person who reads its language has checked. */
export interface UncheckedText {
	field: TextField;
	/** BCP 47. */
	language: string;
	text: Text;
	/** True where it is therefore kept from clients. */
	withheld: boolean;
}

/** The texts of an entry that want checking: what a machine translated, and what is critical and not ours to vouch for. */
export function uncheckedTexts(service: Service): UncheckedText[] {
	const critical: readonly string[] = service.critical;
	return textFields.flatMap((field) =>
		Object.entries(service[field] ?? {}).flatMap(([language, text]) => {
			const withheld = critical.includes(field) && !criticalTextMayShow(language, text, service.source);
			const isUnchecked = text.checked === undefined && (text.origin === 'machine' || withheld);
			return isUnchecked ? [{ field, language, text, withheld }] : [];
		})
	);
}

/** How often clients were shown unchecked text, by the entry's id and the language. */
export type Shown = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** How much is unchecked in a language. */
export interface UncheckedCount {
	language: string;
	texts: number;
	/** Of them those that are kept from clients. */
	withheld: number;
	/** How often clients were shown such text. */
	shown: number;
}

/** By language: what is shown most first, then what most is kept from clients of. */
export function countUnchecked(services: readonly Service[], shown: Shown = {}): UncheckedCount[] {
	const counts = new Map<string, UncheckedCount>();
	for (const { language, withheld } of services.flatMap(uncheckedTexts)) {
		const count = counts.get(language) ?? { language, texts: 0, withheld: 0, shown: 0 };
		count.texts += 1;
		count.withheld += withheld ? 1 : 0;
		counts.set(language, count);
	}
	for (const { id } of services)
		for (const [language, times] of Object.entries(shown[id] ?? {})) {
			const count = counts.get(language);
			if (count) count.shown += times;
		}
	return [...counts.values()].sort(
		(a, b) =>
			b.shown - a.shown || b.withheld - a.withheld || b.texts - a.texts || (a.language < b.language ? -1 : 1)
	);
}

/** An entry with its unchecked texts in one language. */
export interface UncheckedEntry {
	service: Service;
	texts: UncheckedText[];
	/** How often clients were shown such text of it in this language. */
	shown: number;
}

/**
 * Entries with unchecked texts in a language: first those of which something is kept from clients, each by how often clients were shown
 * it, else in the order given.
 */
export function uncheckedIn(
	services: readonly Service[],
	language: string,
	shown: Shown = {}
): UncheckedEntry[] {
	const isWithheld = ({ texts }: UncheckedEntry) => texts.some(({ withheld }) => withheld);
	return services
		.map((service) => ({
			service,
			texts: uncheckedTexts(service).filter((one) => one.language === language),
			shown: shown[service.id]?.[language] ?? 0
		}))
		.filter(({ texts }) => texts.length > 0)
		.sort((a, b) => Number(isWithheld(b)) - Number(isWithheld(a)) || b.shown - a.shown);
}
