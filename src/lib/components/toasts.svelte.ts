import { createContext } from 'svelte';

/** A short notice above the bar, with at most one thing to do. */
export interface Notice {
	text: string;
	action?: { label: string; run: () => void | Promise<void> };
}

/** How long a notice stays, ms. What it offers is always offered elsewhere too (WCAG 2.2.1). */
const STAYS = 8000;

interface Shown extends Notice {
	key: number;
	left: number;
}

/** The notices: the newest is shown, one beneath it comes back when that is gone, as long as its own time lasts. */
export class Toasts {
	#stack = $state.raw<readonly Shown[]>([]);
	#keys = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#since = 0;
	#reasons = new Set<string>();

	get current(): (Notice & { key: number }) | undefined {
		return this.#stack.at(-1);
	}

	show(notice: Notice): void {
		this.#stopClock();
		this.#stack = [...this.#stack, { ...notice, key: (this.#keys += 1), left: STAYS }];
		this.#startClock();
	}

	dismiss(): void {
		this.#stopClock();
		this.#stack = this.#stack.slice(0, -1);
		this.#startClock();
	}

	/** Does what the notice offers. */
	act(): void {
		const action = this.current?.action;
		this.dismiss();
		void action?.run();
	}

	/** Time stands still while there is a reason: the pointer or the focus is on the notice, or nobody looks. */
	pause(reason: string): void {
		this.#stopClock();
		this.#reasons.add(reason);
	}

	resume(reason: string): void {
		this.#reasons.delete(reason);
		this.#startClock();
	}

	#startClock(): void {
		const top = this.#stack.at(-1);
		if (!top || this.#reasons.size > 0 || this.#timer !== undefined) return;
		this.#since = Date.now();
		this.#timer = setTimeout(() => this.dismiss(), top.left);
	}

	#stopClock(): void {
		if (this.#timer === undefined) return;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const top = this.#stack.at(-1);
		if (top) top.left -= Date.now() - this.#since;
	}
}

export const [getToasts, setToasts] = createContext<Toasts>();
