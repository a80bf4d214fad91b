import { openClips, recordClip, removeClip, type ClipRow, type Clips } from '#lib/device/clips.ts';
import { live, type Live } from '#lib/device/live.svelte.ts';
import { browserDeps } from '#lib/sync/carrier.ts';
import { cardKey } from '#lib/directory/spoken-card.ts';
import type { Service } from '#lib/domain/service.ts';
import { clipHash, exchangeClips } from '#lib/sync/clips.ts';
import type { OpenApp } from './app.svelte.ts';

/** The organisation's recordings on this phone, and their way to and from the others. */
export class SpokenClips {
	readonly #app: OpenApp;
	readonly #db: Clips;
	readonly #rows: Live<ClipRow[]>;
	#closed = false;

	/** Opens the recordings, and begins to deliver and to fetch. */
	static async open(app: OpenApp): Promise<SpokenClips> {
		return new SpokenClips(app, await openClips());
	}

	private constructor(app: OpenApp, db: Clips) {
		this.#app = app;
		this.#db = db;
		const { organisation } = app.device.membership;
		this.#rows = live<ClipRow[]>(() => db.clips.where('organisation').equals(organisation).toArray(), []);
		void this.#exchange();
	}

	close(): void {
		this.#closed = true;
		this.#db.close();
	}

	/** Advisers and coordinators record; the server takes it from nobody else. */
	get mayRecord(): boolean {
		return ['adviser', 'coordinator'].includes(this.#app.device.membership.role);
	}

	/** The recording of a phrase or of a card; undefined where there is none. */
	find(phrase: string, language: string): ClipRow | undefined {
		return this.#rows.current.find(
			(row) => row.phrase === phrase && row.language === language && row.state !== 'leaving'
		);
	}

	/** Keeps a recording on this phone, then tells the others. @param audio base64 */
	async add(phrase: string, language: string, audio: string): Promise<void> {
		const { organisation } = this.#app.device.membership;
		const hash = await clipHash(audio);
		await recordClip(this.#db, { organisation, phrase, language, audio, hash });
		void this.#exchange();
	}

	async remove(clip: ClipRow): Promise<void> {
		await removeClip(this.#db, clip);
		void this.#exchange();
	}

	/** Nobody waits for it: what fails is tried again when the board is opened next. */
	async #exchange(): Promise<void> {
		const { device } = this.#app;
		const carrier = browserDeps.carrier(device);
		try {
			if (await carrier.mayCarry()) await exchangeClips(this.#db, device.membership, carrier.fetch);
		} catch (error) {
			// Without a network, or closed under it: what waits goes on waiting.
			if (!this.#closed && !(error instanceof TypeError)) reportError(error);
		}
	}
}

/** The recordings of what is open, for a component's start; undefined while they are opened, and where nothing is. */
export function openedClips(open: () => OpenApp | undefined): { readonly current: SpokenClips | undefined } {
	let clips = $state.raw<SpokenClips>();
	$effect(() => {
		const app = open();
		if (!app) return;
		let gone = false;
		const opening = SpokenClips.open(app);
		opening.then((opened) => {
			if (!gone) clips = opened;
		}, reportError);
		return () => {
			gone = true;
			clips = undefined;
			opening.then(
				(opened) => opened.close(),
				() => undefined
			);
		};
	});
	return {
		get current() {
			return clips;
		}
	};
}

/** The key of a card's recording in a language that may change, for a component's start; undefined while it is reckoned, and where nobody may speak it. */
export function cardKeyOf(
	service: () => Service | undefined,
	language: () => string | undefined
): { readonly current: string | undefined } {
	let key = $state<string>();
	$effect(() => {
		const [of, tag] = [service(), language()];
		let gone = false;
		key = undefined;
		if (of && tag !== undefined)
			cardKey(of, tag).then((found) => {
				if (!gone) key = found;
			}, reportError);
		return () => (gone = true);
	});
	return {
		get current() {
			return key;
		}
	};
}
