import { clientBasket } from './client-basket.svelte.ts';
import { clientLanguage } from './client-language.svelte.ts';
import { forgetSearches } from './client-search.ts';

/** The next client is another person: nothing of this one stays on the phone. */
export function endClientSession(): void {
	clientLanguage.forget();
	clientBasket.empty();
	forgetSearches();
}
