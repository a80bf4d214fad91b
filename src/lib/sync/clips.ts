import * as z from 'zod/mini';
import {
	acknowledgeClip,
	compareClips,
	dropClip,
	openMatters,
	storeClip,
	type ClipRow,
	type Clips
} from '#lib/device/clips.ts';
import type { MembershipRow } from '#lib/device/public-db.ts';
import { clipAnswer, clipReceipt, clipsAnswer } from '#lib/protocol/clips.ts';
import { MEMBERSHIP_HEADER } from './carrier.ts';

/** How long one recording may take, ms: 130 KB over 2G. */
const TIMEOUT = 60_000;
const PATH = '/api/v1/clips';

type Carry = (url: string, init: RequestInit) => Promise<Response>;

/** SHA-256 of a recording in base64, hex; the name under which everybody knows it. */
export async function clipHash(audio: string): Promise<string> {
	const bytes = Uint8Array.from(atob(audio), (char) => char.charCodeAt(0));
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function ask(carry: Carry, membership: string, path: string, init: RequestInit = {}) {
	const response = await carry(path, {
		...init,
		headers: { [MEMBERSHIP_HEADER]: membership, 'content-type': 'application/json' },
		credentials: 'same-origin',
		cache: 'no-store',
		redirect: 'error',
		signal: AbortSignal.timeout(TIMEOUT)
	});
	const isOurs = (response.headers.get('content-type') ?? '').startsWith('application/json');
	return { status: response.status, body: isOurs ? ((await response.json()) as unknown) : undefined };
}

/**
 * Whether the server has said of exactly this recording that it keeps it, or that it keeps it no more; `refused`: it keeps no recording of these words, because they have changed or nobody may
 * speak them.
 */
async function deliver(carry: Carry, membership: string, row: ClipRow): Promise<boolean | 'refused'> {
	if (row.state === 'leaving') {
		const { status, body } = await ask(carry, membership, `${PATH}/${row.hash}`, { method: 'DELETE' });
		// Never sent, or taken away by somebody else; a page that is not there says nothing.
		return (
			status === 204 ||
			(status === 404 && z.safeParse(z.object({ error: z.literal('not_found') }), body).success)
		);
	}
	const { phrase, language, audio } = row;
	const { status, body } = await ask(carry, membership, PATH, {
		method: 'POST',
		body: JSON.stringify({ phrase, language, audio })
	});
	if (status === 422 && z.safeParse(z.object({ error: z.literal('invalid_value') }), body).success)
		return 'refused';
	const receipt = z.safeParse(clipReceipt, body);
	return status === 201 && receipt.success && receipt.data.hash === row.hash;
}

/**
 * Delivers what was recorded here and fetches what others have recorded. Whatever is not a proper answer changes nothing: it is tried
 * again at the next start. Throws where the network or the device fails.
 *
 * @param note takes how many are still missing here, after each that arrives
 */
export async function exchangeClips(
	db: Clips,
	{ id, organisation }: Pick<MembershipRow, 'id' | 'organisation'>,
	carry: Carry,
	note: (missing: number) => Promise<void> = async () => undefined
): Promise<void> {
	for (const row of await openMatters(db, organisation)) {
		const answer = await deliver(carry, id, row);
		if (answer === 'refused') await dropClip(db, row);
		else if (answer) await acknowledgeClip(db, row);
	}
	const list = z.safeParse(clipsAnswer, (await ask(carry, id, `${PATH}?cards=yes`)).body);
	if (!list.success) return;
	const wanted = await compareClips(db, organisation, list.data.clips);
	let missing = wanted.length;
	await note(missing);
	for (const notice of wanted) {
		const found = z.safeParse(clipAnswer, (await ask(carry, id, `${PATH}/${notice.hash}`)).body);
		if (!found.success || (await clipHash(found.data.audio)) !== notice.hash) continue;
		await storeClip(db, { ...notice, organisation, audio: found.data.audio });
		await note((missing -= 1));
	}
}
