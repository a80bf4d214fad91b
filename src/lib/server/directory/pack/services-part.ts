import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RecordState } from '#lib/domain/record.ts';
import type { PackPart, ServicesPart } from '#lib/protocol/pack.ts';

const zipped = promisify(gzip);

/** Services in one part: not fewer, and not more. A phone unpacks a part to read one of them. */
const FEWEST = 48;
const MOST = 128;
/** Of ids, one in so many may end a part. */
const ONE_IN = 32;

/**
 * Whether a part ends behind this id. The id itself decides, so an entry that is added or removed moves the ends of its own part and seldom
 * of another (services-part.test.ts counts it): all other parts keep their hash, and phones what they have.
 *
 * @param count how many services the part has with this one
 */
export function endsPart(id: string, count: number): boolean {
	if (count < FEWEST) return false;
	return count >= MOST || createHash('sha256').update(id).digest().readUInt32BE() % ONE_IN === 0;
}

/** A part that is ready: its bytes, and how the manifest names it. */
export interface ReadyPart {
	content: Buffer;
	part: PackPart;
}

async function ready(
	plain: string | Uint8Array,
	about: Omit<PackPart, 'hash' | 'bytes'>
): Promise<ReadyPart> {
	const content = await zipped(plain, { level: 9 });
	const hash = createHash('sha256').update(content).digest('hex');
	return { content, part: { hash, bytes: content.length, ...about } };
}

/** Gathers services, in the order of their ids, until their part is full. */
export class ServicesGatherer {
	#services: ServicesPart['services'] = [];
	readonly #clocks = new Map<string, number>();

	get count(): number {
		return this.#services.length;
	}

	add(id: string, { heads }: RecordState): void {
		const values: ServicesPart['services'][number][1] = {};
		const clocks: number[] = [];
		// In one order, so that the same content has the same hash.
		for (const field of Object.keys(heads).sort()) {
			const head = heads[field]?.at(-1);
			if (!head) continue;
			values[field] = head.value;
			clocks.push(this.#place(head.clock));
		}
		const [first] = clocks;
		const same = first !== undefined && clocks.every((clock) => clock === first);
		this.#services.push([id, values, same ? first : clocks]);
	}

	/** The part, and it begins anew. */
	async end(): Promise<ReadyPart> {
		const whole: ServicesPart = { clocks: [...this.#clocks.keys()], services: this.#services };
		const [from, to] = [this.#services[0]?.[0], this.#services.at(-1)?.[0]];
		const count = this.#services.length;
		this.#services = [];
		this.#clocks.clear();
		return ready(JSON.stringify(whole), { kind: 'services', from, to, count });
	}

	#place(clock: string): number {
		const known = this.#clocks.get(clock);
		if (known !== undefined) return known;
		this.#clocks.set(clock, this.#clocks.size);
		return this.#clocks.size - 1;
	}
}

/** Bytes of the index in one part, before compression. */
const PIECE = 256 * 1024;

/** The index in pieces. */
export async function* indexParts(index: Uint8Array): AsyncGenerator<ReadyPart> {
	for (let first = 0; first < index.length; first += PIECE)
		yield ready(index.subarray(first, first + PIECE), { kind: 'index' });
}
