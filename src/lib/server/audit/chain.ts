import { createHmac } from 'node:crypto';
import type { Database } from '#lib/server/storage/schema.ts';

/**
 * The chain that shows whether the audit trail is whole. Each row's hash is made with the server's key from the row and the hash of the one
 * before, in monthly segments; a segment's seal says from which hash to which it goes. When a segment is dropped its seal stays, so that the chain
 * goes on over the gap.
 */
export type AuditRow = Database['audit'];
export type Segment = Database['audit_segments'];

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('hex');

/** `before`: the hash of the row before, empty for the first. */
function linkHash(key: Buffer, before: string, row: AuditRow): string {
	const { organisation_id, id, at, membership_id, device_id, event, subject_id, kind, ids, segment, number } =
		row;
	const said = [
		organisation_id,
		id,
		at,
		membership_id,
		device_id,
		event,
		subject_id,
		kind,
		ids,
		segment,
		number
	];
	return hmac(key, `${before}\n${JSON.stringify(said)}`);
}

export function sealOf(key: Buffer, segment: Omit<Segment, 'seal'>): string {
	const {
		organisation_id,
		segment: month,
		first_number,
		anchor,
		last_number,
		last_hash,
		dropped_at
	} = segment;
	return hmac(
		key,
		JSON.stringify([organisation_id, month, first_number, anchor, last_number, last_hash, dropped_at])
	);
}

/** The month of a time, UTC, as segments are named. */
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** The chain goes on with these rows, in their order; gives them with their places, and the segments that they grow. */
export function chain(
	key: Buffer,
	last: Segment | undefined,
	rows: readonly AuditRow[]
): { rows: AuditRow[]; segments: Segment[] } {
	const segments = new Map<string, Omit<Segment, 'seal'>>();
	let current: Omit<Segment, 'seal'> | undefined = last;
	const chained = rows.map((row) => {
		const { organisation_id, at } = row;
		const [number, anchor] = [(current?.last_number ?? 0) + 1, current?.last_hash ?? ''];
		const month = monthOf(at);
		// Whatever was written down late stands in the segment that is open.
		if (!current || month > current.segment)
			current = {
				organisation_id,
				segment: month,
				first_number: number,
				anchor,
				last_number: 0,
				last_hash: '',
				dropped_at: null
			};
		const placed = { ...row, segment: current.segment, number };
		const hash = linkHash(key, anchor, placed);
		current = { ...current, last_number: number, last_hash: hash };
		segments.set(current.segment, current);
		return { ...placed, hash };
	});
	return {
		rows: chained,
		segments: [...segments.values()].map((one) => ({ ...one, seal: sealOf(key, one) }))
	};
}

/** What is wrong where. `missing`: rows are not there; `changed`: a row or a seal is not what it was; `extra`: rows stand where none may. */
export interface Fault {
	segment: string;
	number: number;
	fault: 'missing' | 'changed' | 'extra';
}

/** Goes along an organisation's chain: its segments by month, and its rows by number, page by page. */
export class ChainCheck {
	readonly #key: Buffer;
	readonly #segments: readonly Segment[];
	readonly faults: Fault[] = [];
	#at = 0;
	#number = 0;
	#hash = '';

	constructor(key: Buffer, segments: readonly Segment[]) {
		this.#key = key;
		this.#segments = segments;
		let [number, hash] = [0, ''];
		for (const one of segments) {
			const { segment, first_number, anchor, last_number, last_hash, seal } = one;
			if (seal !== sealOf(key, one)) this.#fault(segment, first_number, 'changed');
			else if (first_number !== number + 1 || anchor !== hash) this.#fault(segment, first_number, 'missing');
			[number, hash] = [last_number, last_hash];
		}
	}

	add(rows: readonly AuditRow[]): void {
		for (const row of rows) {
			const number = Number(row.number);
			const segment = this.#segmentOf(number);
			if (!segment || segment.dropped_at !== null) {
				this.#fault(row.segment ?? '', number, 'extra');
				continue;
			}
			if (number > this.#number + 1) this.#fault(segment.segment, this.#number + 1, 'missing');
			else if (row.segment !== segment.segment || row.hash !== linkHash(this.#key, this.#hash, row))
				this.#fault(segment.segment, number, 'changed');
			[this.#number, this.#hash] = [number, row.hash ?? ''];
			if (number === segment.last_number && row.hash !== segment.last_hash)
				this.#fault(segment.segment, number, 'changed');
		}
	}

	/** All rows have been added. Gives the faults, and the hash that the chain has come to. */
	end(): { faults: Fault[]; head: string } {
		this.#segmentOf(Infinity);
		return { faults: this.faults, head: this.#segments.at(-1)?.last_hash ?? '' };
	}

	/** The segment with this number. Those before it are over: what they lack is missing. */
	#segmentOf(number: number): Segment | undefined {
		for (;;) {
			const segment = this.#segments[this.#at];
			if (!segment || number <= segment.last_number) {
				// Behind a gap the chain is taken up again from what the seal says.
				if (segment && this.#number < segment.first_number - 1)
					[this.#number, this.#hash] = [segment.first_number - 1, segment.anchor];
				return segment;
			}
			if (segment.dropped_at === null && this.#number < segment.last_number)
				this.#fault(segment.segment, Math.max(this.#number + 1, segment.first_number), 'missing');
			[this.#number, this.#hash] = [segment.last_number, segment.last_hash];
			this.#at += 1;
		}
	}

	#fault(segment: string, number: number, fault: Fault['fault']): void {
		this.faults.push({ segment, number, fault });
	}
}
