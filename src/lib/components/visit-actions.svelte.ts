import { createContext } from 'svelte';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import type { FieldValues } from '#lib/device/visits.ts';
import type { Desk } from '#lib/domain/tour.ts';
import type { App, OpenApp } from './app.svelte.ts';
import type { OwnTemplate } from './own-templates.ts';
import type { Template } from './templates.ts';
import type { Toasts } from './toasts.svelte.ts';

/** How long after a save its row may still be marked, ms: a page may have to open first. */
const MARKED = 2000;

export interface Adding {
	id?: string;
	draft?: string;
	/** The screen itself says that it was saved, and offers to undo it. */
	quiet?: boolean;
}

/** What writes visits, loaded when the first screen stands and long before somebody taps; see AfterStart.svelte. */
export const loadWriting = () => import('./visit-writing.ts');

/** Saving, undoing and bringing back visits, with what people see and feel of it. The network is never waited for. */
export class VisitActions {
	/** The visit saved last, for the moment in which its row is marked. */
	justSaved = $state<string>();
	readonly #app: App;
	readonly toasts: Toasts;

	constructor(app: App, toasts: Toasts) {
		this.#app = app;
		this.toasts = toasts;
	}

	/** Saves a visit and offers to undo it. Rejects where the device could not store it; then nothing was written. */
	async add(fields: FieldValues, options: Adding = {}): Promise<void> {
		await (await loadWriting()).add(this, fields, options);
	}

	/** Logs one more visit like this one, here and now. `desk` null: without a place. */
	async repeat(entry: VisitEntry, desk: Desk | null): Promise<void> {
		await (await loadWriting()).repeat(this, entry, desk);
	}

	/** Logs a visit after a template, own or learned. There is no form to stay on: a notice tells a failure. */
	async addFrom(template: OwnTemplate | Template, desk: Desk | null): Promise<void> {
		await (await loadWriting()).addFrom(this, template, desk);
	}

	async remove(id: string): Promise<void> {
		await (await loadWriting()).remove(this, id);
	}

	async restore(id: string): Promise<void> {
		await (await loadWriting()).restore(this, id);
	}

	mark(id: string): void {
		this.justSaved = id;
		setTimeout(() => this.justSaved === id && (this.justSaved = undefined), MARKED);
	}

	get open(): OpenApp {
		const { open } = this.#app;
		if (!open) throw new Error('No membership is open on this device.');
		return open;
	}
}

export const [getVisitActions, setVisitActions] = createContext<VisitActions>();
