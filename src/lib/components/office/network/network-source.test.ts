import { expect, it } from 'vitest';
import { askServer, type ApiRequest } from '#lib/components/office/api.ts';
import { NetworkSource } from './network-source.ts';

const QUARTERS = [
	{ from: '2026-07-01', to: '2026-09-30' },
	{ from: '2026-04-01', to: '2026-06-30' }
];

/** A source whose server answers by what was asked; `asked` are the questions that went out. */
function network(answer: (question: { from: string; to: string; tables: string[][] }) => object | undefined) {
	const asked: string[] = [];
	const source = new NetworkSource((request: ApiRequest, schema) =>
		askServer({ id: 'a-membership' }, request, schema, async (path) => {
			const question = JSON.parse(new URL(String(path), 'https://reppu.test').searchParams.get('ask')!);
			asked.push(question.from);
			const body = answer(question);
			if (!body) throw new TypeError('Nobody answers.');
			return Response.json(body);
		})
	);
	return { source, asked };
}

it('asks for each quarter once, newest first, with every table that may be published', async () => {
	const tables: string[][][] = [];
	const { source, asked } = network(({ from, to, tables: wanted }) => {
		tables.push(wanted);
		return { published: true, from, to, contacts: 40, tables: [] };
	});
	const first = await source.ask(QUARTERS);
	expect(first).toMatchObject({ ok: true, value: [{ from: '2026-07-01' }, { from: '2026-04-01' }] });
	expect(asked).toEqual(['2026-07-01', '2026-04-01']);
	expect(tables[0]).toEqual([['municipality'], ['topicGroup'], ['language'], ['residenceLength']]);
	expect(await source.ask(QUARTERS)).toEqual(first);
	expect(asked).toHaveLength(2);
});

it('what failed is asked for again, and what came is kept', async () => {
	let online = false;
	const { source, asked } = network(({ from, to }) =>
		from === '2026-07-01' || online ? { published: true, from, to, contacts: null, tables: [] } : undefined
	);
	expect(await source.ask(QUARTERS)).toEqual({ ok: false, failure: 'offline' });
	online = true;
	expect(await source.ask(QUARTERS)).toMatchObject({ ok: true });
	expect(asked).toEqual(['2026-07-01', '2026-04-01', '2026-04-01']);
});

it('true figures, which somebody gets who is no viewer any more, are no answer', async () => {
	const { source } = network(({ from, to }) => ({ from, to, contacts: 3, tables: [] }));
	expect(await source.ask(QUARTERS)).toEqual({ ok: false, failure: 'other' });
});
