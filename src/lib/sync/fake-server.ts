import type { Device } from '#lib/device/device.ts';
import { conflicts, emptyRecord, join, opState, type RecordState } from '#lib/domain/record.ts';
import { MAX_OPS } from '#lib/protocol/limits.ts';
import { unpackOps } from '#lib/protocol/packed.ts';
import {
	syncRequest,
	type Receipt,
	type SyncAnswer,
	type SyncRequest,
	type WireOp
} from '#lib/protocol/sync.ts';
import { askForFirstPack } from './ask-pack.ts';
import type { Carrier } from './exchange.ts';
import type { FlushDeps } from './flush.ts';

/** For tests: what a request meets on its way. It may ask the server, or answer something else, or never answer. */
export type Network = (server: FakeServer, init: RequestInit) => Promise<Response>;

/** For tests: answers as the real server does. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': 'application/json', ...headers }
	});
}

async function inflate(init: RequestInit): Promise<string> {
	const body = new Blob([init.body as Uint8Array<ArrayBuffer>]);
	if (new Headers(init.headers).get('content-encoding') !== 'gzip') return body.text();
	return new Response(body.stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/**
 * For tests of the client: the sync endpoint in memory, with the rules that a client can see (design.md §5): one receipt for
 * each opId for ever, forks by sequence number, strict requests.
 */
export class FakeServer {
	/** Every op received, with the receipt it got. */
	readonly journal = new Map<string, { op: WireOp; receipt: Receipt }>();
	readonly records = new Map<string, RecordState>();
	readonly #numbers = new Map<string, string>();
	/** Requests that were understood, with the ops they carried. */
	readonly requests: (SyncRequest & { ops: WireOp[] })[] = [];
	/** How often each op changed a record; more than once would be a visit counted twice. */
	readonly effects = new Map<string, number>();
	change = 0;
	epoch = 'one';
	durable: number | null = null;
	/** What the next answers bring besides receipts. */
	news: Pick<SyncAnswer, 'changes' | 'cursors' | 'lost'> = { changes: [], cursors: {} };
	serverTime = () => Date.now();
	/** Decides on an op; undefined applies it. */
	judge: (op: WireOp) => Omit<Receipt, 'opId'> | undefined = () => undefined;
	/** Ops in one request, at most; more are refused as too large. */
	room = MAX_OPS;
	/** False: reading asks for a sign-in. */
	session = true;
	/** Refuses a whole request, as the edge of the server does before it looks at single ops. */
	refuse: (request: SyncRequest & { ops: WireOp[] }) => Response | undefined = () => undefined;
	/** What is answered to whoever asks for the pack or a part of it, by path and query. */
	pack: (path: string, init: RequestInit) => Promise<Response> = async () =>
		new Response(null, { status: 204 });
	readonly #author: string;

	constructor({ membership }: Device) {
		this.#author = membership.id;
	}

	/** Is lost, and restored from a backup that covers so much. */
	restore(change: number, epoch: string): void {
		for (const [opId, { receipt }] of this.journal)
			if ((receipt.change ?? 0) > change) this.journal.delete(opId);
		const kept = [...this.#numbers].filter(([, opId]) => this.journal.has(opId));
		this.#numbers.clear();
		for (const [number, opId] of kept) this.#numbers.set(number, opId);
		this.records.clear();
		this.effects.clear();
		this.change = change;
		this.epoch = epoch;
	}

	/** The real thing: receives, commits, answers. */
	async respond(init: RequestInit): Promise<Response> {
		const answer = await this.receive(init);
		return answer instanceof Response ? answer : json(answer);
	}

	async receive(init: RequestInit): Promise<SyncAnswer | Response> {
		const parsed = syncRequest.safeParse(JSON.parse(await inflate(init)));
		if (!parsed.success) return json({ error: 'bad_request' }, 422);
		const { packed, replica } = parsed.data;
		const ops = packed ? unpackOps(packed, replica) : (parsed.data.ops ?? []);
		if (!ops) return json({ error: 'bad_request' }, 422);
		const request = { ...parsed.data, ops };
		const refused = this.refuse(request);
		if (refused) return refused;
		if (ops.length > this.room) return json({ error: 'too_large' }, 413);
		if (parsed.data.cursors && !this.session) return json({ error: 'sign_in' }, 401);
		this.requests.push(request);
		return {
			protocol: 1,
			receipts: ops.map((op) => this.#take(op, op.replica ?? request.replica)),
			...this.news,
			more: false,
			epoch: this.epoch,
			durable: this.durable,
			serverTime: this.serverTime()
		};
	}

	#take(op: WireOp, replica: string): Receipt {
		const { opId, recordId } = op;
		const before = this.journal.get(opId);
		if (before && before.receipt.outcome !== 'later') return before.receipt;
		const number = `${replica} ${op.seq}`;
		const taken = this.#numbers.get(number);
		if (taken !== undefined && taken !== opId) return { opId, outcome: 'later', code: 'fork' };
		this.#numbers.set(number, opId);
		const judged = this.judge(op);
		let receipt: Receipt = { opId, outcome: 'applied', ...judged };
		if (!judged) {
			this.effects.set(opId, (this.effects.get(opId) ?? 0) + 1);
			const stored = this.records.get(recordId) ?? emptyRecord;
			const state = join(stored, opState({ ...op, base: op.base ?? {} }, this.#author));
			this.records.set(recordId, state);
			this.change += 1;
			receipt = {
				...receipt,
				outcome: conflicts(state).length ? 'conflict' : 'applied',
				change: this.change
			};
		}
		this.journal.set(opId, { op, receipt });
		return receipt;
	}
}

/** For tests: what a flush needs, over a network that the test decides on. */
export function depsOver(
	server: FakeServer,
	network: Network = (to, init) => to.respond(init),
	{ now = () => Date.now(), timeout = 1000 }: { now?: () => number; timeout?: number } = {}
): FlushDeps {
	const carrier: Carrier = {
		fetch: (url, init) => (init.method === 'GET' ? server.pack(url, init) : network(server, init)),
		mayCarry: async () => true,
		sign: async () => 'signature',
		headers: {},
		timeout
	};
	return { carrier: () => carrier, now, random: () => 0, askForPack: askForFirstPack };
}
