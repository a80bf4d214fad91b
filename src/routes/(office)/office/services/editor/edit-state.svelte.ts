import * as z from 'zod/mini';
import type { OpenDirectory } from '#lib/components/office/office-directory.svelte.ts';
import {
	DRAFT_DELAY,
	dropDraft,
	readDraft,
	saveDraft,
	saveDraftAtOnce,
	type Draft
} from '#lib/device/drafts.ts';
import { changeService } from '#lib/device/service-edits.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { emptyRecord, type RecordState } from '#lib/domain/record.ts';
import type { Service } from '#lib/domain/service.ts';
import { changedFields, newValues, serviceValues, valuesOf, type ServiceValues } from './service-values.ts';

/** An entry while it is edited, with a draft of its own: a reload loses nothing that was typed. */
export class EditState {
	values = $state() as ServiceValues;
	dirty = $state(false);
	/** What was typed before a reload is in the form. */
	restored = $state(false);
	#before: ServiceValues | undefined;
	/** What the author sees: a change replaces this, and nothing that comes in while the form is open. */
	#seen: RecordState;
	readonly #office: OpenDirectory;
	readonly #draft: string;
	readonly id: string;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param stored undefined: a new entry */
	constructor(
		office: OpenDirectory,
		stored: { service: Service; state: RecordState } | undefined,
		today: string
	) {
		this.#office = office;
		this.id = stored?.service.id ?? newId();
		this.#draft = `edit-service-${stored?.service.id ?? 'new'}`;
		this.#seen = stored?.state ?? emptyRecord;
		this.#before = stored && valuesOf(stored.service);
		this.values = stored ? valuesOf(stored.service) : newValues(today);
	}

	async restore(): Promise<void> {
		const draft = await readDraft(this.#office.device.db, this.#draft);
		const parsed = z.safeParse(serviceValues, draft?.values['edited']);
		if (!parsed.success || this.dirty) return;
		this.values = parsed.data;
		this.dirty = this.restored = true;
	}

	change(apply: (values: ServiceValues) => void): void {
		apply(this.values);
		this.dirty = true;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void saveDraft(this.#office.device.db, this.#asDraft()), DRAFT_DELAY);
	}

	/** The page goes: nothing that takes a moment can be relied on. */
	keepAtOnce(): void {
		clearTimeout(this.#timer);
		if (this.dirty) saveDraftAtOnce(this.#office.device.db, this.#asDraft());
	}

	#asDraft(): Draft {
		const edited = JSON.parse(JSON.stringify(this.values)) as JsonValue;
		return { id: this.#draft, at: Date.now(), values: { edited } };
	}

	/** Back to what was opened. */
	async startOver(today: string): Promise<void> {
		this.values = this.#before ? structuredClone(this.#before) : newValues(today);
		await this.#forget();
	}

	async #forget(): Promise<void> {
		clearTimeout(this.#timer);
		this.dirty = this.restored = false;
		await dropDraft(this.#office.device.db, this.#draft);
	}

	/** Writes what was changed; how many fields that were. */
	async save(): Promise<number> {
		const { device, stamp, sync } = this.#office;
		const fields = changedFields(this.#before, this.values);
		const count = Object.keys(fields).length;
		if (count > 0) await changeService(device, stamp, this.id, fields, this.#seen);
		await this.#forget();
		void sync.now();
		return count;
	}
}
