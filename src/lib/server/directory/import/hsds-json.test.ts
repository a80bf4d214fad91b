import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ReportLine } from '#lib/server/directory/draft.ts';
import { collect } from './collect.ts';
import { readHsdsJson } from './hsds-json.ts';

const reader = readHsdsJson({ language: 'en', country: 'FI', from: 'City register', on: '2026-03-01' });
const read = (input: AsyncIterable<Uint8Array>, report: (line: ReportLine) => void) =>
	reader([{ name: '', open: () => input }], report);

/** Bytes in chunks of 1000. */
async function* chunks(bytes: Uint8Array) {
	for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

function all(input: string | Uint8Array) {
	const bytes = typeof input === 'string' ? Buffer.from(input) : input;
	return collect((report) => read(chunks(bytes), report));
}

const a = { id: 'a', name: 'Advice', status: 'active' };
const b = { id: 'b', name: 'Bread', status: 'active' };
const organization = { id: 'o', name: 'Kuopio', description: 'City' };
const json = (value: unknown) => JSON.stringify(value);

describe('JSON of HSDS', () => {
	it.each([
		['one service', json(a), ['a']],
		['a list', json([a, b]), ['a', 'b']],
		['a file with services', json({ services: [a, b] }), ['a', 'b']],
		['a page of the API', json({ total_items: 2, page_number: 1, contents: [a, b], empty: false }), ['a', 'b']],
		['an empty page', json({ total_items: 0, contents: [], empty: true }), []],
		['an organisation', json({ ...organization, services: [a, b] }), ['a', 'b']],
		['a list of organisations', json([{ ...organization, services: [a] }, { ...organization, services: [b] }]), ['a', 'b']],
		['one record a line', `${json(a)}\n\n${json({ ...organization, services: [b] })}\n`, ['a', 'b']],
		['one record a line, of Windows', `${json(a)}\r\n${json(b)}\r\n`, ['a', 'b']],
		['a place of a service', json({ id: 's', service: a, location: null }), ['a']],
		['a service with few members', json({ id: 'a', name: 'Advice', application_process: 'Walk in' }), ['a']],
		['an empty list', '[]', []]
	])('may be %s', async (_, text, expected) => {
		const { ids, report, error } = await all(text);
		expect({ ids, report, error }).toEqual({ ids: expected, report: [], error: undefined });
	}); // prettier-ignore

	it('gives each service the organisation that holds it', async () => {
		const { drafts } = await all(
			json({ ...organization, services: [a, { ...b, organization: { id: 'p', name: 'Own' } }] })
		);
		expect(drafts.map((draft) => draft.raw)).toEqual([
			{ ...a, organization },
			{ ...b, organization: { id: 'p', name: 'Own' } }
		]);
		expect(drafts[0]?.fields.provider).toEqual({ en: { text: 'Kuopio', origin: 'written' } });
	});

	it('tells what an organisation says too late', async () => {
		expect(await all(json({ services: [a], ...organization }))).toMatchObject({ ids: ['a'], codes: ['late_organization'] });
		const { drafts, codes } = await all(json({ id: 'o', services: [a], name: 'Kuopio' }));
		expect(drafts[0]?.raw).toMatchObject({ organization: { id: 'o' } });
		expect(codes).toEqual(['late_organization']);
	}); // prettier-ignore

	it('puts the places of one service together', async () => {
		const place = (id: string, service: object) => ({ id, service, location: { id: `l${id}`, name: id } });
		const { drafts } = await all(json({ contents: [place('1', a), place('2', b), place('3', a)] }));
		expect(drafts.map((draft) => draft.raw)).toEqual([
			{ ...a, service_at_locations: [{ id: '1', location: { id: 'l1', name: '1' } }, { id: '3', location: { id: 'l3', name: '3' } }] },
			{ ...b, service_at_locations: [{ id: '2', location: { id: 'l2', name: '2' } }] }
		]);
		expect(drafts[0]?.fields.places).toHaveLength(2);
	}); // prettier-ignore

	it('says where a record stood', async () => {
		const { drafts } = await all(`[\n${json(a)},\n${json(b)}]`);
		expect(drafts.map((draft) => draft.where)).toEqual(['record 1, line 2', 'record 2, line 3']);
	});

	it('takes each id once', async () => {
		const { ids, report } = await all(json([a, b, { ...a, name: 'Again' }]));
		expect(ids).toEqual(['a', 'b']);
		expect(report).toEqual([
			{
				where: 'record 3, line 1',
				id: 'a',
				outcome: 'skipped',
				code: 'duplicate_id',
				field: 'id',
				found: 'a'
			}
		]);
	});

	it('skips what is no service, and says so', async () => {
		const odd = [null, 1, 'x', [], {}, organization, { id: 'l', name: 'Library', location_type: 'physical' }, { ...a, name: null }, a]; // prettier-ignore
		const { ids, codes } = await all(json(odd));
		expect(ids).toEqual(['a']);
		expect(codes).toEqual([...Array.from({ length: 7 }, () => 'not_a_service'), 'no_name']);
	});

	it('skips what no store keeps as it is', async () => {
		const { ids, codes } = await all(`[{"id":"x","status":"\\ud800"},{"id":"y","status":"a\\u0000"},{"id":"z","status":"","__proto__":{}},${json(a)}]`); // prettier-ignore
		expect(ids).toEqual(['a']);
		expect(codes).toEqual(['lone_surrogate', 'nul', 'forbidden_key']);
	});

	it('does not follow organisations in a circle', async () => {
		const circle = [
			{ id: 'o', name: 'One', description: '', parent_organization_id: 'p', services: [a] },
			{ id: 'p', name: 'Two', description: '', parent_organization_id: 'o', services: [b] },
			{ id: 'q', name: 'Own', description: '', parent_organization_id: 'q', services: [{ ...a, id: 'c' }] }
		];
		expect((await all(json(circle))).ids).toEqual(['a', 'b', 'c']);
	});

	it('reads a byte-order mark, UTF-16 and Latin-1', async () => {
		const service = json({ ...a, name: 'Päivätoiminta', description: 'x'.repeat(3000) });
		const name = { en: { text: 'Päivätoiminta', origin: 'written' } };
		const marked = await all(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(service)]));
		const wide = await all(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(service, 'utf16le')]));
		const latin = await all(Buffer.from(service, 'latin1'));
		for (const { drafts } of [marked, wide, latin]) expect(drafts[0]?.fields.name).toEqual(name);
		expect([marked.codes, wide.codes, latin.codes]).toEqual([[], [], ['latin_1']]);
	});

	it('reads letters whose bytes come in two chunks, in either encoding', async () => {
		for (let spaces = 950; spaces < 1000; spaces++) {
			const service = `${' '.repeat(spaces)}{"id":"a","name":"ÄÄÄÄÄÄÄÄÄÄÄÄ","status":"active"}`;
			for (const bytes of [Buffer.from(service), Buffer.from(service, 'latin1')])
				expect((await all(bytes)).drafts[0]?.fields.name?.en?.text).toBe('ÄÄÄÄÄÄÄÄÄÄÄÄ');
		}
	});

	it('tells that letters were lost', async () => {
		const bytes = Buffer.concat([Buffer.from('{"id":"a","status":"active","name":"ä ö'), Buffer.from([0xff]), Buffer.from(` ${'x'.repeat(2000)}"}`)]); // prettier-ignore
		const late = Buffer.concat([Buffer.from(`{"id":"a","status":"active","name":"ä${' '.repeat(2000)}`), Buffer.from([0xff, 0xff]), Buffer.from('"}')]); // prettier-ignore
		expect((await all(bytes)).codes).toEqual(['latin_1']);
		expect((await all(late)).codes).toEqual(['bad_encoding']);
	});

	it.each<[string, string | Uint8Array, string]>([
		['nothing', '', 'empty'],
		['spaces', ' \n ', 'empty'],
		['a half file', json([a, b]).slice(0, -20), 'cut_off'],
		['a half line', `${json(a)}\n${json(b).slice(0, -5)}`, 'cut_off'],
		['a comment', `[\n// all services\n${json(a)}]`, 'not_json'],
		['a page of the web', '<!doctype html><html>', 'not_json'],
		[
			'what the API says of itself',
			json({ version: '3.0', profile: 'x', openapi_url: 'y' }),
			'unknown_format'
		],
		['other JSON', json({ type: 'FeatureCollection', features: [] }), 'unknown_format'],
		['a word', '"services"', 'unknown_format'],
		['a zip archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'unknown_format'],
		['half a letter', Buffer.from([0xc3]), 'not_json']
	])('is not %s', async (_, text, code) => {
		expect((await all(text)).error?.code).toBe(code);
	});

	it('reads 200 000 lines without holding them', async () => {
		const line = (n: number) => `${json({ ...a, id: `id-${n}`, description: 'x'.repeat(200) })}\n`;
		async function* lines() {
			for (let n = 0; n < 200_000; n += 100)
				yield Buffer.from(Array.from({ length: 100 }, (_, at) => line(n + at)).join(''));
		}
		let count = 0;
		let most = 0;
		for await (const draft of read(lines(), () => expect.unreachable())) {
			// An expectation for each would take longer than all the reading.
			if (draft.id === `id-${count}`) count += 1;
			if (count % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
		}
		expect(count).toBe(200_000);
		expect(most).toBeLessThan(500_000_000);
	});
});

