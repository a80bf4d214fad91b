import { appointmentEvent, isComplete, type Appointment } from '#lib/directory/take-away/appointment.ts';
import { contactCard } from '#lib/directory/take-away/contact.ts';
import { message, type Message } from '#lib/directory/take-away/message.ts';
import { publicPath } from '#lib/directory/take-away/public-address.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { Service } from '#lib/domain/service.ts';

/** What a code can hold. */
export type Content = 'contact' | 'appointment' | 'page';

/** What does not change while the screen is open. */
interface Around {
	organisation: string;
	/** Of the public pages: the app's own. */
	origin: string;
	locale: Locale;
	newUid: () => string;
	/** Ms since 1970. */
	now: () => number;
}

/** What is handed over, as the screen has it. The appointment lives here only and is gone with the screen. */
export class HandOver {
	readonly #around: Around;
	appointment = $state<Appointment>({ date: '', time: '', place: '' });
	#wanted = $state<Content>('contact');

	constructor(around: Around) {
		this.#around = around;
	}

	/** What a code of this service can hold. */
	contents(service: Service, language: string): Content[] {
		const hasContact = contactCard(service, language, this.#around.locale) !== undefined;
		return [...(hasContact ? (['contact'] as const) : []), 'appointment', 'page'];
	}

	/** What was chosen; the page where the service has no contact to keep. */
	content(service: Service, language: string): Content {
		return this.contents(service, language).includes(this.#wanted) ? this.#wanted : 'page';
	}

	choose(content: Content): void {
		this.#wanted = content;
	}

	page(service: Service, language: string): string {
		const { organisation, origin } = this.#around;
		return `${origin}${publicPath(organisation, service.id, language)}`;
	}

	/** The text of the code; undefined while the appointment is not filled in. */
	code(service: Service, language: string): string | undefined {
		const { locale, newUid, now } = this.#around;
		switch (this.content(service, language)) {
			case 'contact':
				return contactCard(service, language, locale);
			case 'appointment':
				if (!isComplete(this.appointment)) return undefined;
				return appointmentEvent(service, this.appointment, language, locale, { uid: newUid(), at: now() });
			case 'page':
				return this.page(service, language);
		}
	}

	/** The code on a slip: what is in the hand works without a network wherever it can. */
	slipCode(service: Service, language: string): string {
		const contact = contactCard(service, language, this.#around.locale);
		return contact ?? this.page(service, language);
	}

	/** The services as one text. */
	message(services: readonly Service[], language: string): Message {
		return message(services, language, this.#around.locale, (service) => this.page(service, language));
	}
}
