import { newId } from '#lib/domain/ids.ts';
import type { Environment } from './environment.ts';
import type { Fate, SimServer } from './server.ts';

/** A request on its way. */
export interface Parked {
	/** Life of the tab that sent it; an answer for one that has died goes nowhere. */
	session: object;
	/** Of the endpoint that it is for. */
	path: string;
	body: Uint8Array;
	headers: Record<string, string>;
	token: string;
	resolve: (response: Response) => void;
	reject: (error: unknown) => void;
}

/** What may happen to a request, and how often. */
export const NETWORK_FAULTS = {
	'no fault': 60,
	'dropped before the server': 5,
	'cut while it was sent': 3,
	'the answer is lost': 6,
	'the answer is cut': 4,
	'the answer is cut without a sign': 2,
	'half open until it times out': 3,
	'sent twice': 4,
	'sent again later': 4,
	'receipts in another order': 4,
	'a receipt is missing': 3,
	'a captive portal answers': 3,
	'an empty answer': 2,
	'somebody else answers in JSON': 2,
	'the server is busy': 3,
	'the server dies before the commit': 3,
	'the server dies after the commit': 3
} as const;
export type NetworkFault = keyof typeof NETWORK_FAULTS;

const networkError = () => new TypeError('fetch failed');
const timeoutError = () => new DOMException('The operation timed out.', 'TimeoutError');
const html = () =>
	new Response('<html>Welcome to the library</html>', { headers: { 'content-type': 'text/html' } });
const json = (text: string, status = 200) =>
	new Response(text, { status, headers: { 'content-type': 'application/json' } });

/** A network between many phones and one server that does all that networks do. */
export class Network {
	/** In the order in which they were sent; they arrive in any order. */
	readonly parked: Parked[] = [];
	/** Copies that arrive by themselves some time later. */
	readonly strays: Parked[] = [];
	/** When somebody last heard something new: a receipt or a change. */
	lastNews = 0;
	readonly #env: Environment;
	readonly #server: SimServer;

	constructor(env: Environment, server: SimServer) {
		this.#env = env;
		this.#server = server;
	}

	send(parked: Parked): void {
		this.parked.push(parked);
	}

	/** Every request of a tab that has died. */
	forget(session: object): void {
		for (const list of [this.parked])
			for (let index = list.length - 1; index >= 0; index -= 1)
				if (list[index]!.session === session) {
					// The server may have got it all the same.
					if (this.#env.chance(0.5)) this.strays.push(list[index]!);
					list.splice(index, 1);
				}
	}

	/** A stray copy arrives; nobody waits for its answer. */
	async stray(): Promise<void> {
		const [stray] = this.strays.splice(this.#env.below(this.strays.length), 1);
		if (stray) await this.#server.take(stray, 'answers');
	}

	/** One request meets its fate. */
	async deliver(parked: Parked, fault: NetworkFault): Promise<void> {
		this.parked.splice(this.parked.indexOf(parked), 1);
		const { body, resolve, reject } = parked;
		const reach = (bytes = body, fate: Fate = 'answers') =>
			this.#server.take({ ...parked, body: bytes }, fate);
		switch (fault) {
			case 'dropped before the server':
				return reject(networkError());
			case 'cut while it was sent':
				await reach(body.slice(0, this.#env.below(body.length)));
				return reject(networkError());
			case 'the answer is lost':
				await reach();
				return reject(networkError());
			case 'half open until it times out':
				if (this.#env.chance(0.5)) await reach();
				return reject(timeoutError());
			case 'the server dies before the commit':
				await reach(body, 'dies before the commit');
				return reject(networkError());
			case 'the server dies after the commit':
				await reach(body, 'dies after the commit');
				return reject(networkError());
			case 'a captive portal answers':
				return resolve(html());
			case 'an empty answer':
				return resolve(new Response(null, { status: this.#env.pick([200, 204]) }));
			case 'somebody else answers in JSON':
				return resolve(json(this.#env.pick(['{"status":"ok"}', '[]', 'null', '{"receipts":[],"epoch":7}'])));
			case 'the server is busy':
				return resolve(json('{"error":"busy"}', 503));
			case 'sent twice':
				await reach();
				break;
			case 'sent again later':
				this.strays.push(parked);
				break;
		}
		const response = await reach();
		if (!response) return reject(networkError());
		const text = await response.text();
		// Members that are empty are left out.
		if (/"(receipts|changes)":\[/.test(text)) this.lastNews = this.#env.now;
		switch (fault) {
			case 'the answer is cut without a sign':
				return resolve(json(text.slice(0, this.#env.below(text.length)), response.status));
			case 'the answer is cut': {
				const part = new TextEncoder().encode(text.slice(0, this.#env.below(text.length)));
				const stream = new ReadableStream({
					start(controller) {
						controller.enqueue(part);
						controller.error(networkError());
					}
				});
				const headers = { 'content-type': 'application/json' };
				return resolve(new Response(stream, { status: response.status, headers }));
			}
			case 'receipts in another order':
			case 'a receipt is missing':
				return resolve(json(this.#mixed(text, fault), response.status));
		}
		resolve(json(text, response.status));
	}

	/** Any order is accepted, what has no receipt waits on, and a receipt for something never sent is nothing. */
	#mixed(text: string, fault: NetworkFault): string {
		const answer = JSON.parse(text) as { receipts?: { opId: string; outcome: string; change?: number }[] };
		if (!answer.receipts) return text;
		let receipts = this.#env.shuffle(answer.receipts);
		if (fault === 'a receipt is missing') receipts = receipts.slice(1);
		const stranger = { opId: newId(), outcome: 'applied', change: 1 };
		return JSON.stringify({ ...answer, receipts: [stranger, ...receipts] });
	}
}