const examples = new URL('../../../../../../shared/data/hsds/', import.meta.url);

describe.each(['3.0', '3.1-dev'])('the official examples of %s (skipped without ../shared)', (version) => {
	const example = (name: string) =>
		readFileSync(new URL(`${version}/examples/${name}.json`, examples), 'utf8');
	const there = existsSync(new URL(`${version}/examples/`, examples));

	it.skipIf(!there).each(['service_full', 'service_list', 'organization_full', 'service_at_location_full', 'service_at_location_list'])('%s is read, and nothing of it is lost', async (name) => {
		const { drafts, error } = await all(example(name));
		expect(error).toBeUndefined();
		expect(drafts).toHaveLength(1);
		const raw = drafts[0]?.raw as Record<string, unknown>;
		const came = JSON.parse(example(name)) as Record<string, never>;
		const record = (came.contents ?? [came])[0] as Record<string, unknown>;
		if (name.startsWith('service_at')) {
			const { service_at_locations, ...service } = raw;
			expect({ ...(service_at_locations as object[])[0], service }).toEqual(record);
		} else if (name === 'organization_full') {
			const { organization, ...service } = raw;
			expect({ ...(organization as object), services: [service] }).toEqual(record);
		} else expect(raw).toEqual(record);
	}); // prettier-ignore

	it.skipIf(!there).each(['organization_list', 'taxonomy_list', 'taxonomy_term_list'])('%s has no services', async (name) => {
		const { drafts, report } = await all(example(name));
		expect(drafts).toEqual([]);
		expect(report.map((line) => line.code)).toEqual(['not_a_service']);
	}); // prettier-ignore
});
