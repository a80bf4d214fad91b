import type { Hours } from '#lib/domain/hours.ts';
import { needsFullReader } from '#lib/domain/opening.ts';
import { plainDays, type RuleReader } from '#lib/domain/recurrence.ts';

/** Reads the rules of opening hours: the plain ones at once, all others as soon as their reader has been loaded. */
class RuleReading {
	#full = $state.raw<RuleReader>();

	get current(): RuleReader {
		return this.#full ?? plainDays;
	}

	/** Loads the full reader if one of these hours needs it. Where that fails, such hours stay unknown. */
	async prepare(hours: readonly Hours[]): Promise<void> {
		if (this.#full || !hours.some(needsFullReader)) return;
		try {
			this.#full = (await import('#lib/domain/full-recurrence.ts')).anyDays;
		} catch (error) {
			reportError(error);
		}
	}
}

/** One for all pages of the tab; they exist in the browser only. */
export const ruleReading = new RuleReading();
