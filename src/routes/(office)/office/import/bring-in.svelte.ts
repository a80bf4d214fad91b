import type * as z from 'zod/mini';
import { noContent } from '#lib/components/office/api.ts';
import { FollowedImport } from '#lib/components/office/followed-import.svelte.ts';
import { importMade, importRunAnswer, type importRequest, type ImportRun } from '#lib/protocol/imports.ts';

/** One import from choosing its files to what it did, as the office sees it. */
export class BringIn extends FollowedImport<z.infer<typeof importRunAnswer>> {
	/** The file that is on its way. */
	sending = $state.raw<{ readonly number: number; readonly count: number; readonly name: string }>();
	protected readonly path = '/api/v1/imports';
	protected readonly schema = importRunAnswer;
	protected readonly works = new Set<ImportRun['state']>(['checking', 'applying']);
	#giveUp = new AbortController();

	/** Sends files, or names an address, and has it checked. */
	async check(request: z.infer<typeof importRequest>, files: readonly File[]): Promise<void> {
		this.forget();
		this.#giveUp = new AbortController();
		const { signal } = this.#giveUp;
		const made = await this.office.ask({ path: this.path, method: 'POST', body: request }, importMade);
		if (!made.ok) return void (this.failure = made.failure);
		const path = `${this.path}/${made.value.id}`;
		for (const [at, file] of files.entries()) {
			this.sending = { number: at + 1, count: files.length, name: file.name };
			const sent = await this.office.ask(
				{ path: `${path}/files/${encodeURIComponent(file.name)}`, method: 'PUT', file, signal },
				noContent
			);
			this.sending = undefined;
			if (signal.aborted) return;
			if (!sent.ok) return void (this.failure = sent.failure === 'offline' ? 'not_sent' : sent.failure);
		}
		await this.step(made.value.id, { do: 'check' });
	}

	/** Stops the sending. */
	stop(): void {
		this.#giveUp.abort();
	}

	async apply(mayShrink: boolean): Promise<void> {
		if (this.run) await this.step(this.run.id, { do: 'apply', mayShrink });
	}
}
