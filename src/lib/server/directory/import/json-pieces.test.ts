import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadInput } from '#lib/server/directory/draft.ts';
import { jsonPieces, type JsonPiece } from './json-pieces.ts';

/** The pieces of a text that comes in chunks of a given length; the error where it is bad. */
async function pieces(text: string, size = 7): Promise<JsonPiece[] | BadInput> {
	async function* chunks() {
		for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
	}
	const found: JsonPiece[] = [];
	try {
		for await (const piece of jsonPieces(chunks(), new Set(['services']))) found.push(piece);
	} catch (error) {
		if (error instanceof BadInput) return error;
		throw error;
	}
	return found;
}

describe('pieces of JSON', () => {
	it('are the same values, wherever the chunks are cut', async () => {
		const size = fc.integer({ min: 1, max: 50 });
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.jsonValue(), { maxLength: 5 }),
				size,
				fc.constantFrom(0, 2),
				async (items, size, indent) => {
					// -0 is not what JSON gives back.
					const values = JSON.parse(JSON.stringify(items)) as unknown[];
					const list = await pieces(JSON.stringify(values, null, indent), size);
					expect(list).toMatchObject([
						...values.map((value) => ({ kind: 'item', list: '', value })),
						{ kind: 'root' }
					]);
					const named = await pieces(
						JSON.stringify({ id: 1, services: values, more: 'x' }, null, indent),
						size
					);
					expect(named).toMatchObject([
						{ kind: 'open', list: 'services' },
						...values.map((value) => ({ kind: 'item', list: 'services', value })),
						{ kind: 'root', value: { id: 1, more: 'x' } }
					]);
					const objects = values.map((value) => ({ value }));
					const lines = await pieces(objects.map((value) => JSON.stringify(value)).join('\n'), size);
					expect(lines).toMatchObject(objects.map((value) => ({ kind: 'root', value })));
				}
			),
			{ numRuns: 200 }
		);
	});

	it('say in which line they begin', async () => {
		expect(await pieces('[\n1,\n{"a":\n2}]')).toMatchObject([
			{ line: 2 },
			{ line: 3 },
			{ kind: 'root', line: 1 }
		]);
	});

	it.each([
		['a list', '[{"a": 1}, {"b": [1, 2'],
		['a text', '[{"a": "x'],
		['a key', '{"a'],
		['an object', '{"a": 1'],
		['a list between items', '[1,'],
		['a named list', '{"services": [{}']
	])('are cut off in %s', async (_, text) => {
		expect(await pieces(text)).toMatchObject({ code: 'cut_off' });
	});

	it.each([
		['// comment\n{}', 'line 1'],
		['{\n"a": 1 // comment\n}', 'line 2'],
		['[\n1,\n/* comment */ 2]', 'line 3'],
		['[{"a": /* x */ 1}]', 'line 1'],
		['[1 2]', 'line 1'],
		['[1,]', 'line 1'],
		['[,1]', 'line 1'],
		['{"a" 1}', 'line 1'],
		['{"a": 1,}', 'line 1'],
		['{a: 1}', 'line 1'],
		['{"a": 1 "b": 2}', 'line 1'],
		['[1}', 'line 1'],
		[']', 'line 1'],
		["['a']", 'line 1'],
		['{"a": "x\ny"}', 'line 1'],
		['[NaN]', 'line 1'],
		['[{"a": tru}]', 'line 1'],
		['[{"a": [1}]', 'line 1'],
		['<html>', 'line 1'],
		['{"a": 1},', 'line 1']
	])('are none in %j', async (text, line) => {
		for (const size of [1, 100]) {
			const error = await pieces(text, size);
			expect(error).toMatchObject({ code: 'not_json' });
			expect((error as BadInput).message).toContain(line);
		}
	});

	it('are not nested without end', async () => {
		expect(await pieces('['.repeat(100_000), 1000)).toMatchObject({ code: 'too_deep' });
		expect(await pieces(`[${'{"a":'.repeat(100)}`)).toMatchObject({ code: 'too_deep' });
	});

	it('are no larger than fits into memory', async () => {
		expect(await pieces(`["${'x'.repeat(33_000_000)}`, 1_000_000)).toMatchObject({
			code: 'record_too_large'
		});
		const members = `"a":"${'x'.repeat(1_000_000)}",`;
		expect(await pieces(`{${members.repeat(33)}`, 1_000_000)).toMatchObject({ code: 'record_too_large' });
	});

	it('may be none', async () => {
		expect(await pieces('')).toEqual([]);
		expect(await pieces(' \n\t')).toEqual([]);
	});
});
