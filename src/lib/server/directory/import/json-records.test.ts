import { describe, expect, it } from 'vitest';
import { jsonRecords } from './json-records.ts';

/** The bytes in pieces, so that every boundary lies inside something once. */
async function* pieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string | Uint8Array, size = 7): Promise<unknown[]> {
	return Array.fromAsync(jsonRecords(pieces(text, size)));
}

const a = { id: 'a', name: 'Ääni ”☃” 𝄞', list: [1, [2, {}], []], nested: { id: 'x', empty: {} } };
const b = { id: 'b', flag: true, nothing: null, number: -1.5e3 };

describe('records of a JSON input', () => {
	it.each([
		['an array', JSON.stringify([a, b])],
		['an object by id', JSON.stringify({ a, b })],
		['a page of the API', JSON.stringify({ pageNumber: 1, pageSize: 2, itemList: [a, b], pageCount: 1 })],
		['a page of the next API', JSON.stringify({ page: 1, items: [a, b], totalPages: 1 }, undefined, 2)],
		['NDJSON', `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`],
		['objects one after the other', `${JSON.stringify(a, undefined, '\t')}\r\n\r\n${JSON.stringify(b)}`],
		['two arrays', `[${JSON.stringify(a)}] [${JSON.stringify(b)}]`],
		['a byte order mark', `\ufeff${JSON.stringify([a, b])}`]
	])('are found in %s, wherever the pieces end', async (_what, text) => {
		for (const size of [1, 2, 3, 5, 64, 4096]) expect(await read(text, size)).toEqual([a, b]);
	});

	it('are one for a single object, whose members stay with it', async () => {
		expect(await read(JSON.stringify(a))).toEqual([a]);
	});

	it.each([
		['an empty array', '[]'],
		['an empty object', '{}'],
		['an empty page', '{"pageCount":0,"itemList":[]}']
	])('are none in %s', async (_what, text) => {
		expect(await read(text)).toEqual([]);
	});

	it('keep no member that would change what an object is', async () => {
		const [record] = await read('{"id":"a","__proto__":{"polluted":true}}');
		expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
	});

	it('are refused as cut off wherever a file ends too early', async () => {
		const text = JSON.stringify([a, b]);
		for (let length = 1; length < text.length; length += 1) {
			await expect(read(text.slice(0, length), 16), text.slice(0, length)).rejects.toMatchObject({
				code: 'cut_off'
			});
		}
	});

	it.each([
		['a comment', '[{"id":"a"} /* the first */]'],
		['a comment at the end of a line', '// made by hand\n[]'],
		['a comma too many', '[{"id":"a"},]'],
		['a missing comma', '[{"id":"a"} {"id":"b"}]'],
		['a missing colon', '{"id" "a"}'],
		['a wrong bracket', '[{"id":"a"]}'],
		['a closing bracket too many', '[]]'],
		['a comma between documents', '{"id":"a"},{"id":"b"}'],
		['single quotes', "{'id':'a'}"],
		['HTML', '<!doctype html><title>502</title>'],
		['not a number', '[NaN]'],
		['a raw line break in a text', '["a\nb"]']
	])('are refused for %s', async (_what, text) => {
		await expect(read(text)).rejects.toMatchObject({ code: 'not_json' });
	});

	it('are refused for bytes that are not UTF-8', async () => {
		await expect(read(Buffer.from('["p\xe4iv\xe4"]', 'latin1'))).rejects.toMatchObject({ code: 'not_json' });
		await expect(read(Buffer.from('["a"]', 'utf16le'))).rejects.toMatchObject({ code: 'not_json' });
	});

	it('are refused where there is nothing, or too much', async () => {
		await expect(read('')).rejects.toMatchObject({ code: 'empty' });
		await expect(read(' \n ')).rejects.toMatchObject({ code: 'empty' });
		await expect(read('['.repeat(100), 4096)).rejects.toMatchObject({ code: 'too_deep' });
		const record = `{"id":"${'x'.repeat(17 * 1024 * 1024)}"}`;
		await expect(read(record, 65_536)).rejects.toMatchObject({ code: 'record_too_large' });
	});
});
