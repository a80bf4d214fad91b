import { createContext } from 'svelte';
import { addVisit, removeVisit, type FieldValues } from '#lib/device/visits.ts';
import { formatTime } from '#lib/domain/dates.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { App, OpenApp } from './app.svelte.ts';
import { mirroredAppearance } from './appearance.ts';
import { askToKeepStorage } from './storage.ts';
import type { Toasts } from './toasts.svelte.ts';

/** How long after a save its row may still be marked, ms: a page may have to open first. */
const MARKED = 2000;

/** Saving, undoing and bringing back visits, with what people see and feel of it. The network is never waited for. */
export class VisitActions {
	/** The visit saved last, for the moment in which its row is marked. */
	justSaved = $state<string>();
	readonly #app: App;
	readonly #toasts: Toasts;

	constructor(app: App, toasts: Toasts) {
		this.#app = app;
		this.#toasts = toasts;
	}

	/** Saves a visit and offers to undo it. Rejects where the device could not store it; then nothing was written. */
	async add(fields: FieldValues, options: { id?: string; draft?: string } = {}): Promise<string> {
		const open = this.#opened();
		const id = await addVisit(open.device, open.stamp, fields, options);
		this.#saved(open, id, typeof fields['at'] === 'string' ? Date.parse(fields['at']) : Date.now());
		return id;
	}

	/** The same with a failure told in a notice, for a button that has no form to stay on. */
	async addFromButton(fields: FieldValues): Promise<void> {
		try {
			await this.add(fields);
		} catch {
			this.#toasts.show({ text: m.save_failed_short() });
		}
	}

	async remove(id: string): Promise<void> {
		const open = this.#opened();
		if ((await removeVisit(open.device, open.stamp, id)) === undefined) return;
		this.#toasts.show({
			text: m.toast_removed(),
			action: { label: m.toast_restore(), run: () => this.restore(id) }
		});
		void open.sync.now();
	}

	async restore(id: string): Promise<void> {
		const open = this.#opened();
		await removeVisit(open.device, open.stamp, id, false);
		void open.sync.now();
	}

	#saved(open: OpenApp, id: string, at: number): void {
		this.justSaved = id;
		setTimeout(() => this.justSaved === id && (this.justSaved = undefined), MARKED);
		this.#toasts.show({
			text: m.toast_saved({ time: formatTime(at, getLocale()) }),
			action: { label: m.toast_undo(), run: () => this.remove(id) }
		});
		if (mirroredAppearance(localStorage).vibration) navigator.vibrate?.(10);
		void open.sync.now();
		void askToKeepStorage(open.device.open);
	}

	#opened(): OpenApp {
		const { open } = this.#app;
		if (!open) throw new Error('No membership is open on this device.');
		return open;
	}
}

export const [getVisitActions, setVisitActions] = createContext<VisitActions>();
