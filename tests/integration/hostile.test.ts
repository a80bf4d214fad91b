import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicPath } from '#lib/directory/take-away/public-address.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { newId } from '#lib/domain/ids.ts';
import { handleInvitation } from '#lib/server/accounts/handle-accounts.ts';
import { hostileEntry } from '../hostile/entries.ts';
import { everyVector, packedTexts, vectors } from '../hostile/vectors.ts';
import { BuiltServer } from '../support/built-server.ts';
import { hasBuild } from '../support/first-screen.ts';
import { HttpPhone } from '../support/http-phone.ts';
import { rawAnswer, type RawAnswer } from '../support/raw-answer.ts';
import {
	call,
	newOrganisation,
	post,
	startServer,
	stateOf,
	stopServers,
	type Phone
} from '../support/server.ts';

const AT = '2026-03-06T09:32:00Z';
const NOTE = 'notes/01890a5d-ac96-774b-bcce-b302099a8057';

/** Begins what some spreadsheet takes for a formula, behind what some of them leave out. */
const FORMULA = /^[\s\ufeff]*[=+\-@＝＋－＠]/;
/** A tag as the server writes it: every value in quotes, and none of them in a value. */
const TAG = /<\/?([a-z][\w-]*)((?:\s+[^\s=>"'/]+(?:="[^"]*")?)*)\s*\/?>/gi;

const FORBIDDEN = new Set([
	'script',
	'iframe',
	'object',
	'embed',
	'form',
	'base',
	'math',
	'template',
	'xmp',
	'noscript',
	'img',
	'video',
	'audio',
	'style'
]);

describe('hostile texts', () => {
	let coordinator: Phone;
	beforeAll(async () => {
		const { phones } = await newOrganisation(await startServer(':memory:'), 'coordinator');
		coordinator = phones[0]!;
	});
	afterAll(stopServers);

	it('are more than 500, of six kinds', () => {
		expect(everyVector.length).toBeGreaterThan(500);
		expect(Object.values(vectors).every((list) => list.length > 20)).toBe(true);
	});

	it('in every field that can be written are kept as they are or refused, and nothing else happens [fault 83]', async () => {
		const { server } = coordinator;
		const tables = async () =>
			(await server.store.db.introspection.getTables()).map(({ name, columns }) => [name, columns.length]);
		const before = await tables();
		const people = await server.store.db.selectFrom('memberships').select(['id', 'role']).execute();
		const op = (collection: string, fields: Record<string, JsonValue>) => ({
			...coordinator.visit(),
			collection,
			fields
		});
		const fieldsOf = (text: string): [string, Record<string, JsonValue>][] => [
			[
				'visit',
				{
					at: AT,
					topicText: text.slice(0, 120).toWellFormed(),
					[NOTE]: { text: text.slice(0, 500).toWellFormed(), at: AT }
				}
			],
			['visit', { at: AT, future: { text, list: [text] }, later: text }],
			['visit', { at: text }],
			['visit', { at: AT, language: text, channel: text, clientMunicipality: text }],
			['visit', { at: AT, topics: [text], referrals: [{ to: text, how: text }] }],
			['service', hostileEntry(text, text.slice(0, 200).toWellFormed())],
			['service', { ...hostileEntry('x', 'x'), links: [{ url: text, language: 'fi' }] }],
			['service', { ...hostileEntry('x', 'x'), emails: [text] }],
			[
				'service',
				{ ...hostileEntry('x', 'x'), phones: [{ number: text, source: { title: text, date: text } }] }
			],
			[
				'service-report',
				{
					service: newId(),
					at: AT,
					what: [text.slice(0, 40).toWellFormed()],
					text: text.slice(0, 200).toWellFormed()
				}
			],
			[
				'service-contact',
				{
					service: newId(),
					at: AT,
					who: text.slice(0, 120).toWellFormed(),
					outcome: text.slice(0, 400).toWellFormed()
				}
			],
			[
				'phrase-check',
				{
					language: 'ar',
					phrase: text.slice(0, 40).toWellFormed(),
					text: text.slice(0, 120).toWellFormed(),
					on: '2026-03-02',
					by: text
				}
			],
			['tour', { name: text, desks: [text] }],
			[text, { x: 1 }]
		];
		let applied = 0;
		for (const text of everyVector) {
			const ops = fieldsOf(text).map(([collection, fields]) => op(collection, fields));
			const good = ops.slice(0, -1);
			const response = await coordinator.send({ ops: good });
			if (response.status !== 200) {
				// What has keys or characters that no store keeps is refused as a whole.
				expect([text, response.status]).toEqual([
					text,
					expect.toSatisfy((status: number) => status === 422 || status === 400)
				]);
			} else {
				const { receipts } = (await response.json()) as { receipts: { opId: string; outcome: string }[] };
				expect(receipts.filter(({ outcome }) => outcome !== 'applied' && outcome !== 'rejected')).toEqual([]);
				for (const [index, { outcome }] of receipts.entries()) {
					if (outcome !== 'applied') continue;
					applied += 1;
					const { fields, recordId } = good[index]!;
					if (index > 1) continue;
					const state = await stateOf(server, coordinator.enrolled.organisation, recordId);
					for (const [name, value] of Object.entries(fields))
						expect(state.heads[name]?.[0]?.value).toEqual(value);
				}
				// No link but https, no address of mail or telephone that leads elsewhere.
				expect([text, receipts[6]?.outcome]).toEqual([text, 'rejected']);
			}
			expect((await coordinator.send({ ops: [ops.at(-1)!] })).status).toBeLessThan(500);
			const invited = await call(
				server,
				handleInvitation,
				post(
					'/api/v1/invitations',
					{ name: text.slice(0, 80).toWellFormed(), role: 'adviser', delivery: 'sent' },
					{ 'reppu-membership': coordinator.enrolled.membership }
				),
				{ jar: coordinator.jar }
			);
			expect([text, [201, 422].includes(invited.status)]).toEqual([text, true]);
			expect(Object.keys(Object.prototype)).toEqual([]);
			expect('polluted' in {}).toBe(false);
		}
		expect(applied).toBeGreaterThan(everyVector.length * 4);
		expect(await tables()).toEqual(before);
		const now = await server.store.db.selectFrom('memberships').select(['id', 'role']).execute();
		expect(now).toEqual(expect.arrayContaining(people));
		expect(now.filter(({ role }) => role !== 'adviser' && role !== 'coordinator')).toEqual([]);
	});
});

describe.skipIf(!hasBuild())('hostile texts on a running server', () => {
	// The calls of this test are those of a thousand people.
	const server = new BuiltServer({ REQUEST_LIMITS: 'false' });
	let phone: HttpPhone;
	let session: Record<string, string>;
	let pages: string[] = [];
	const rare = everyVector.filter((vector) => !/[\0]/.test(vector));
	beforeAll(async () => {
		await server.start();
		phone = await HttpPhone.enrol(server.url, 'coordinator');
		session = { cookie: phone.cookie, 'reppu-membership': phone.membership, origin: server.url };
		const names = packedTexts(rare, 200);
		const entries = names.map((name, index) =>
			phone.op('service', hostileEntry(packedTexts(rare, 7900)[index % 3] ?? 'x', name))
		);
		for (let first = 0; first < entries.length; first += 20) {
			const answer = await phone.send(entries.slice(first, first + 20));
			expect(answer.status).toBe(200);
			const { receipts } = (await answer.json()) as { receipts: { outcome: string }[] };
			expect(receipts.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
		}
		pages = entries.map(({ recordId }) => recordId);
	});
	afterAll(() => server.remove());
	const ask = (
		path: string,
		more: { method?: string; headers?: Record<string, string>; body?: string } = {}
	) => rawAnswer(`${server.url}${path}`, { ...more, headers: { ...session, ...more.headers } });
	/** An answer that says that a request was wrong, not that the server is. */
	const isRefused = ({ status }: RawAnswer) => status >= 200 && status < 500 && status !== 429;

	it('in paths, parameters and headers are refused or looked for in vain', async () => {
		const odd: unknown[] = [];
		for (const vector of rare) {
			const text = encodeURIComponent(vector);
			const answers = await Promise.all([
				...[
					`people/${text}`,
					`rejected/${text}`,
					`imports/${text}`,
					`pack/parts/${text}`,
					`clips/${text}`,
					`report?from=${text}&to=${text}`,
					`imports/x/lines?code=${text}`,
					`directory/sheet?format=${text}&from=${text}&to=${text}`
				].map((path) => ask(`/api/v1/${path}`)),
				ask(`/api/v1/devices/${text}`, { method: 'DELETE' }),
				ask(`/s/${text}/${text}/${text}`),
				ask(`/w/${text}/${text}/${text}`),
				ask(`/w/${text}/${text}/${text}/calendar.ics`),
				ask(`/${text}?lang=${text}`)
			]);
			const value = vector.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
			answers.push(
				await ask('/api/v1/session', { headers: { 'reppu-membership': value } }),
				await ask('/api/v1/session', {
					headers: {
						cookie: `x=${value}; ${value}`,
						'accept-language': value,
						'if-none-match': value,
						'x-forwarded-for': value
					}
				}),
				await ask('/api/v1/sync', {
					method: 'POST',
					headers: { 'reppu-device': value, 'reppu-signature': value, 'content-type': 'application/json' },
					body: '{}'
				}),
				await ask('/api/v1/sync', {
					method: 'POST',
					headers: { 'content-type': value, 'content-encoding': value },
					body: value
				})
			);
			for (const answer of answers) {
				if (!isRefused(answer)) odd.push([vector, answer.status]);
				if (answer.headers['set-cookie'] || /evil/.test(String(answer.headers.location)))
					odd.push([vector, answer.headers]);
			}
		}
		expect(odd).toEqual([]);
		expect(server.output).not.toContain('"level":50');
	});

	it('in every file that leaves begin no formula [fault 82]', async () => {
		const csv = await ask('/api/v1/directory/sheet?format=csv&from=fi&to=ar,sv');
		expect(csv.status).toBe(200);
		const cells = readCsv(Buffer.from(csv.body, 'latin1').toString());
		expect(cells.length).toBeGreaterThan(1000);
		expect(cells.filter((cell) => FORMULA.test(cell) && !cell.startsWith("'"))).toEqual([]);
		const book = await ask('/api/v1/directory/sheet?format=xlsx&from=fi&to=ar,sv');
		const xml = unzipped(Buffer.from(book.body, 'latin1'));
		expect(xml).toContain('hit()');
		// Cells are texts: no formula, no number made of a text, no link, no markup of theirs.
		expect(xml).not.toMatch(/<f[ >]|<hyperlink|<script|<img|<!DOCTYPE|<!ENTITY/i);
		const whole = JSON.parse(
			Buffer.from((await ask('/api/v1/directory')).body, 'latin1').toString()
		) as object[];
		expect(whole.length).toBeGreaterThanOrEqual(pages.length);
	});

	it('on public pages are text', async () => {
		const { organisation } = JSON.parse((await ask('/api/v1/session')).body) as { organisation: string };
		let seen = 0;
		for (const id of pages) {
			const answer = await ask(publicPath(organisation, id, 'fi'));
			if (answer.status !== 200) continue;
			seen += 1;
			const body = answer.body.replace(
				/<script type="application\/ld\+json">[^<]*<\/script>|<style>[^<]*<\/style>|<!doctype html>|<!--[^<>]*-->/g,
				''
			);
			const tags = [...body.matchAll(TAG)].map(([, name = '', attributes = '']) => ({
				name: name.toLowerCase(),
				attributes
			}));
			expect(tags.filter(({ name }) => FORBIDDEN.has(name))).toEqual([]);
			expect(
				tags.filter(({ attributes }) =>
					/\s(on\w+|srcdoc|formaction|style)=/i.test(attributes.replace(/="[^"]*"/g, '='))
				)
			).toEqual([]);
			// What is left is text, in which no tag can begin.
			expect(body.replace(TAG, '')).not.toMatch(/<[a-z!/?]/i);
			const targets = tags.flatMap(({ attributes }) =>
				[...attributes.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, target = '']) => target)
			);
			expect(
				targets.filter(
					(target) => !/^(https:\/\/|http:\/\/localhost:|tel:|mailto:|\/|#|data:,$)/.test(target)
				)
			).toEqual([]);
		}
		expect(seen).toBeGreaterThan(20);
	});
});

/** Cells of CSV with semicolons, by RFC 4180 and by nothing of ours. */
function readCsv(text: string): string[] {
	const cells: string[] = [];
	let cell = '';
	let quoted = false;
	for (let at = 0; at < text.length; at += 1) {
		const sign = text[at];
		if (quoted) {
			if (sign !== '"') cell += sign;
			else if (text[at + 1] === '"') cell += text[(at += 1)];
			else quoted = false;
		} else if (sign === '"' && cell === '') quoted = true;
		else if (sign === ';' || sign === '\n') {
			cells.push(cell.replace(/\r$/, ''));
			cell = '';
		} else cell += sign;
	}
	return cells;
}

/** Everything that the sheets of a workbook say, as XML. */
function unzipped(zip: Buffer): string {
	let text = '';
	// Of each entry of the archive's directory: where it is and how long.
	for (
		let at = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
		at >= 0;
		at = zip.indexOf('PK\u0001\u0002', at + 4, 'latin1')
	) {
		const [packed, start] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
		const content = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
		if (zip.readUInt16LE(at + 10) === 8)
			text += inflateRawSync(zip.subarray(content, content + packed)).toString();
	}
	return text;
}
