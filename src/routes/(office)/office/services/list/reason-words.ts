import type { Reason } from '#lib/directory/to-check.ts';
import { m } from '#lib/paraglide/messages.js';

const words: Readonly<Record<Reason, () => string>> = {
	reported: m.check_reported,
	differs: m.check_differs,
	overtaken: m.check_overtaken,
	broken: m.check_broken,
	unverified: m.check_unverified,
	stale: m.check_stale,
	untranslated: m.check_untranslated
};

/** Why an entry stands in the list. */
export const reasonWords = (reason: Reason): string => words[reason]();
