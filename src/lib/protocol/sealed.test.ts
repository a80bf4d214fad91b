import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import {
	newKeyPair,
	openParts,
	openWith,
	prepareSeal,
	readPrivateKey,
	readSealed,
	sealFor,
	sealOp
} from './sealed.ts';
import { organisationKey, type OrganisationKey } from './sealing-key.ts';
import { dictionary } from './sealed-dictionaries.ts';

const organisation = newId();
const visit = {
	opId: newId(),
	collection: 'visit',
	recordId: newId(),
	fields: {
		at: '2026-11-26T07:40:00.000Z',
		desk: '01980000-0000-7000-8000-000000000402',
		deskMunicipality: '402',
		channel: 'roaming',
		language: 'uk',
		interpreting: 'companion',
		topics: ['integration', 'work'],
		actions: ['letter-explained'],
		duration: '15-30',
		residenceLength: 'under-1'
	},
	clock: '019abf1adc80-a18d9edf4be2456a',
	base: {},
	schema: 1
};

describe('a sealed op', () => {
	let key: OrganisationKey;
	let pair: CryptoKeyPair;
	beforeAll(async () => {
		const { publicKey, privateKey } = await newKeyPair();
		key = organisationKey.parse({ kid: 'abcd-_12', publicKey });
		pair = await readPrivateKey(privateKey);
	});

	const opened = async (blob: Uint8Array, by = organisation, opId = visit.opId) => {
		const parts = readSealed(blob);
		const deflated = parts && (await openParts(pair, by, opId, parts));
		return deflated && inflateRawSync(deflated, { dictionary: dictionary(parts.dictionary)! }).toString();
	};

	it('opens for its organisation under its id, members in the order of the journal', async () => {
		const blob = await sealOp(await prepareSeal(key), organisation, visit);
		const { opId: _opId, ...text } = visit;
		expect(await opened(blob)).toBe(JSON.stringify(text));
		expect(readSealed(blob)?.kid).toBe(key.kid);
		expect(await opened(blob, newId())).toBeUndefined();
		expect(await opened(blob, organisation, newId())).toBeUndefined();
	});

	it('without a base, and with the member whose record it corrects', async () => {
		const { base: _base, ...rest } = visit;
		const of = newId();
		const blob = await sealOp(await prepareSeal(key), organisation, { ...rest, of });
		expect(JSON.parse((await opened(blob)) ?? '')).toMatchObject({ base: {}, of });
	});

	it('opens no more with a byte changed, wherever it is behind the head', async () => {
		const blob = await sealOp(await prepareSeal(key), organisation, visit);
		for (let at = 8; at < blob.length; at += 7) {
			const changed = blob.slice();
			changed[at]! ^= 1;
			expect(await opened(changed)).toBeUndefined();
		}
		expect(readSealed(blob.subarray(0, 60))).toBeUndefined();
	});

	it('a sender is made ready beforehand and seals once', async () => {
		const context = await prepareSeal(key);
		await sealOp(context, organisation, visit);
		await expect(sealOp(context, organisation, visit)).rejects.toThrow('one op');
	});

	it('of an everyday visit is at most 250 bytes', async () => {
		expect((await sealOp(await prepareSeal(key), organisation, visit)).length).toBeLessThan(250);
	});

	it('any bytes go to a user’s own key, and open for the same purpose only', async () => {
		const mine = await newKeyPair();
		const bytes = Uint8Array.of(1, 2, 3);
		const blob = await sealFor(mine.publicKey, 'draft 1', bytes);
		expect(await openWith(mine.privateKey, 'draft 1', blob)).toEqual(bytes);
		expect(await openWith(mine.privateKey, 'draft 2', blob)).toBeUndefined();
		expect(await openWith((await newKeyPair()).privateKey, 'draft 1', blob)).toBeUndefined();
		expect(await openWith(mine.privateKey, 'draft 1', blob.subarray(1))).toBeUndefined();
	});
});

it('a dictionary that was released stays as it was: what waits on phones was deflated with it', () => {
	const hash = createHash('sha256').update(dictionary(1)!).digest('hex');
	expect(hash).toBe('75d0798644ca4f1880c31dacc916264c587cd2e795fe0ec3c894178b8a726e95');
	expect(dictionary(2)).toBeUndefined();
});
