import type * as z from 'zod/mini';
import { noContent, type ApiFailure } from '#lib/components/office/api.ts';
import { FollowedImport } from '#lib/components/office/followed-import.svelte.ts';
import {
	registerMade,
	registerRunAnswer,
	type RegisterMapping,
	type RegisterRun
} from '#lib/protocol/register-import.ts';

/** One import of an old register, from its file to what it did, as the office sees it. */
export class BringRegister extends FollowedImport<z.infer<typeof registerRunAnswer>> {
	/** What somebody is saying of the columns; the server has it from the next step on. */
	mapping = $state.raw<RegisterMapping>();
	sending = $state(false);
	protected readonly path = '/api/v1/register-imports';
	protected readonly schema = registerRunAnswer;
	protected readonly works = new Set<RegisterRun['state']>([
		'reading',
		'checking',
		'applying',
		'taking-back'
	]);
	#giveUp = new AbortController();

	/** Sends a file and has it read. */
	async read(file: File): Promise<void> {
		this.forget();
		this.#giveUp = new AbortController();
		const { signal } = this.#giveUp;
		const made = await this.office.ask(
			{ path: this.path, method: 'POST', body: { file: file.name.slice(0, 200) } },
			registerMade
		);
		if (!made.ok) return void (this.failure = made.failure);
		const { id } = made.value;
		this.sending = true;
		const sent = await this.office.ask(
			{ path: `${this.path}/${id}/file`, method: 'PUT', file, signal },
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
		const said = await this.#tell(run.id, { do: 'map', mapping });
		this.failure = said.ok ? undefined : said.failure;
		if (said.ok) await this.look(run.id);
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
		const answer = await this.#tell(id, { do: 'take-back' });
		if (!answer.ok) return answer.failure;
		await this.follow(id);
		const done = this.run?.state === 'taken-back';
		this.forget();
		return done ? undefined : 'other';
	}

	protected override forget(): void {
		super.forget();
		this.mapping = undefined;
	}

	protected override async look(id: string): Promise<boolean> {
		const works = await super.look(id);
		if (!this.failure) this.mapping = this.answer?.mapping ?? undefined;
		return works;
	}

	#tell(id: string, body: object) {
		return this.office.ask({ path: `${this.path}/${id}`, method: 'POST', body }, noContent);
	}
}
