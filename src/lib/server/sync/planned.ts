import { emptyRecord, opState, type Op, type RecordState } from '#lib/domain/record.ts';
import { writeState } from '#lib/domain/record-text.ts';
import type { KnownValues } from '#lib/domain/visit.ts';
import { cardsOf } from '#lib/server/storage/card-links.ts';
import { ERASED, pointTo } from '#lib/server/storage/record-states.ts';
import { factsOfValues, visitFacts, type VisitFacts } from '#lib/domain/visit-facts.ts';

/**
 * A record as a batch will leave it. Most ops make a new record that no other touches: then its facts are told from the op itself,
 * and the record only says which op it was.
 */
export class Planned {
	readonly #author: string;
	readonly #only: Op | undefined;
	readonly #visit: KnownValues | undefined;
	readonly isErased: boolean;
	#state: RecordState | undefined;

	private constructor(
		author: string,
		only: Op | undefined,
		visit: KnownValues | undefined,
		state?: RecordState,
		isErased = false
	) {
		this.#author = author;
		this.#only = only;
		this.#visit = visit;
		this.#state = state;
		this.isErased = isErased;
	}

	/** @param visit the op's fields as they have passed their schema, where the record is a visit */
	static fresh(op: Op, author: string, visit: KnownValues | undefined): Planned {
		return new Planned(author, op, visit);
	}

	/** Nothing is left but that there was something. */
	static erased(author: string): Planned {
		return new Planned(author, undefined, undefined, emptyRecord, true);
	}

	static joined(state: RecordState, author: string): Planned {
		return new Planned(author, undefined, undefined, state);
	}

	get state(): RecordState {
		if (!this.#state && this.#only) this.#state = opState(this.#only, this.#author);
		return this.#state as RecordState;
	}

	/** For the column `records.state`. */
	get text(): string {
		if (this.isErased) return ERASED;
		return this.#only ? pointTo(this.#only.opId, this.#author) : writeState(this.state);
	}

	/** Client cards of a visit. */
	get cards(): string[] {
		if (this.isErased) return [];
		const card = this.#visit?.clientCard;
		return this.#visit ? (typeof card === 'string' ? [card] : []) : cardsOf(this.state);
	}

	facts(id: string): VisitFacts | undefined {
		if (this.isErased) return undefined;
		const plain = this.#visit && this.#visit.removed === undefined;
		return plain ? factsOfValues(this.#visit!, this.#only?.clock) : visitFacts(id, this.state);
	}
}
