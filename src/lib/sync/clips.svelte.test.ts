import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findClip, openClips, openMatters, recordClip, removeClip, type Clips } from '#lib/device/clips.ts';
import { newId } from '#lib/domain/ids.ts';
import { clipHash, exchangeClips } from './clips.ts';

const member = { id: newId(), organisation: newId() };
const key = { organisation: member.organisation, phrase: 'pleaseWait', language: 'so' };

let db: Clips;
beforeEach(async () => {
	db = await openClips(`reppu-test-clips-${newId()}`);
});
afterEach(async () => {
	db.close();
	await Dexie.delete(db.name);
});

const clip = async (words: string) => {
	const audio = btoa(words);
	return { ...key, hash: await clipHash(audio), audio };
};

/** A server that keeps what it gets, newest last. */
function server() {
	const kept: { hash: string; phrase: string; language: string; audio: string }[] = [];
	const asked: string[] = [];
	const carry = async (url: string, { method = 'GET', body }: RequestInit) => {
		asked.push(`${method} ${url.split('/').length > 4 ? 'one' : 'list'}`);
		const hash = url.split('/')[4];
		if (method === 'POST') {
			const sent = JSON.parse(String(body)) as { phrase: string; language: string; audio: string };
			const row = { ...sent, hash: await clipHash(sent.audio) };
			kept.push(row);
			return Response.json({ hash: row.hash }, { status: 201 });
		}
		const at = kept.findIndex((row) => row.hash === hash);
		if (method === 'DELETE') {
			if (at < 0) return Response.json({ error: 'not_found' }, { status: 404 });
			kept.splice(at, 1);
			return new Response(null, { status: 204 });
		}
		return hash ? Response.json(kept[at]) : Response.json({ clips: kept });
	};
	return { kept, asked, carry };
}

describe('recordings', () => {
	it('wait until the server says that it keeps exactly them', async () => {
		await recordClip(db, await clip('one'));
		const answers = [
			new Response('<html>Welcome to the library’s network</html>', {
				headers: { 'content-type': 'text/html' }
			}),
			new Response(null, { status: 204 }),
			Response.json({ hash: await clipHash(btoa('another')) }, { status: 201 }),
			Response.json({ error: 'busy' }, { status: 503 })
		];
		for (const answer of answers)
			await exchangeClips(db, member, async (_url, { method }) =>
				method === 'POST' ? answer : Response.json({ error: 'busy' }, { status: 503 })
			);
		expect(await openMatters(db, member.organisation)).toHaveLength(1);
		await expect(
			exchangeClips(db, member, () => Promise.reject(new TypeError('Failed to fetch')))
		).rejects.toThrow();
		expect(await openMatters(db, member.organisation)).toHaveLength(1);

		const { kept, carry } = server();
		await exchangeClips(db, member, carry);
		expect(kept.map(({ audio }) => atob(audio))).toEqual(['one']);
		expect(await openMatters(db, member.organisation)).toEqual([]);
		expect(await findClip(db, key)).toMatchObject({ state: 'kept', audio: btoa('one') });
	});

	it('that the server keeps for nobody go, and nothing else that looks like a refusal takes one', async () => {
		await recordClip(db, await clip('one'));
		const answer = (response: Response) =>
			exchangeClips(db, member, async (_url, { method }) =>
				method === 'POST' ? response : Response.json({ error: 'busy' }, { status: 503 })
			);
		await answer(new Response('<html>', { status: 422, headers: { 'content-type': 'text/html' } }));
		await answer(Response.json({ error: 'bad_request' }, { status: 422 }));
		await answer(Response.json({ error: 'invalid_value' }, { status: 403 }));
		expect(await openMatters(db, member.organisation)).toHaveLength(1);
		await answer(Response.json({ error: 'invalid_value' }, { status: 422 }));
		expect(await openMatters(db, member.organisation)).toEqual([]);
		expect(await findClip(db, key)).toBeUndefined();
	});

	it('one that is recorded while the one before is on its way goes on waiting', async () => {
		await recordClip(db, await clip('one'));
		const { kept, carry } = server();
		await exchangeClips(db, member, async (url, init) => {
			const answer = await carry(url, init);
			if (init.method === 'POST' && kept.length === 1) await recordClip(db, await clip('two'));
			return answer;
		});
		expect(await findClip(db, key)).toMatchObject({ state: 'waiting', audio: btoa('two') });
		await exchangeClips(db, member, carry);
		expect(kept.map(({ audio }) => atob(audio))).toEqual(['one', 'two']);
	});

	it('of others are fetched once, and only what the name says is taken', async () => {
		const { kept, asked, carry } = server();
		kept.push(await clip('theirs'));
		await exchangeClips(db, member, async (url, init) =>
			url.endsWith(kept[0]!.hash) ? Response.json({ audio: btoa('cut') }) : carry(url, init)
		);
		expect(await findClip(db, key)).toBeUndefined();
		await exchangeClips(db, member, carry);
		expect(await findClip(db, key)).toMatchObject({ audio: btoa('theirs'), state: 'kept' });
		asked.length = 0;
		await exchangeClips(db, member, carry);
		expect(asked).toEqual(['GET list']);
	});

	it('that are taken away are silent at once, and the server is told until it has heard', async () => {
		const { kept, carry } = server();
		await recordClip(db, await clip('one'));
		await exchangeClips(db, member, carry);
		await removeClip(db, key);
		expect(await findClip(db, key)).toBeUndefined();
		await exchangeClips(db, member, async (url, init) =>
			init.method === 'DELETE' ? new Response('not here', { status: 404 }) : carry(url, init)
		);
		expect(await openMatters(db, member.organisation)).toHaveLength(1);
		await exchangeClips(db, member, carry);
		expect([kept, await openMatters(db, member.organisation)]).toEqual([[], []]);
	});

	it('that somebody else took away go from this phone, too; those of another organisation stay', async () => {
		const { kept, carry } = server();
		await recordClip(db, await clip('one'));
		await recordClip(db, { ...(await clip('elsewhere')), organisation: newId() });
		await exchangeClips(db, member, carry);
		kept.length = 0;
		await exchangeClips(db, member, carry);
		expect((await db.clips.toArray()).map(({ audio }) => atob(audio))).toEqual(['elsewhere']);
	});
});
