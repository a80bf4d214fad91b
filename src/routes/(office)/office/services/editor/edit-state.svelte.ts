import * as z from 'zod/mini';
import type { OpenDirectory } from '#lib/components/office/office-directory.svelte.ts';
import {
	DRAFT_DELAY,
	dropDraft,
	readDraft,
	saveDraft,
	readyDraft,
	saveDraftAtOnce,
	type Draft
} from '#lib/device/drafts.ts';
import { changeService } from '#lib/device/service-edits.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { emptyRecord, shownValues, type RecordState } from '#lib/domain/record.ts';
import { readService } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import {
	changedFields,
	newValues,
	previewOf,
	serviceValues,
	valuesOf,
	type ServiceValues
} from './service-values.ts';

const head = z.object({ clock: z.string(), opId: z.string(), value: z.json(), author: z.string() });
const draftValues = z.object({
	edited: serviceValues,
	/** The id that a new entry will have. */
	id: z.string(),
	/** The entry as its author saw it: what came in since is not written over. */
	seen: z.object({
		heads: z.record(z.string(), z.array(z.looseObject(head.shape))),
		seen: z.record(z.string(), z.array(z.string()))
	})
});

interface Stored {
	service: Service;
	state: RecordState;
}

/**
 * An entry while it is edited. Until the first change the form shows what stands, whoever writes it; from then on it has a draft of its own:
 * a reload loses nothing that was typed.
 */
export class EditState {
	/** What was typed before a reload is in the form. */
	restored = $state(false);
	/** The language beside the source. */
	language = $state('sv');
	id: string;
	#edited = $state<ServiceValues>();
	readonly #opened = $derived.by(() => this.#open());
	#before: ServiceValues | undefined;
	/** What the author saw with the first change: what they write replaces this, and nothing that comes in later. */
	#seen: RecordState = emptyRecord;
	readonly #office: OpenDirectory;
	readonly #stored: () => Stored | undefined;
	readonly #today: string;
	readonly #draft: string;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param stored undefined: a new entry */
	constructor(office: OpenDirectory, stored: () => Stored | undefined, today: string) {
		this.#office = office;
		this.#stored = stored;
		this.#today = today;
		const id = stored()?.service.id;
		this.id = id ?? newId();
		this.#draft = `edit-service-${id ?? 'new'}`;
	}

	get values(): ServiceValues {
		return this.#edited ?? this.#opened;
	}

	get dirty(): boolean {
		return this.#edited !== undefined;
	}

	#open(): ServiceValues {
		const stored = this.#stored();
		return stored ? valuesOf(stored.service) : newValues(this.#today);
	}

	async restore(): Promise<void> {
		const draft = await readDraft(this.#office.device.db, this.#draft);
		const { data } = z.safeParse(draftValues, draft?.values);
		if (!data || this.dirty) return;
		const before = this.#stored() && readService(data.id, shownValues(data.seen));
		if (this.#stored() && !before) return;
		this.id = data.id;
		this.#seen = data.seen;
		this.#before = before && valuesOf(before);
		this.#edited = data.edited;
		this.restored = true;
	}

	change(apply: (values: ServiceValues) => void): void {
		if (!this.#edited) {
			const stored = this.#stored();
			this.#seen = stored?.state ?? emptyRecord;
			this.#before = stored && valuesOf(stored.service);
			this.#edited = this.#open();
		}
		apply(this.#edited);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void saveDraft(this.#office.device.db, this.#asDraft()), DRAFT_DELAY);
		void readyDraft(this.#office.device.db, () => this.#asDraft());
	}

	/** The page goes: nothing that takes a moment can be relied on. */
	keepAtOnce(): void {
		clearTimeout(this.#timer);
		if (this.dirty) saveDraftAtOnce(this.#office.device.db, this.#asDraft());
	}

	#asDraft(): Draft {
		const { values: edited, id } = this;
		const values = JSON.parse(JSON.stringify({ edited, id, seen: this.#seen })) as Record<string, JsonValue>;
		return { id: this.#draft, at: Date.now(), values };
	}

	/** The entry as it would be saved now; undefined where something is unfinished. */
	preview(): Service | undefined {
		return this.#edited
			? previewOf(this.id, this.#before, this.#edited, this.#seen)
			: this.#stored()?.service;
	}

	/** Back to what stands there. */
	async startOver(): Promise<void> {
		clearTimeout(this.#timer);
		this.#edited = undefined;
		this.restored = false;
		await dropDraft(this.#office.device.db, this.#draft);
	}

	/** Writes what was changed. */
	async save(): Promise<void> {
		const { device, stamp, sync } = this.#office;
		const fields = this.#edited ? changedFields(this.#before, this.#edited) : {};
		if (Object.keys(fields).length > 0) await changeService(device, stamp, this.id, fields, this.#seen);
		await this.startOver();
		void sync.now();
	}
}
