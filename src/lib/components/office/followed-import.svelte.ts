import type * as z from 'zod/mini';
import { noContent, type ApiFailure } from './api.ts';
import type { Office } from './office.svelte.ts';

/** How often is asked how far the server is, ms. */
const ASK = 1000;

/** What the server says of an import, at least. */
interface Told {
	readonly run: { readonly id: string; readonly state: string };
}

/** An import on the server as the office follows it: asked for until nobody works on it, narrowed down to a reason, moved on by steps. */
export abstract class FollowedImport<Answer extends Told> {
	answer = $state.raw<Answer>();
	/** The reason that the lines are narrowed down to. */
	reason = $state<string>();
	/** Why something did not go through. */
	failure = $state.raw<ApiFailure | 'not_sent'>();
	protected readonly office: Pick<Office, 'ask'>;
	readonly #wait: (ms: number) => Promise<void>;
	#following = '';

	/** Where imports of this kind are on the server. */
	protected abstract readonly path: string;
	protected abstract readonly schema: z.ZodMiniType<Answer>;
	/** States in which the server works. */
	protected abstract readonly works: ReadonlySet<string>;

	constructor(
		office: Pick<Office, 'ask'>,
		wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
	) {
		this.office = office;
		this.#wait = wait;
	}

	get run(): Answer['run'] | undefined {
		return this.answer?.run;
	}

	/** Gives it up, or puts away what is over. */
	async giveUp(): Promise<void> {
		const { run } = this;
		this.forget();
		if (!run || run.state === 'applied') return;
		const answer = await this.office.ask({ path: `${this.path}/${run.id}`, method: 'DELETE' }, noContent);
		if (!answer.ok) this.failure = answer.failure;
	}

	async narrow(reason: string | undefined): Promise<void> {
		this.reason = reason;
		if (this.run) await this.look(this.run.id);
	}

	/** Goes on with one that somebody began earlier, or elsewhere. */
	async follow(id: string): Promise<void> {
		if (this.#following === id) return;
		this.#following = id;
		while (this.#following === id && (await this.look(id))) await this.#wait(ASK);
		if (this.#following === id) this.#following = '';
	}

	leave(): void {
		this.#following = '';
	}

	/** Has the server take the next step, and follows it. */
	protected async step(id: string, body: object): Promise<void> {
		const answer = await this.office.ask({ path: `${this.path}/${id}`, method: 'POST', body }, noContent);
		this.failure = answer.ok ? undefined : answer.failure;
		if (answer.ok) await this.follow(id);
	}

	protected forget(): void {
		this.leave();
		[this.answer, this.failure, this.reason] = [undefined, undefined, undefined];
	}

	/** Asks how far it is; true while the server works. A question without an answer is asked again. */
	protected async look(id: string): Promise<boolean> {
		const query = this.reason === undefined ? '' : `?code=${encodeURIComponent(this.reason)}`;
		const answer = await this.office.ask({ path: `${this.path}/${id}${query}` }, this.schema);
		this.failure = answer.ok ? undefined : answer.failure;
		if (!answer.ok) return answer.failure === 'offline' || answer.failure === 'other';
		this.answer = answer.value;
		return this.works.has(answer.value.run.state);
	}
}
