import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/json.ts';
import { newId } from '#lib/domain/ids.ts';
import { writeFrame, type SealedOp } from '#lib/protocol/sealed-frame.ts';
import { packOps } from '#lib/protocol/packed.ts';
import { handleEnrolment, handleInvitation, handleMember } from '#lib/server/accounts/handle-accounts.ts';
import { handleClip } from '#lib/server/clips/handle-clips.ts';
import { handleImportStep, handleNewImport } from '#lib/server/directory/runs/handle-imports.ts';
import { seeded } from '#lib/server/demo/random.ts';
import { handleDecision } from '#lib/server/sync/handle-rejected.ts';
import { handleNewToken } from '#lib/server/accounts/handle-api-tokens.ts';
import { handleSync } from '#lib/server/sync/handle-sync.ts';
import { hostileEntry } from '../hostile/entries.ts';
import { oddBody, oddBytes } from '../hostile/mutate.ts';
import { everyVector } from '../hostile/vectors.ts';
import { newDeviceKey } from '../support/http-phone.ts';
import { sealed, sendFrame } from '../support/sealing.ts';
import { call, newOrganisation, post, startServer, stopServers, type Phone } from '../support/server.ts';

/** `BODIES=1000000 SEED=7 vitest run fuzz` for more, or for the same again. */
const BODIES = Number(process.env['BODIES'] ?? 1000);
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Bodies after which everything that is loaded and kept once has been. */
const WARM = Math.min(100_000, BODIES / 2);
const MOST_GROWTH = 100 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'reppu-fuzz-'));
let phone: Phone;
let sealedOps: SealedOp[];
beforeAll(async () => {
	const server = await startServer(join(folder, 'reppu.db'));
	server.settings.requestLimits = false;
	phone = (await newOrganisation(server, 'coordinator')).phones[0]!;
	sealedOps = await Promise.all([phone.visit(), phone.visit(), phone.visit()].map((op) => sealed(phone, op)));
});
afterAll(async () => {
	await stopServers();
	rmSync(folder, { recursive: true, force: true });
});

const AT = '2026-03-06T09:32:00Z';
const plainVisit = () =>
	phone.visit({
		'notes/01890a5d-ac96-774b-bcce-b302099a8057': { text: 'x', at: AT },
		referrals: [{ to: 'kela', how: 'told' }]
	});

/** Routes that take a body, each with a good one. */
const routes: [string, Parameters<typeof call>[1], () => JsonValue][] = [
	['/api/v1/sync', handleSync, () => message({ ops: [plainVisit(), phone.visit()] })],
	[
		'/api/v1/sync',
		handleSync,
		() => message({ ops: [{ ...phone.visit(), collection: 'service', fields: hostileEntry('x', 'y') }] })
	],
	[
		'/api/v1/sync',
		handleSync,
		() =>
			message({ packed: packOps([plainVisit(), phone.visit()], phone.replica), cursors: {}, have: [[1, 2]] })
	],
	[
		'/api/v1/enrolments',
		handleEnrolment,
		() => ({ code: 'ABCDE23456', deviceName: 'x', publicKey: newDeviceKey().jwk as JsonValue })
	],
	['/api/v1/invitations', handleInvitation, () => ({ name: 'x', role: 'adviser', delivery: 'sent' })],
	['/api/v1/api-tokens', handleNewToken, () => ({ name: 'x', days: 1 })],
	['/api/v1/people/x', handleMember, () => ({ role: 'coordinator' })],
	[
		'/api/v1/imports',
		handleNewImport,
		() => ({ source: 'x', language: 'fi', partial: true, address: 'https://example.fi/x.json' })
	],
	['/api/v1/imports/x', handleImportStep, () => ({ do: 'apply', mayShrink: true })],
	[
		'/api/v1/rejected/x',
		handleDecision,
		() => ({ state: 'mended', fields: { at: AT }, without: ['language'] })
	],
	['/api/v1/clips', handleClip, () => ({ phrase: 'hello', language: 'ar', audio: 'GkXfo59ChoEB' })]
];

const message = (more: object) =>
	JSON.parse(
		JSON.stringify({ protocol: 1, replica: phone.replica, highSeq: phone.seq, ...more })
	) as JsonValue;

type Sent = [path: string, body: Buffer, answer: Response];

async function sendJson(random: () => number, number: number): Promise<Sent> {
	const [path, handler, good] = routes[Math.floor(random() * routes.length)]!;
	const { body, headers } = oddBody(random, good(), everyVector);
	const params = { id: random() < 0.5 ? newId() : everyVector[Math.floor(random() * everyVector.length)]! };
	const answer = await call(phone.server, handler, post(path, body, { ...phone.headers(body), ...headers }), {
		jar: phone.jar,
		params,
		address: `192.0.2.${number % 250}`
	});
	return [path, body, answer];
}

/** A frame of sealed ops with something in it that is not as it was; signed, so that it is looked into. */
async function sendSealed(random: () => number): Promise<Sent> {
	const frame = writeFrame({ replica: phone.replica, highSeq: phone.seq, ops: sealedOps });
	const body = oddBytes(random, Buffer.from(frame));
	return ['/api/v1/sealed', body, await sendFrame(phone, new Uint8Array(body))];
}

it(
	`${BODIES} bodies made by chance: none is answered with 5xx, memory stays flat, nothing leaks into Object.prototype`,
	async () => {
		const random = seeded(SEED);
		const counts: Record<number, number> = {};
		let before = 0;
		for (let number = 0; number < BODIES; number += 1) {
			if (number === WARM) before = process.memoryUsage().rss;
			const [path, body, { status }] =
				random() < 0.1 ? await sendSealed(random) : await sendJson(random, number);
			counts[status] = (counts[status] ?? 0) + 1;
			if (status >= 500)
				throw new Error(
					`Body ${number} of seed ${SEED} for ${path} was answered ${status}: ${body.toString('latin1').slice(0, 2000)}`
				);
			if (Object.keys(Object.prototype).length > 0 || 'polluted' in {})
				throw new Error(`Body ${number} of seed ${SEED} reached Object.prototype.`);
		}
		const growth = process.memoryUsage().rss - before;
		console.log(
			`fuzz, ${BODIES} bodies, seed ${SEED}: ${JSON.stringify(counts)}, memory ${Math.round(growth / 1e6)} MB more`
		);
		expect(growth).toBeLessThan(MOST_GROWTH);
		// Some get through, or nothing behind the first check would have been tried.
		expect(counts[200] ?? 0).toBeGreaterThan(BODIES / 100);
	},
	Math.max(60_000, BODIES * 20)
);
