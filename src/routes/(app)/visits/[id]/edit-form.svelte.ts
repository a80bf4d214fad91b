import * as z from 'zod/mini';
import type { OpenApp } from '#lib/components/app.svelte.ts';
import { clockNow } from '#lib/components/clock.svelte.ts';
import type { SummaryGroupId } from '#lib/components/visit-form/summary.ts';
import {
	changedFields,
	fromVisit,
	visitValues,
	type VisitValues
} from '#lib/components/visit-form/visit-values.ts';
import {
	DRAFT_DELAY,
	dropDraft,
	readDraft,
	saveDraft,
	readyDraft,
	saveDraftAtOnce,
	type Draft
} from '#lib/device/drafts.ts';
import { changeVisit, mendVisit } from '#lib/device/visits.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { RecordState } from '#lib/domain/record.ts';
import type { Visit } from '#lib/domain/visit.ts';

/** A change of one group of a saved visit, with a draft of its own: a reload loses nothing that was typed. */
export class EditForm {
	values = $state() as VisitValues;
	dirty = $state(false);
	readonly #before: VisitValues;
	readonly #open: OpenApp;
	readonly #visit: string;
	/** What the author sees: the change replaces this, and nothing that comes in while the form is open. */
	readonly #seen: RecordState | undefined;
	readonly #draft: string;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(open: OpenApp, visit: Visit, group: SummaryGroupId, seen?: RecordState) {
		this.#seen = seen;
		this.#open = open;
		this.#visit = visit.id;
		this.#draft = `edit-${group}-${visit.id}`;
		this.#before = fromVisit(visit);
		this.values = fromVisit(visit);
	}

	/** Goes on with what was typed before a reload. */
	async restore(): Promise<void> {
		const parsed = z.safeParse(
			visitValues,
			(await readDraft(this.#open.device.db, this.#draft))?.values['edited']
		);
		if (!parsed.success || this.dirty) return;
		this.values = parsed.data;
		this.dirty = true;
	}

	change(apply: (values: VisitValues) => void): void {
		apply(this.values);
		this.dirty = true;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.keep(), DRAFT_DELAY);
		void readyDraft(this.#open.device.db, () => this.#asDraft());
	}

	async keep(): Promise<void> {
		clearTimeout(this.#timer);
		if (this.dirty) await saveDraft(this.#open.device.db, this.#asDraft());
	}

	/** The page goes: nothing that takes a moment can be relied on. */
	keepAtOnce(): void {
		if (this.dirty) saveDraftAtOnce(this.#open.device.db, this.#asDraft());
	}

	#asDraft(): Draft {
		const edited = JSON.parse(JSON.stringify(this.values)) as JsonValue;
		return { id: this.#draft, at: Date.now(), values: { edited } };
	}

	async forget(): Promise<void> {
		this.dirty = false;
		clearTimeout(this.#timer);
		await dropDraft(this.#open.device.db, this.#draft);
	}

	/** Writes what was changed. A rejected visit goes out again as a whole, with the change in it. */
	async save(mending: boolean): Promise<void> {
		const { device, stamp, desks, sync } = this.#open;
		const now = Date.now();
		const fields = changedFields(this.#before, this.values, desks.current ?? [], clockNow());
		if (mending) await mendVisit(device, stamp, this.#visit, fields, now);
		else if (Object.keys(fields).length > 0)
			await changeVisit(device, stamp, this.#visit, fields, now, this.#seen);
		await this.forget();
		void sync.now();
	}
}
