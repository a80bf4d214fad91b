import type { ApiAnswer, ApiFailure } from '#lib/components/office/api.ts';
import type { AuditAnswer } from '#lib/protocol/audit.ts';
import type { AuditEntry } from './audit-words.ts';

/** The audit trail as it is on the screen: pages that follow each other under one question. What is there stays while newer pages fail. */
export class Trail {
	entries = $state.raw<readonly AuditEntry[]>();
	/** All of the answer that came last but its entries. */
	about = $state.raw<Omit<AuditAnswer, 'entries'>>();
	failure = $state.raw<ApiFailure>();
	asking = $state.raw(false);
	readonly #ask: (query: string) => Promise<ApiAnswer<AuditAnswer>>;
	#query = '';
	#turn = 0;

	constructor(ask: (query: string) => Promise<ApiAnswer<AuditAnswer>>) {
		this.#ask = ask;
	}

	/** Begins anew. `filters`: those that are set. */
	async show(filters: Readonly<Record<string, string>>): Promise<void> {
		this.#query = new URLSearchParams(filters).toString();
		await this.#get(this.#query, []);
	}

	again = (): Promise<void> => this.#get(this.#query, []);

	async more(): Promise<void> {
		const before = this.about?.next;
		if (!before || this.asking) return;
		const query = new URLSearchParams([...new URLSearchParams(this.#query), ['before', before]]);
		await this.#get(query.toString(), this.entries ?? []);
	}

	/** Of two questions under way only the later one counts. */
	async #get(query: string, standing: readonly AuditEntry[]): Promise<void> {
		const turn = (this.#turn += 1);
		this.asking = true;
		const answer = await this.#ask(query);
		if (turn !== this.#turn) return;
		this.asking = false;
		this.failure = answer.ok ? undefined : answer.failure;
		if (!answer.ok) return;
		const { entries, ...about } = answer.value;
		this.entries = [...standing, ...entries];
		this.about = about;
	}
}
