import type { ApiAnswer, ApiFailure } from './api.ts';

/** How often a page that is looked at asks anew, ms. */
const POLL = 15_000;

/** What the server last said, with its time. It stays on the screen while newer questions fail or wait. */
export class Feed<T> {
	shown = $state.raw<{ readonly value: T; readonly at: number }>();
	/** Why the last question brought no answer; gone with the next answer. */
	failure = $state.raw<ApiFailure>();
	asking = $state.raw(false);
	readonly #ask: () => Promise<ApiAnswer<T>>;
	#turn = 0;

	constructor(ask: () => Promise<ApiAnswer<T>>) {
		this.#ask = ask;
	}

	/** Asks now. Of two questions under way only the later one counts. */
	async refresh(): Promise<void> {
		const turn = (this.#turn += 1);
		this.asking = true;
		const answer = await this.#ask();
		if (turn !== this.#turn) return;
		this.asking = false;
		this.failure = answer.ok ? undefined : answer.failure;
		if (answer.ok) this.shown = { value: answer.value, at: Date.now() };
	}

	/** Keeps asking while the page is looked at; returns what ends it. */
	watch(): () => void {
		const stop = new AbortController();
		const again = () => {
			if (document.visibilityState === 'visible' && !this.asking) void this.refresh();
		};
		addEventListener('focus', again, { signal: stop.signal });
		addEventListener('online', again, { signal: stop.signal });
		document.addEventListener('visibilitychange', again, { signal: stop.signal });
		const timer = setInterval(again, POLL);
		return () => {
			stop.abort();
			clearInterval(timer);
		};
	}
}
