import { describe, expect, it } from 'vitest';
import {
	acrossOrganisations,
	EVERYTHING,
	inOrganisation,
	inRequest,
	NOTHING,
	reachNow,
	reachOnly,
	withReach
} from './reach.ts';

const now = () => reachNow('outside');

async function* three() {
	for (let count = 0; count < 3; count += 1) {
		await Promise.resolve();
		yield now();
	}
}

async function all(items: AsyncIterable<unknown>): Promise<unknown[]> {
	const found: unknown[] = [];
	for await (const item of items) found.push(item);
	return found;
}

describe('what is reached', () => {
	it('is nothing in a request until it is known whose it is, and then no other', async () => {
		await inRequest(async () => {
			expect(now()).toBe(NOTHING);
			await Promise.resolve();
			reachOnly('a');
			expect([now(), await acrossOrganisations(async () => now()), now()]).toEqual(['a', EVERYTHING, 'a']);
			reachOnly('a');
			expect(() => reachOnly('b')).toThrow('two organisations');
		});
		expect(now()).toBe('outside');
	});

	it('does not pass from one request to another that runs at the same time', async () => {
		const found = await Promise.all(
			['a', 'b', 'c'].map((organisation) =>
				inRequest(async () => {
					reachOnly(organisation);
					for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
					return now();
				})
			)
		);
		expect(found).toEqual(['a', 'b', 'c']);
	});

	it('goes along with what is read when the request has been left, where it is told to', async () => {
		const [inside, without] = inOrganisation('a', () => [withReach(three()), three()]) as [
			AsyncIterable<unknown>,
			AsyncIterable<unknown>
		];
		expect(await all(inside)).toEqual(['a', 'a', 'a']);
		expect(await all(without)).toEqual(['outside', 'outside', 'outside']);
	});
});
