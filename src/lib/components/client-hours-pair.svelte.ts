import type { Device } from '#lib/device/device.ts';
import type { FactPair, FactPart } from '#lib/directory/client-card.ts';
import { clientHours } from '#lib/directory/client-hours.ts';
import { isActive } from '#lib/directory/critical.ts';
import { phrase, type PhraseBook } from '#lib/directory/phrases/phrases.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { Service } from '#lib/domain/service.ts';
import { clockNow } from './clock.svelte.ts';
import { phraseBook } from './phrase-book.svelte.ts';
import { ruleReading } from './rule-reader.svelte.ts';

/** What client and adviser read of the hours of a service now, in words that do not come from the service. For a component's start. */
export class ClientHoursPair {
	readonly #service: () => Service | undefined;
	readonly #language: () => string;
	readonly #locale: Locale;
	readonly #book: ReturnType<typeof phraseBook>;
	readonly #ownBook: ReturnType<typeof phraseBook>;

	/** @param device whose approved phrases are used */
	constructor(
		service: () => Service | undefined,
		language: () => string,
		locale: Locale,
		device: () => Device | undefined
	) {
		this.#service = service;
		this.#language = language;
		this.#locale = locale;
		this.#book = phraseBook(language, device);
		this.#ownBook = phraseBook(() => locale);
		$effect(() => {
			const hours = this.#hours;
			if (hours) void ruleReading.prepare([hours]);
		});
	}

	/** Undefined where they are not known, or nobody is served now. */
	get #hours() {
		const service = this.#service();
		return service && isActive(service) ? service.hours : undefined;
	}

	get current(): FactPair | undefined {
		const hours = this.#hours;
		if (!hours) return undefined;
		const [now, read] = [clockNow(), ruleReading.current];
		const part = (reader: string, words: PhraseBook | undefined): FactPart | undefined => {
			const found = clientHours(hours, now, reader, read);
			return found && { value: found.value, text: phrase(found.key, words) };
		};
		const client = part(this.#language(), this.#book.current);
		const adviser = part(this.#locale, this.#ownBook.current);
		return client && adviser && { client, adviser };
	}
}
