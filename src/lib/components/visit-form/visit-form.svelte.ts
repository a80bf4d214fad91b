import {
	DRAFT_DELAY,
	dropDraft,
	readyDraft,
	saveDraft,
	saveDraftAtOnce,
	type Draft
} from '#lib/device/drafts.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import { timeFault } from '#lib/domain/visit-time.ts';
import { lacksConsent } from '#lib/domain/visit.ts';
import { newId } from '#lib/domain/ids.ts';
import { usualChannel } from '#lib/components/place.ts';
import type { OpenedDraft } from './open-draft.ts';
import { emptyValues, type VisitValues } from './visit-values.ts';

/** What the form still wants before it saves. `language` is asked for once and may be left out; `time`: it cannot have been then; `consent`: of the client's card. */
export type Wish = 'topics' | 'language' | 'time' | 'consent';

/** What the device knows while nobody has touched the form: the time, ms, and the desk. */
export type Here = () => { now: number; desk: string | null };

/**
 * The form of a new visit: its values, its draft and what it still wants. The draft's id is the visit's, so the same form
 * saved twice, in two tabs or by a double press, is saved once.
 */
export class VisitForm {
	values = $state() as VisitValues;
	readonly id: string;
	/** Restored from an earlier time, ms; undefined for a fresh form. */
	readonly startedAt: number | undefined;
	/** There is something to lose. */
	dirty = $state(false);
	saving = $state(false);
	/** What looks personal and is to stay all the same: asked once, and not again. */
	kept = $state.raw<readonly string[]>([]);
	/** What was missing when saving was last tried. */
	wishes = $state.raw<readonly Wish[]>([]);
	#languageAsked = false;
	readonly #db: MembershipDb;
	readonly #here: Here;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** The last writing of the draft; a drop waits for it, so that no draft comes back from the dead. */
	#writing: Promise<void> = Promise.resolve();

	constructor(db: MembershipDb, here: Here, draft?: OpenedDraft) {
		const { now, desk } = here();
		this.#db = db;
		this.#here = here;
		this.id = draft?.id ?? newId(now);
		this.values = draft?.values ?? emptyValues(now, desk);
		this.startedAt = draft?.startedAt;
		this.dirty = draft !== undefined;
	}

	/** A change by the user. The first one fixes place and time: until then a form left open follows the clock. */
	change(apply: (values: VisitValues) => void): void {
		if (!this.dirty) {
			const { now, desk } = this.#here();
			this.values.at = new Date(now).toISOString();
			this.#move(desk);
		}
		apply(this.values);
		this.dirty = true;
		const missing = this.missing();
		this.wishes = this.wishes.filter((wish) => missing.includes(wish));
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.keep(), DRAFT_DELAY);
		void readyDraft(this.#db, () => this.#draft());
	}

	/** Moves the visit to another place; the channel follows while it is the usual one of the old place. */
	moveTo(desk: string | null): void {
		this.change(() => this.#move(desk));
	}

	#move(desk: string | null): void {
		const { values } = this;
		if (values.channel === usualChannel(values.desk)) values.channel = usualChannel(desk);
		values.desk = desk;
	}

	missing(): Wish[] {
		const missing: Wish[] = [];
		if (!this.values.language) missing.push('language');
		if (this.values.topics.length === 0) missing.push('topics');
		if (this.dirty && timeFault(Date.parse(this.values.at), this.#here().now)) missing.push('time');
		if (lacksConsent(this.values)) missing.push('consent');
		return missing;
	}

	/** True if the form may be saved as it is. A missing language is asked for once, gently. */
	check(): boolean {
		const missing = this.missing();
		const enough =
			missing.every((wish) => wish === 'language') && (missing.length === 0 || this.#languageAsked);
		this.#languageAsked = true;
		this.wishes = enough ? [] : missing;
		return enough;
	}

	/** Writes the draft now: when its time has come, or before something happens to the form. */
	async keep(): Promise<void> {
		clearTimeout(this.#timer);
		if (!this.dirty || this.saving) return;
		const draft = this.#draft();
		this.#writing = this.#writing.then(() => saveDraft(this.#db, draft)).catch(() => undefined);
		await this.#writing;
	}

	/**
	 * The page goes: nothing that takes a moment can be relied on. Not even a save that is under way, so that the draft is
	 * written beside it; `takeDraft` drops one whose visit was saved after all.
	 */
	keepAtOnce(): void {
		if (this.dirty) saveDraftAtOnce(this.#db, this.#draft());
	}

	#draft(): Draft {
		const { values } = this;
		const startedAt = this.startedAt ?? Date.parse(values.at);
		// An answer that is `undefined` is absent: IndexedDB would keep it, JSON does not know it.
		const plain = JSON.parse(JSON.stringify({ visit: values, startedAt })) as Draft['values'];
		return { id: this.id, at: Date.now(), values: plain };
	}

	/** The form was emptied: its draft goes too. */
	async forget(): Promise<void> {
		this.dirty = false;
		clearTimeout(this.#timer);
		await this.#writing;
		await dropDraft(this.#db, this.id);
	}

	/** Runs the save as the only one. What fails leaves the form as it was, and its draft is kept. */
	async save(store: () => Promise<void>): Promise<void> {
		if (this.saving) return;
		this.saving = true;
		clearTimeout(this.#timer);
		try {
			await this.#writing;
			await store();
			this.dirty = false;
		} finally {
			this.saving = false;
		}
	}
}
