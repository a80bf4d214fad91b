import type { OpenDirectory } from './office-directory.svelte.ts';

/** How saving on a page of the office went: on this device first, then the others are told. A second tap meanwhile does nothing. */
export class Saving {
	/** The last one is on this device. */
	saved = $state(false);
	/** The last one is not; what was typed stays in its form. */
	failed = $state(false);
	#isBusy = false;

	/** What was said of the last one is over: a form opens. */
	begin(): void {
		this.saved = this.failed = false;
	}

	/** True once it is saved. Why it was not goes to the page's error handling. */
	async run(opened: OpenDirectory, write: () => Promise<unknown>): Promise<boolean> {
		if (this.#isBusy) return false;
		this.#isBusy = true;
		this.begin();
		try {
			await write();
			this.saved = true;
			void opened.sync.now();
		} catch (error) {
			this.failed = true;
			reportError(error);
		} finally {
			this.#isBusy = false;
		}
		return this.saved;
	}
}
