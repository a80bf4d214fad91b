import { createECDH } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPrivateKey, readSealed } from '#lib/protocol/sealed.ts';
import { readFrame } from '#lib/protocol/sealed-frame.ts';
import { syncAnswer, type SyncAnswer, type WireOp } from '#lib/protocol/sync.ts';
import { openFrame } from '#lib/server/sync/open-sealed.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';

const page = readFileSync('docs/protocol.md', 'utf8');

/** The examples of `docs/protocol.md`, by the word behind `json`. */
const examples = Object.fromEntries(
	[...page.matchAll(/^```json (\w+)\n(.*?)^```/gms)].map(([, name, text]) => [
		name,
		JSON.parse(text!) as Record<string, unknown>
	])
);

it('the request of the page is taken by the real server, and its answer has the form of the one there', async () => {
	const server = await startServer(':memory:');
	try {
		const { phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const { replica, ops, highSeq, cursors } = examples.request as {
			replica: string;
			ops: WireOp[];
			highSeq: number;
			cursors: object;
		};
		phone.replica = replica;
		const response = await phone.send({ highSeq, cursors, ops });
		expect(response.status).toBe(200);
		const answer = (await response.json()) as Record<string, unknown>;
		expect(Object.keys(answer).sort()).toEqual(Object.keys(examples.answer!).sort());
		const wanted = syncAnswer.parse(examples.answer);
		const found = syncAnswer.parse(answer);
		expect(found.receipts.map(({ opId, outcome }) => ({ opId, outcome }))).toEqual(
			wanted.receipts.map(({ opId, outcome }) => ({ opId, outcome }))
		);
		// The op that was sent does not come back; the directory that every organisation begins with does.
		const form = ({ changes }: SyncAnswer) =>
			changes
				.filter(({ part }) => part === 'directory')
				.map((change) => [
					Object.keys(change),
					change.collection,
					Object.keys(change.state?.heads.name?.[0] ?? {})
				]);
		expect(form(found)).toContainEqual(form(wanted)[0]);
		expect(found.changes.map(({ collection }) => collection)).not.toContain('visit');
		expect(Object.keys(found.cursors).sort()).toEqual(Object.keys(wanted.cursors).sort());
		for (const cursor of [...Object.values(wanted.cursors), ...Object.values(found.cursors)])
			expect(cursor).toMatch(/^2\.[0-9a-f]{8}\.\d+(\.\d+)?$/);
		expect(found.receipts[0]?.change).toBeTypeOf('number');
	} finally {
		await stopServers();
	}
});

it('every status that the page names for a refused request is the one that is given', async () => {
	const server = await startServer(':memory:');
	try {
		const { phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const status = async (message: object) => (await phone.send(message)).status;
		expect(await status({ protocol: 2, ops: [] })).toBe(426);
		expect(await status({ ops: [], surprise: 1 })).toBe(422);
		expect(await status({ ops: [{ ...phone.visit(), fields: { topicText: '\u0000' } }] })).toBe(422);
		phone.jar.values.clear();
		expect(await status({ ops: [], cursors: {} })).toBe(401);
	} finally {
		await stopServers();
	}
});

it('the frame of the page is read byte by byte as it says there, and opens with the key of the page', async () => {
	const hex = /^```text frame\n(.*?)^```/ms.exec(page)?.[1]?.replaceAll('\n', '') ?? '';
	const frame = readFrame(Buffer.from(hex, 'hex'));
	if (typeof frame === 'string') throw new Error(frame);
	const [op, ...rest] = frame.ops;
	expect([frame.replica, frame.highSeq, op?.seq, rest]).toEqual(['9f86d081884c7d65', 300, 300, []]);
	const opId = (examples.request?.ops as WireOp[])[0]!.opId;
	expect([op?.opId, op?.sealed.length, readSealed(op!.sealed)?.kid]).toEqual([opId, 170, 'AQIDBAUG']);
	expect([page.includes('(`ac02`)'), page.includes('(`d402`)'), hex.includes('ac02d402')]).toEqual([
		true,
		true,
		true
	]);

	const number = Buffer.from(
		/private key of the example is, in base64url,\s`([\w-]{43})`/.exec(page)![1]!,
		'base64url'
	);
	const ecdh = createECDH('prime256v1');
	ecdh.setPrivateKey(number);
	const pair = await readPrivateKey(Buffer.concat([number, ecdh.getPublicKey()]));
	const organisation = /its organisation\s`([\w-]{36})`/.exec(page)![1]!;
	const [opened] = await openFrame(
		async (kid) => (kid === 'AQIDBAUG' ? pair : undefined),
		organisation,
		frame
	);
	expect(opened).toEqual({ opId, seq: 300, replica: frame.replica, ...examples.sealed });
});
