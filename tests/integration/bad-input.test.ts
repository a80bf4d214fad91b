import { createHash, sign } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { packOps } from '#lib/protocol/packed.ts';
import { handleEnrolment } from '#lib/server/accounts/handle-accounts.ts';
import { handleSync } from '#lib/server/sync/handle-sync.ts';
import {
	call,
	newOrganisation,
	newPhone,
	ORIGIN,
	Phone,
	post,
	startServer,
	stateOf,
	stopServers
} from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

let phone: Phone;

beforeAll(async () => {
	phone = await newPhoneOn(':memory:');
});

afterAll(stopServers);

async function newPhoneOn(database: string): Promise<Phone> {
	const { phones } = await newOrganisation(await startServer(database), 'adviser');
	return phones[0] as Phone;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A whole request as text, with one op whose fields are the JSON text given. */
function requestText(fields: string): string {
	const { fields: _fields, ...op } = phone.visit();
	const head = JSON.stringify({ protocol: 1, replica: phone.replica, highSeq: phone.seq });
	return `${head.slice(0, -1)},"ops":[${JSON.stringify(op).slice(0, -1)},"fields":${fields}}]}`;
}

const AT = '"at":"2026-03-06T09:32:00Z"';
const withNote = (text: string) =>
	requestText(
		`{${AT},"notes/01890a5d-ac96-774b-bcce-b302099a8057":{"text":"${text}","at":"2026-03-06T09:32:00Z"}}`
	);

async function journalled(): Promise<number> {
	const { n } = await phone.server.store.db
		.selectFrom('journal')
		.select((eb) => eb.fn.countAll().as('n'))
		.executeTakeFirstOrThrow();
	return Number(n);
}

async function expectRefused(response: Response, status: number, error: string): Promise<void> {
	expect({ status: response.status, body: await response.json() }).toEqual({ status, body: { error } });
	expect(response.headers.get('content-type')).toMatch(/^application\/json/);
	expect(response.headers.get('cache-control')).toBe('no-store');
}

const bytes = (...values: number[]) => Uint8Array.from(values);
/** Puts raw bytes where the request's text says `@@`. */
function spliced(text: string, raw: Uint8Array): Uint8Array {
	const [before = '', after = ''] = text.split('@@');
	return Buffer.concat([utf8(before), raw, utf8(after)]);
}

describe('what a store would alter is refused at the edge, with a code, and nothing is written [fault 75]', () => {
	const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
	const cases: [string, () => string | Uint8Array, number, string][] = [
		['a lone high surrogate', () => withNote('x\\ud83d'), 422, 'bad_text'],
		['a lone low surrogate', () => withNote('\\ude00x'), 422, 'bad_text'],
		['surrogates in the wrong order', () => withNote('\\ude00\\ud83d'), 422, 'bad_text'],
		['NUL', () => withNote('a\\u0000b'), 422, 'bad_text'],
		['a lone surrogate in a key', () => requestText(`{${AT},"x\\udc00":1}`), 422, 'bad_text'],
		['invalid UTF-8', () => spliced(withNote('@@'), bytes(0xff, 0xfe)), 400, 'bad_encoding'],
		['overlong UTF-8 [fault 77]', () => spliced(withNote('@@'), bytes(0xc0, 0x80)), 400, 'bad_encoding'],
		[
			'a surrogate written as UTF-8',
			() => spliced(withNote('@@'), bytes(0xed, 0xa0, 0x80)),
			400,
			'bad_encoding'
		],
		['UTF-8 cut in the middle of a character', () => utf8(withNote('ä')).slice(0, -1), 400, 'bad_json'],
		[
			'a byte order mark',
			() => Buffer.concat([bytes(0xef, 0xbb, 0xbf), utf8(withNote('x'))]),
			400,
			'bad_json'
		],
		['UTF-16', () => utf16(withNote('x')), 400, 'bad_encoding'],
		['__proto__ as a field', () => requestText(`{${AT},"__proto__":{"polluted":true}}`), 422, 'bad_text'],
		[
			'__proto__ in disguise',
			() => requestText(`{${AT},"\\u005f_proto__":{"polluted":true}}`),
			422,
			'bad_text'
		],
		[
			'__proto__ deep inside',
			() => requestText(`{${AT},"x":[{"y":{"__proto__":{"polluted":1}}}]}`),
			422,
			'bad_text'
		],
		[
			'constructor.prototype [fault 76]',
			() => requestText(`{${AT},"constructor":{"prototype":{"polluted":1}}}`),
			422,
			'bad_text'
		],
		['toString', () => requestText(`{${AT},"toString":"x"}`), 422, 'bad_text'],
		[
			'arrays 10 000 deep',
			() => requestText(`{${AT},"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
			400,
			'bad_json'
		],
		[
			'objects 10 000 deep',
			() => requestText(`{${AT},"x":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`),
			400,
			'bad_json'
		],
		[
			'depth hidden behind escaped quotes',
			() => requestText(`{${AT},"\\"x\\\\":${'['.repeat(30)}${']'.repeat(30)}}`),
			400,
			'bad_json'
		],
		['1e999', () => requestText(`{${AT},"x":1e999}`), 400, 'bad_json'],
		['-1e999', () => requestText(`{${AT},"x":[-1e999]}`), 400, 'bad_json'],
		['NaN', () => requestText(`{${AT},"x":NaN}`), 400, 'bad_json'],
		['a comma too many', () => requestText(`{${AT},}`), 400, 'bad_json'],
		['nothing', () => '', 400, 'bad_json'],
		['spaces', () => ' '.repeat(1000), 400, 'bad_json'],
		['half of it', () => withNote('x').slice(0, -10), 400, 'bad_json'],
		['a number', () => '1', 422, 'bad_request'],
		['null', () => 'null', 422, 'bad_request'],
		['a list', () => '[]', 422, 'bad_request'],
		['a field name with a space', () => requestText(`{${AT},"a b":1}`), 422, 'bad_request'],
		['an empty field name', () => requestText(`{${AT},"":1}`), 422, 'bad_request']
	];

	it.each(cases)('%s', async (_name, body, status, error) => {
		const before = await journalled();
		const made = body();
		await expectRefused(await phone.sendBytes(typeof made === 'string' ? utf8(made) : made), status, error);
		expect(await journalled()).toBe(before);
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect('polluted' in {}).toBe(false);
	});

	it('a million keys', async () => {
		const many = `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join()}}`;
		await expectRefused(await phone.sendBytes(utf8(requestText(many))), 413, 'too_large');
		const different = gzipSync(
			utf8(requestText(`{${Array.from({ length: 70_000 }, (_, index) => `"k${index}":1`).join()}}`))
		);
		await expectRefused(await phone.sendBytes(different, { 'content-encoding': 'gzip' }), 400, 'bad_json');
	});
});

describe('the envelope', () => {
	const body = () => utf8(withNote('x'));

	it.each([
		['text/plain', 415],
		['application/x-www-form-urlencoded', 415],
		['multipart/form-data; boundary=x', 415],
		['application/jsonp', 415],
		['application/json-patch+json', 415],
		['text/json', 415],
		['', 415],
		['application/json; charset=utf-8', 200],
		['Application/JSON', 200]
	])('content type %j: %i', async (type, status) => {
		expect((await phone.sendBytes(body(), { 'content-type': type })).status).toBe(status);
	});

	const sent = (headers: Record<string, string>, without?: string) => {
		const made = body();
		const request = post('/api/v1/sync', made, { ...phone.headers(made), ...headers });
		if (without) request.headers.delete(without);
		return call(phone.server, handleSync, request, { jar: phone.jar });
	};

	it.each([
		['none at all', {}, 403],
		['none, but the browser says same-origin', { 'sec-fetch-site': 'same-origin' }, 200],
		['none, cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
		['none, same-site', { 'sec-fetch-site': 'same-site' }, 403]
	])('origin: %s', async (_name, headers, status) => {
		expect((await sent(headers, 'origin')).status).toBe(status);
	});

	it.each([
		'https://evil.example',
		'null',
		`${ORIGIN}.evil.example`,
		ORIGIN.replace('http', 'https'),
		`${ORIGIN}0`,
		''
	])('a foreign origin: %j [fault 87]', async (origin) => {
		const response = await sent({ origin, 'sec-fetch-site': 'same-origin' });
		await expectRefused(response, 403, 'wrong_origin');
	});

	it.each([
		['br', brotliCompressSync],
		['deflate', deflateSync],
		['zstd', (data: Uint8Array) => data],
		['gzip, gzip', (data: Uint8Array) => gzipSync(gzipSync(data))],
		['x-gzip', gzipSync]
	])('content encoding %s is not taken', async (encoding, pack) => {
		await expectRefused(
			await phone.sendBytes(pack(body()), { 'content-encoding': encoding }),
			415,
			'bad_encoding'
		);
	});

	it('gzip that is none, is cut off, or is another thing inside', async () => {
		const gzip = { 'content-encoding': 'gzip' };
		await expectRefused(await phone.sendBytes(body(), gzip), 400, 'bad_encoding');
		await expectRefused(await phone.sendBytes(gzipSync(body()).subarray(0, -20), gzip), 400, 'bad_encoding');
		await expectRefused(await phone.sendBytes(gzipSync(gzipSync(body())), gzip), 400, 'bad_encoding');
		expect((await phone.sendBytes(gzipSync(body()), gzip)).status).toBe(200);
	});

	it('a gzip bomb: refused, and never held in memory', async () => {
		const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
		expect(bomb.length).toBeLessThan(1024 * 1024);
		const before = process.memoryUsage().rss;
		await expectRefused(await phone.sendBytes(bomb, { 'content-encoding': 'gzip' }), 413, 'too_large');
		expect(process.memoryUsage().rss - before).toBeLessThan(30 * 1024 * 1024);
		const { server } = phone;
		const request = post('/api/v1/enrolments', bomb, { 'content-encoding': 'gzip' });
		await expectRefused(await call(server, handleEnrolment, request), 415, 'bad_encoding');
	});

	it('50 MB in pieces: refused, and never held in memory', async () => {
		const piece = new Uint8Array(64 * 1024).fill(0x20);
		let given = 0;
		let peak = 0;
		const before = process.memoryUsage().rss;
		const stream = new ReadableStream<Uint8Array>({
			pull(controller) {
				if (given >= 50 * 1024 * 1024) return controller.close();
				given += piece.length;
				peak = Math.max(peak, process.memoryUsage().rss);
				controller.enqueue(piece);
			}
		});
		const request = new Request(`${ORIGIN}/api/v1/sync`, {
			method: 'POST',
			headers: { origin: ORIGIN, 'content-type': 'application/json', ...phone.headers(piece) },
			body: stream,
			duplex: 'half'
		} as RequestInit);
		await expectRefused(await call(phone.server, handleSync, request), 413, 'too_large');
		expect(peak - before).toBeLessThan(30 * 1024 * 1024);
	});

	it('a size that is announced is refused before a byte of it is read', async () => {
		const announced = { 'content-length': String(50 * 1024 * 1024) };
		await expectRefused(await phone.sendBytes(body(), announced), 413, 'too_large');
	});
});

describe('the signature', () => {
	it('is of this body, this replica, this device, and nothing else', async () => {
		const made = utf8(withNote('x'));
		const other = utf8(withNote('y'));
		const stranger = await newPhone(phone.server, phone.enrolled.organisation, phone.enrolled.membership);
		const wrong: Record<string, string>[] = [
			{ 'reppu-signature': phone.headers(other)['reppu-signature']! },
			{ 'reppu-signature': '' },
			{ 'reppu-signature': 'x'.repeat(88) },
			{ 'reppu-signature': `${'A'.repeat(86)}==` },
			{ 'reppu-signature': stranger.headers(made)['reppu-signature']! }
		];
		// DER instead of the fixed form, and a signature of the body alone.
		const sha = createHash('sha256').update(made).digest('hex');
		const text = ['POST', '/api/v1/sync', phone.replica, sha].join('\n');
		wrong.push({ 'reppu-signature': sign('sha256', Buffer.from(text), phone.key).toString('base64') });
		wrong.push({
			'reppu-signature': sign('sha256', made, { key: phone.key, dsaEncoding: 'ieee-p1363' }).toString(
				'base64'
			)
		});
		for (const headers of wrong)
			await expectRefused(await phone.sendBytes(made, headers), 401, 'bad_signature');
		for (const device of ['', 'x', "' or 1=1 --", '01890a5d-ac96-774b-bcce-b302099a8057']) {
			await expectRefused(await phone.sendBytes(made, { 'reppu-device': device }), 401, 'device_unknown');
		}
	});

	it('may come again as often as somebody likes: the same answer, no new effect [fault 86]', async () => {
		const made = utf8(withNote('again'));
		const first = (await (await phone.sendBytes(made)).json()) as { receipts: unknown };
		const before = await journalled();
		for (let times = 0; times < 3; times += 1) {
			const again = (await (await phone.sendBytes(made)).json()) as { receipts: unknown };
			expect(again.receipts).toEqual(first.receipts);
		}
		expect(await journalled()).toBe(before);
	});
});

describe('the message', () => {
	it.each([
		[2, 426, 'protocol_unknown'],
		[1e9, 426, 'protocol_unknown'],
		[1.5, 426, 'protocol_unknown'],
		[0, 422, 'bad_request'],
		[-1, 422, 'bad_request'],
		['2', 422, 'bad_request'],
		[null, 422, 'bad_request']
	])('of protocol %j', async (protocol, status, error) => {
		const before = await journalled();
		await expectRefused(await phone.send({ protocol, ops: [phone.visit()] }), status, error);
		expect(await journalled()).toBe(before);
	});

	it.each(['organisation', 'organisation_id', 'role', 'membership', 'admin', 'device'])(
		'that says who it is for: %s [fault 85]',
		async (key) => {
			await expectRefused(await phone.send({ ops: [phone.visit()], [key]: 'x' }), 422, 'bad_request');
			const op = { ...phone.visit(), [key]: 'x' };
			await expectRefused(await phone.send({ ops: [op] }), 422, 'bad_request');
		}
	);

	it.each<[string, JsonValue]>([
		['author', 'x'],
		['change', 1],
		['outcome', 'applied'],
		['part', 'organisation'],
		['seq', 0],
		['seq', 1.5],
		['seq', 2 ** 53],
		['opId', 'x'],
		['recordId', '../../etc/passwd'],
		['clock', '9'.repeat(29)],
		['schema', 0],
		['collection', 'Visit'],
		['fields', []],
		['base', { at: ['x'] }],
		['replica', '0']
	])('with an op whose %s is %j', async (key, value) => {
		await expectRefused(await phone.send({ ops: [{ ...phone.visit(), [key]: value }] }), 422, 'bad_request');
	});

	it('with both ops and packed, with 501 ops, with packed that do not fit', async () => {
		const ops = Array.from({ length: 4 }, () => phone.visit());
		const packed = packOps(ops, phone.replica);
		const wrong = [
			{ ops, packed },
			{ ops: Array.from({ length: 501 }, () => ops[0]) },
			{ packed: { ...packed, seq: packed.seq.slice(1) } },
			{ packed: { ...packed, clock: packed.clock.map(() => -1) } },
			{ packed: { ...packed, seq: packed.seq.map(() => -5) } },
			{ packed: { ...packed, idRest: 'g'.repeat(packed.idRest.length) } },
			{ packed: { ...packed, shape: packed.shape.map(() => -1) } },
			{ packed: { ...packed, extra: 1 } },
			{ ops, cursors: { directory: 1 } },
			{ ops, cursors: { ['x'.repeat(65)]: '' } }
		];
		for (const message of wrong) await expectRefused(await phone.send(message), 422, 'bad_request');
	});

	it('that delivers nothing is answered with nothing but how the server is', async () => {
		const response = await phone.send({});
		expect(response.status).toBe(200);
		expect(Object.keys((await response.json()) as object).sort()).toEqual([
			'durable',
			'epoch',
			'protocol',
			'serverTime'
		]);
	});

	it('with visits at the edges of the calendar: each is taken in and counted on a day that can be written', async () => {
		const days = [
			['0000-01-01T00:00:00Z', '0001-01-01'],
			['0987-06-01T12:00:00Z', '0987-06-01'],
			['1900-01-01T10:00:00Z', '1900-01-01'],
			['2026-02-30T10:00:00Z', '2026-03-02'],
			['9999-12-31T22:30:00Z', '9999-12-31'],
			['9999-12-31T23:59:59.999Z', '9999-12-31']
		] as const;
		const ops = days.map(([at]) => phone.visit({ at }));
		const { receipts } = (await (await phone.send({ ops })).json()) as { receipts: { outcome: string }[] };
		expect(receipts.map(({ outcome }) => outcome)).toEqual(days.map(() => 'applied'));
		const facts = await phone.server.store.db
			.selectFrom('visit_facts')
			.select(['visit_id', 'date'])
			.execute();
		const dates = new Map(facts.map(({ visit_id, date }) => [visit_id, date]));
		expect(ops.map(({ recordId }) => dates.get(recordId))).toEqual(days.map(([, date]) => date));
	});

	it('in any other form is refused, too, and never breaks the server', async () => {
		const template = utf8(withNote('ä€😀'));
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(template.length - 1), fc.integer({ min: 0, max: 255 })), {
					minLength: 1,
					maxLength: 4
				}),
				async (changes) => {
					const broken = template.slice();
					for (const [index, value] of changes) broken[index] = value;
					const { status } = await phone.sendBytes(broken);
					expect([200, 400, 401, 422, 426]).toContain(status);
				}
			),
			{ numRuns: 400 }
		);
		await fc.assert(
			fc.asyncProperty(fc.json({ maxDepth: 4 }), async (text) => {
				const { status } = await phone.sendBytes(utf8(text));
				expect([400, 401, 422, 426]).toContain(status);
			}),
			{ numRuns: 200 }
		);
	});
});

const HOSTILE = [
	`'; drop table journal; --`,
	`" or ""="`,
	`\\'; select pg_sleep(10); --`,
	`$1 ? :name @x {} %s \${x}`,
	`Robert'); DELETE FROM records WHERE ('1'='1`,
	'<img src=x onerror=alert(1)>',
	'\u202etxt.exe \u200b\u200f\ufeff',
	'Z\u0351\u036b\u0343\u036a\u0302',
	'\u0001\u001b[31m\u007f\u0085\u2028\u2029',
	'=cmd|/c calc!A0',
	'ﷺ '.repeat(100),
	'👩🏽‍🦽 ا ب ت  \r\n\t'
];

onEveryStore('text', (fresh) => {
	it('is kept to the last character, as value, in lists, as unknown field, however hostile [fault 78]', async () => {
		const by = await newPhoneOn(fresh());
		const at = new Date().toISOString();
		const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('\0'));
		const samples = [...HOSTILE, ...fc.sample(text, { numRuns: 150, seed: 7 })].map((value) =>
			value.slice(0, 500).toWellFormed()
		);
		const ops = samples.map((value) =>
			by.visit({
				future: { text: value, list: [value], ...(/^[^.]{1,40}$/.test(value) ? { [`k${value}`]: 1 } : {}) },
				topicText: value.slice(0, 100).toWellFormed(),
				'notes/01890a5d-ac96-774b-bcce-b302099a8057': { text: value, at }
			})
		);
		for (let first = 0; first < ops.length; first += 50) {
			const { receipts } = await by.sync(ops.slice(first, first + 50));
			expect(receipts.map((receipt) => receipt.outcome)).toEqual(receipts.map(() => 'applied'));
		}
		const { db } = by.server.store;
		const organisation = by.enrolled.organisation;
		for (const op of ops) {
			const state = await stateOf(by.server, organisation, op.recordId);
			for (const [field, value] of Object.entries(op.fields))
				expect(state.heads[field]?.[0]?.value).toEqual(value);
			const journal = await db
				.selectFrom('journal_bodies')
				.select('body')
				.where('organisation_id', '=', organisation)
				.where('op_id', '=', op.opId)
				.executeTakeFirstOrThrow();
			expect((JSON.parse(journal.body) as { fields: unknown }).fields).toEqual(op.fields);
		}
	});

	it('that looks like a name every object has is a field like any other', async () => {
		const by = await newPhoneOn(fresh());
		const names = ['valueOf', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString'];
		const ops = names.map((name) => by.visit({ [name]: name }));
		const rows = await by.sync(ops);
		expect(rows.receipts.map((receipt) => receipt.outcome)).toEqual(names.map(() => 'applied'));
		const again = names.map((name) => by.visit({ [name]: 'packed' }));
		const response = await by.send({ packed: packOps(again, by.replica) }, { gzip: true });
		expect(((await response.json()) as typeof rows).receipts.map((receipt) => receipt.outcome)).toEqual(
			names.map(() => 'applied')
		);
	});
});
