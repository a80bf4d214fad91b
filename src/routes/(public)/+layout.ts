import { browser } from '$app/env';
import { isLocale, setLocale } from '#lib/paraglide/runtime.js';
import type { LayoutLoad } from './$types';

/** An address that names a language decides for the whole app on this device, before anything is drawn. */
export const load: LayoutLoad = ({ url }) => {
	const language = url.searchParams.get('lang');
	if (!browser || !isLocale(language)) return;
	void setLocale(language, { reload: false });
	document.documentElement.lang = language;
};
