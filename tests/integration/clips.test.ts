import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sampleService } from '#lib/directory/sample-service.ts';
import { cardKey } from '#lib/directory/spoken-card.ts';
import { newId } from '#lib/domain/ids.ts';
import { clipAnswer, clipReceipt, clipsAnswer, LONGEST_CLIP } from '#lib/protocol/clips.ts';
import {
	handleClip,
	handleClipAudio,
	handleClipList,
	handleClipRemoval
} from '#lib/server/clips/handle-clips.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { call, newOrganisation, ORIGIN, post, startServer, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const asMember = ({ enrolled }: Phone) => ({ 'reppu-membership': enrolled.membership });
const WEBM = [0x1a, 0x45, 0xdf, 0xa3];
const recording = (words: string, head = WEBM) => Buffer.concat([Buffer.from(head), Buffer.from(words)]);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function record(phone: Phone, bytes: Buffer, phrase = 'pleaseWait', language = 'so') {
	const body = { phrase, language, audio: bytes.toString('base64') };
	const response = await call(phone.server, handleClip, post('/api/v1/clips', body, asMember(phone)), {
		jar: phone.jar
	});
	return response.status === 201 ? clipReceipt.parse(await response.json()).hash : response.status;
}

async function ask(phone: Phone, handler: typeof handleClip, method: string, hash = '') {
	const request = new Request(`${ORIGIN}/api/v1/clips/${hash}`, {
		method,
		headers: { ...asMember(phone), origin: ORIGIN }
	});
	return call(phone.server, handler, request, { jar: phone.jar, params: { hash } });
}

const list = async (phone: Phone) =>
	clipsAnswer.parse(await (await ask(phone, handleClipList, 'GET')).json()).clips;

