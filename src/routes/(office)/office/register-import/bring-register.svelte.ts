import type * as z from 'zod/mini';
import { noContent, type ApiFailure } from '#lib/components/office/api.ts';
import type { Office } from '#lib/components/office/office.svelte.ts';
import {
	registerMade,
	registerRunAnswer,
	type RegisterMapping,
	type RegisterRun
} from '#lib/protocol/register-import.ts';

/** How often is asked how far the server is, ms. */
const ASK = 1000;

const WORKS = new Set<RegisterRun['state']>(['reading', 'checking', 'applying', 'taking-back']);

type Answer = z.infer<typeof registerRunAnswer>;

/** One import of an old register, from its file to what it did, as the office sees it. */
export class BringRegister {
	answer = $state.raw<Answer>();
	/** What somebody is saying of the columns; the server has it from the next step on. */
	mapping = $state.raw<RegisterMapping>();
	/** The reason that the lines are narrowed down to. */
	reason = $state<string>();
	sending = $state(false);
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

	get run(): RegisterRun | undefined {
		return this.answer?.run;
	}

	/** Sends a file and has it read. */
	async read(file: File): Promise<void> {
		this.#forget();
		this.#giveUp = new AbortController();
		const { signal } = this.#giveUp;
		const made = await this.#office.ask(
			{ path: '/api/v1/register-imports', method: 'POST', body: { file: file.name.slice(0, 200) } },
			registerMade
		);
		if (!made.ok) return void (this.failure = made.failure);
		const { id } = made.value;
		this.sending = true;
		const sent = await this.#office.ask(
			{ path: `${pathOf(id)}/file`, method: 'PUT', file, signal },
			noContent
		);
		this.sending = false;
		if (signal.aborted) return;
		if (!sent.ok) return void (this.failure = sent.failure === 'offline' ? 'not_sent' : sent.failure);
		await this.step(id, { do: 'read' });
	}

	stop(): void {
		this.#giveUp.abort();
	}

	/** Says what the columns mean; the server tells then which of their values it knows. */
	async map(mapping: RegisterMapping): Promise<boolean> {
		this.mapping = mapping;
		const { run } = this;
		if (!run) return false;
		const said = await this.#office.ask({ path: pathOf(run.id), method: 'POST', body: { do: 'map', mapping } }, noContent); // prettier-ignore
		this.failure = said.ok ? undefined : said.failure;
		if (said.ok) await this.#look(run.id);
		return said.ok;
	}

	async check(): Promise<void> {
		const { run, mapping } = this;
		this.reason = undefined;
		if (run && mapping && (await this.map(mapping))) await this.step(run.id, { do: 'check' });
	}

	async apply(): Promise<void> {
		if (this.run) await this.step(this.run.id, { do: 'apply' });
	}

	/** Takes an import back; resolves to why that could not be begun. */
	async takeBack(id: string): Promise<ApiFailure | undefined> {
		const answer = await this.#office.ask({ path: pathOf(id), method: 'POST', body: { do: 'take-back' } }, noContent); // prettier-ignore
		if (!answer.ok) return answer.failure;
		await this.follow(id);
		const done = this.run?.state === 'taken-back';
		this.#forget();
		return done ? undefined : 'other';
	}

	/** Gives it up, or puts away what is over. */
	async giveUp(): Promise<void> {
		const { run } = this;
		this.#forget();
		if (!run || run.state === 'applied') return;
		const answer = await this.#office.ask({ path: pathOf(run.id), method: 'DELETE' }, noContent);
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

	async step(id: string, body: object): Promise<void> {
		const answer = await this.#office.ask({ path: pathOf(id), method: 'POST', body }, noContent);
		this.failure = answer.ok ? undefined : answer.failure;
		if (answer.ok) await this.follow(id);
	}

	#forget(): void {
		this.#following = '';
		[this.answer, this.mapping, this.failure, this.reason] = [undefined, undefined, undefined, undefined];
	}

	/** Asks how far it is; true while the server works. A question without an answer is asked again. */
	async #look(id: string): Promise<boolean> {
		const query = this.reason === undefined ? '' : `?code=${encodeURIComponent(this.reason)}`;
		const answer = await this.#office.ask({ path: `${pathOf(id)}${query}` }, registerRunAnswer);
		this.failure = answer.ok ? undefined : answer.failure;
		if (!answer.ok) return answer.failure === 'offline' || answer.failure === 'other';
		this.answer = answer.value;
		this.mapping = answer.value.mapping ?? undefined;
		return WORKS.has(answer.value.run.state);
	}
}

const pathOf = (id: string) => `/api/v1/register-imports/${id}`;
