import type * as z from 'zod/mini';
import { noContent, type ApiFailure } from '#lib/components/office/api.ts';
import type { Office } from '#lib/components/office/office.svelte.ts';
import {
	importMade,
	importRunAnswer,
	type ImportLine,
	type importRequest,
	type ImportRun
} from '#lib/protocol/imports.ts';

/** How often is asked how far the server is, ms. */
const ASK = 1000;

const WORKS = new Set<ImportRun['state']>(['checking', 'applying']);

/** One import from choosing its files to what it did, as the office sees it. */
export class BringIn {
	run = $state.raw<ImportRun>();
	lines = $state.raw<readonly ImportLine[]>([]);
	/** The reason that the lines are narrowed down to. */
	reason = $state<string>();
	/** The file that is on its way. */
	sending = $state.raw<{ readonly number: number; readonly count: number; readonly name: string }>();
	/** Why something did not go through. */
	failure = $state.raw<ApiFailure | 'not_sent'>();
	readonly #office: Pick<Office, 'ask'>;
	readonly #wait: (ms: number) => Promise<void>;
	#giveUp = new AbortController();
	#following = '';

	constructor(
		office: Pick<Office, 'ask'>,
		wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
	) {
		this.#office = office;
		this.#wait = wait;
	}

	/** Sends files, or names an address, and has it checked. */
	async check(request: z.infer<typeof importRequest>, files: readonly File[]): Promise<void> {
		[this.failure, this.run, this.reason] = [undefined, undefined, undefined];
		this.#giveUp = new AbortController();
		const { signal } = this.#giveUp;
		const made = await this.#office.ask(
			{ path: '/api/v1/imports', method: 'POST', body: request },
			importMade
		);
		if (!made.ok) return void (this.failure = made.failure);
		const path = `/api/v1/imports/${made.value.id}`;
		for (const [at, file] of files.entries()) {
			this.sending = { number: at + 1, count: files.length, name: file.name };
			const sent = await this.#office.ask(
				{ path: `${path}/files/${encodeURIComponent(file.name)}`, method: 'PUT', file, signal },
				noContent
			);
			this.sending = undefined;
			if (signal.aborted) return;
			if (!sent.ok) return void (this.failure = sent.failure === 'offline' ? 'not_sent' : sent.failure);
		}
		await this.#step(made.value.id, { do: 'check' });
	}

	/** Stops the sending. */
	stop(): void {
		this.#giveUp.abort();
	}

	async apply(mayShrink: boolean): Promise<void> {
		if (this.run) await this.#step(this.run.id, { do: 'apply', mayShrink });
	}

	/** Gives it up, or puts away what is over. */
	async giveUp(): Promise<void> {
		const { run } = this;
		[this.run, this.failure] = [undefined, undefined];
		this.#following = '';
		if (!run || run.state === 'applied') return;
		const answer = await this.#office.ask({ path: `/api/v1/imports/${run.id}`, method: 'DELETE' }, noContent);
		if (!answer.ok) this.failure = answer.failure;
	}

	async narrow(reason: string | undefined): Promise<void> {
		this.reason = reason;
		if (this.run) await this.#look(this.run.id);
	}

	/** Goes on with one that somebody began earlier, or elsewhere. */
	async follow(id: string): Promise<void> {
		if (this.#following === id) return;
		this.#following = id;
		while (this.#following === id && (await this.#look(id))) await this.#wait(ASK);
		if (this.#following === id) this.#following = '';
	}

	leave(): void {
		this.#following = '';
	}

	async #step(id: string, body: object): Promise<void> {
		const answer = await this.#office.ask({ path: `/api/v1/imports/${id}`, method: 'POST', body }, noContent);
		this.failure = answer.ok ? undefined : answer.failure;
		if (answer.ok) await this.follow(id);
	}

	/** Asks how far it is; true while the server works. A question without an answer is asked again. */
	async #look(id: string): Promise<boolean> {
		const query = this.reason === undefined ? '' : `?code=${encodeURIComponent(this.reason)}`;
		const answer = await this.#office.ask({ path: `/api/v1/imports/${id}${query}` }, importRunAnswer);
		this.failure = answer.ok ? undefined : answer.failure;
		if (!answer.ok) return answer.failure === 'offline' || answer.failure === 'other';
		[this.run, this.lines] = [answer.value.run, answer.value.lines];
		return WORKS.has(answer.value.run.state);
	}
}
