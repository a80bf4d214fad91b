/** What a key of the keyboard does outside of text fields (ux.md §2.3). */
export type Shortcut = 'new' | 'search' | 'today' | 'services' | 'sync' | 'help';

const SINGLE: Readonly<Record<string, Shortcut>> = { n: 'new', '/': 'search', '?': 'help' };
const AFTER_G: Readonly<Record<string, Shortcut>> = { t: 'today', d: 'services', s: 'sync' };

/** How long `g` waits for its second key, ms. */
export const SEQUENCE = 1500;

/** Reads keys one after the other; `g` opens a sequence of two. */
export class ShortcutReader {
	#openedAt: number | undefined;

	/** True while the next key belongs to a sequence and to nothing else. */
	expecting(now: number): boolean {
		return this.#openedAt !== undefined && now - this.#openedAt < SEQUENCE;
	}

	press(key: string, now: number): Shortcut | undefined {
		const second = this.expecting(now);
		this.#openedAt = undefined;
		if (second) return AFTER_G[key];
		if (key === 'g') this.#openedAt = now;
		return SINGLE[key];
	}
}

/** A key that belongs to something else: a text field, a list of the browser, a combination. */
export function isForTyping(event: KeyboardEvent): boolean {
	if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
		return true;
	const { target } = event;
	if (!(target instanceof HTMLElement)) return false;
	if (
		target.isContentEditable ||
		target instanceof HTMLTextAreaElement ||
		target instanceof HTMLSelectElement
	)
		return true;
	return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}
