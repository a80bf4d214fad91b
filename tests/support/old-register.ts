import {
	registerMade,
	registerRunAnswer,
	type RegisterMapping,
	type RegisterRun
} from '#lib/protocol/register-import.ts';
import type { ServerContext } from '#lib/server/context.ts';
import {
	handleNewRegisterImport,
	handleRegisterFile,
	handleRegisterImport,
	handleRegisterStep
} from '#lib/server/register-import/handle.ts';
import type * as z from 'zod/mini';
import { call, ORIGIN, post, type Phone } from './server.ts';

type Answer = z.infer<typeof registerRunAnswer>;

const WORKS: readonly RegisterRun['state'][] = ['reading', 'checking', 'applying', 'taking-back'];

/** A coordinator who brings an old register in, request by request as the page does. */
export class Importing {
	readonly server: ServerContext;
	readonly by: Phone;
	id = '';

	constructor(server: ServerContext, by: Phone) {
		this.server = server;
		this.by = by;
	}

	get #as() {
		return { 'reppu-membership': this.by.enrolled.membership };
	}

	#call(handler: Parameters<typeof call>[1], request: Request): Promise<Response> {
		return call(this.server, handler, request, { jar: this.by.jar, params: { id: this.id } });
	}

	async begin(file: string): Promise<number> {
		const answer = await this.#call(handleNewRegisterImport, post('/x', { file }, this.#as));
		if (answer.status === 201) this.id = registerMade.parse(await answer.json()).id;
		return answer.status;
	}

	async send(content: BodyInit): Promise<number> {
		const request = new Request(`${ORIGIN}/x`, {
			method: 'PUT',
			headers: { origin: ORIGIN, ...this.#as },
			body: content,
			...({ duplex: 'half' } as object)
		});
		return (await this.#call(handleRegisterFile, request)).status;
	}

	async step(body: object): Promise<number> {
		return (await this.#call(handleRegisterStep, post('/x', body, this.#as))).status;
	}

	get(query = ''): Request {
		return new Request(`${ORIGIN}/x${query}`, { headers: this.#as });
	}

	/** How far it is, once the server has stopped working on it. */
	async look(query = ''): Promise<Answer> {
		for (;;) {
			const answer = await this.#call(handleRegisterImport, this.get(query));
			const found = registerRunAnswer.parse(await answer.json());
			if (!WORKS.includes(found.run.state)) return found;
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}

	/** Sends a file and has it read. */
	async read(content: BodyInit, file = 'vanha.csv'): Promise<Answer> {
		await this.begin(file);
		await this.send(content);
		await this.step({ do: 'read' });
		return this.look();
	}

	/** Says what the columns mean, beginning with what was proposed, and has it checked. */
	async check(change: (mapping: RegisterMapping) => void = () => undefined): Promise<Answer> {
		const { mapping } = await this.look();
		if (!mapping) throw new Error('There is no mapping yet.');
		change(mapping);
		const status = await this.step({ do: 'map', mapping });
		if (status !== 204) throw new Error(`The mapping was refused: ${status}.`);
		await this.step({ do: 'check' });
		return this.look();
	}

	async apply(): Promise<Answer> {
		await this.step({ do: 'apply' });
		return this.look();
	}

	/** The whole way, with what was proposed. */
	async bringIn(content: BodyInit, change?: (mapping: RegisterMapping) => void): Promise<Answer> {
		await this.read(content);
		await this.check(change);
		return this.apply();
	}
}