onEveryStore('spoken phrases', (fresh) => {
	it('go to everybody of the organisation, the newest of each phrase and language, byte for byte', async () => {
		const server = await startServer(fresh());
		let now = Date.now();
		server.now = () => (now += 1000);
		const { phones } = await newOrganisation(server, 'adviser', 'adviser', 'coordinator');
		const [author, other, coordinator] = phones as [Phone, Phone, Phone];
		const elsewhere = (await newOrganisation(server, 'coordinator')).phones[0]!;
		const [first, second] = [recording('hal daqiiqo'), recording('fadlan sug')];
		expect(await record(author, first)).toBe(sha256(first));
		expect(await record(other, second)).toBe(sha256(second));
		await record(author, first, 'yes', 'so');
		expect(await list(coordinator)).toEqual([
			{ hash: sha256(second), phrase: 'pleaseWait', language: 'so' },
			{ hash: sha256(first), phrase: 'yes', language: 'so' }
		]);
		const got = clipAnswer.parse(
			await (await ask(coordinator, handleClipAudio, 'GET', sha256(second))).json()
		);
		expect(Buffer.from(got.audio, 'base64')).toEqual(second);
		// Sent once more, because the answer was lost: one row, one receipt.
		expect(await record(author, first)).toBe(sha256(first));
		expect((await list(other)).length).toBe(2);
		expect(await list(elsewhere)).toEqual([]);
		expect((await ask(elsewhere, handleClipAudio, 'GET', sha256(second))).status).toBe(404);
		expect((await ask(elsewhere, handleClipRemoval, 'DELETE', sha256(second))).status).toBe(404);
	});

	it('are taken away by their author or a coordinator, and nothing of them is kept', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'adviser', 'adviser', 'coordinator');
		let now = Date.now();
		server.now = () => (now += 1000);
		const [author, other, coordinator] = phones as [Phone, Phone, Phone];
		const [mine, theirs] = [recording('haa'), recording('maya')];
		await record(author, recording('haah'), 'yes');
		await record(author, mine, 'yes');
		await record(other, theirs, 'no');
		expect((await ask(author, handleClipRemoval, 'DELETE', sha256(theirs))).status).toBe(403);
		expect((await ask(author, handleClipRemoval, 'DELETE', sha256(mine))).status).toBe(204);
		expect((await ask(author, handleClipRemoval, 'DELETE', sha256(mine))).status).toBe(404);
		expect((await ask(coordinator, handleClipRemoval, 'DELETE', sha256(theirs))).status).toBe(204);
		expect(await list(author)).toEqual([]);
		const rows = await server.store.db.selectFrom('clips').select('audio').execute();
		expect(rows.map(({ audio }) => audio)).toEqual(['', '', '']);
	});

	it('are sound that phones play, of phrases that there are, and not longer than half a minute', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'adviser', 'viewer');
		const [adviser, viewer] = phones as [Phone, Phone];
		expect(
			await record(
				adviser,
				recording(
					'',
					[...'OggS'].map((c) => c.charCodeAt(0))
				)
			)
		).toMatch(/^\w{64}$/);
		expect(await record(adviser, recording('ftypM4A ', [0, 0, 0, 24]))).toMatch(/^\w{64}$/);
		expect(await record(adviser, Buffer.from('<svg onload=alert(1)>'))).toBe(422);
		expect(await record(adviser, recording('x'), 'noSuchPhrase')).toBe(422);
		expect(await record(adviser, recording('x'), 'pleaseWait', '../so')).toBe(422);
		expect(await record(adviser, recording('x'.repeat(LONGEST_CLIP - 4)))).toMatch(/^\w{64}$/);
		expect([413, 422]).toContain(await record(adviser, recording('x'.repeat(LONGEST_CLIP - 3))));
		expect(await record(adviser, recording('x'.repeat(2 * LONGEST_CLIP)))).toBe(413);
		expect(await record(viewer, recording('x'))).toBe(403);
	});

	it('of emergency and consent are taken in Finnish, Swedish and English only', async () => {
		const server = await startServer(fresh());
		const adviser = (await newOrganisation(server, 'adviser')).phones[0]!;
		expect(await record(adviser, recording('x'), 'mayRecord', 'so')).toBe(422);
		expect(await record(adviser, recording('x'), 'mayRecord', 'sv')).toMatch(/^\w{64}$/);
	});

	it('of a phrase are not heard any more once other words were approved, until somebody speaks those', async () => {
		const server = await startServer(fresh());
		let now = Date.now();
		server.now = () => (now += 1000);
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser');
		const [author, other] = phones as [Phone, Phone];
		const approve = async (language: string, text: string) => {
			const fields = { language, phrase: 'pleaseWait', text, on: '2026-03-02', by: 'Aino' };
			const entry = { collection: 'phrase-check', id: newId(), part: 'organisation' as const, fields };
			await server.store.write((trx) => publish(trx, organisation, [entry as never], server.now()));
		};
		const [so, ar] = [recording('fadlan sug'), recording('intazir')];
		await record(author, so);
		await record(author, ar, 'pleaseWait', 'ar');
		// The words that were there already: what was spoken says them.
		await approve('so', 'Fadlan wax yar sug.');
		expect((await list(other)).map(({ language }) => language).sort()).toEqual(['ar', 'so']);
		await approve('so', 'Fadlan daqiiqad sug.');
		expect((await list(other)).map(({ language }) => language)).toEqual(['ar']);
		const again = recording('fadlan daqiiqad sug');
		await record(other, again);
		expect(await list(author)).toContainEqual({ hash: sha256(again), phrase: 'pleaseWait', language: 'so' });
	});

	it('of a card are of the words that it has now, and phones of before hear nothing of them', async () => {
		const server = await startServer(fresh());
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'adviser');
		const [author, other] = phones as [Phone, Phone];
		const elsewhere = (await newOrganisation(server, 'adviser')).phones[0]!;
		const id = newId();
		const card = sampleService({
			id,
			name: { fi: { text: 'Kela', origin: 'written' }, so: { text: 'Keela', origin: 'machine' } }
		});
		const put = async (so: string, at: number) => {
			const { id: _, ...fields } = {
				...card,
				name: { ...card.name, so: { text: so, origin: 'machine' as const } }
			};
			const entry = { collection: 'service', id, part: 'directory' as const, fields: { ...fields } };
			await server.store.write((trx) => publish(trx, organisation, [entry as never], at));
		};
		await put('Keela', 1);
		const key = (await cardKey(card, 'so'))!;
		expect(await record(author, recording('keela'), key)).toMatch(/^\w{64}$/);
		expect(await record(author, recording('keela'), `${key.slice(0, -1)}${key.endsWith('0') ? 1 : 0}`)).toBe(
			422
		);
		expect(await record(author, recording('keela'), key, 'ar')).toBe(422);
		expect(await record(elsewhere, recording('keela'), key)).toBe(422);
		expect(await list(other)).toEqual([]);
		const all = async (phone: Phone) => {
			const request = new Request(`${ORIGIN}/api/v1/clips?cards=yes`, { headers: asMember(phone) });
			return clipsAnswer.parse(await (await call(server, handleClipList, request, { jar: phone.jar })).json())
				.clips;
		};
		expect(await all(other)).toMatchObject([{ phrase: key, language: 'so' }]);
		expect(await all(elsewhere)).toEqual([]);
		// Other words: whoever reads the card of before is late.
		await put('Kela', 2);
		expect(await record(author, recording('keela 2'), key)).toBe(422);
	});
});
