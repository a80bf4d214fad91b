import { inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { JSON_LIMITS, MAX_INFLATED, MAX_SERVICE_BYTES } from '#lib/protocol/limits.ts';
import { openParts, readSealed } from '#lib/protocol/sealed.ts';
import { dictionary } from '#lib/protocol/sealed-dictionaries.ts';
import type { Frame, SealedOp } from '#lib/protocol/sealed-frame.ts';
import { wireOp } from '#lib/protocol/sync.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { parseJson } from '#lib/server/body.ts';
import type { ReceivedOp } from './effects.ts';
import { UNOPENED } from './op-text.ts';

/** Bytes of one op as JSON, at most: the longest fields that are taken plain, and what can be seen in them. */
const MOST = MAX_SERVICE_BYTES + 128 * 1024;

const sealedText = z.omit(wireOp, { opId: true, replica: true, seq: true });

/** Ops that are tiny on the way may be large: together no more bytes than a request in JSON may hold. */
interface Budget {
	left: number;
}

/** Finds the key of a name; undefined: there is none. */
type FindPair = (kid: string) => Promise<CryptoKeyPair | undefined>;

/**
 * Opens the ops of a frame. One that does not open holds up no other: it comes with the code by which it is refused, and with its bytes,
 * so that the journal keeps it.
 */
export async function openFrame(
	findPair: FindPair,
	organisation: string,
	{ replica, ops }: Frame
): Promise<ReceivedOp[]> {
	const budget: Budget = { left: MAX_INFLATED };
	return Promise.all(
		ops.map(async (sealed) => {
			const head = { opId: sealed.opId, seq: sealed.seq, replica: sealed.replica ?? replica };
			const opened = await openSealed(findPair, organisation, sealed, budget);
			if (typeof opened === 'string') return { ...head, ...unopened(sealed, opened, head.replica) };
			return { ...head, ...opened };
		})
	);
}

async function openSealed(
	findPair: FindPair,
	organisation: string,
	{ opId, sealed }: SealedOp,
	budget: Budget
): Promise<z.infer<typeof sealedText> | ErrorCode> {
	const parts = readSealed(sealed);
	if (!parts) return 'seal_broken';
	const [pair, shared] = [await findPair(parts.kid), dictionary(parts.dictionary)];
	if (!pair) return 'seal_unknown_key';
	const deflated = await openParts(pair, organisation, opId, parts);
	if (!deflated || !shared) return 'seal_broken';
	// The others go on beside the one that was too much.
	if (budget.left < 0) throw new ApiError(413, 'too_large');
	let plain: Buffer;
	try {
		plain = inflateRawSync(deflated, { dictionary: shared, maxOutputLength: MOST });
	} catch {
		// No DEFLATE, or a bomb.
		return 'seal_broken';
	}
	budget.left -= plain.length;
	if (budget.left < 0) throw new ApiError(413, 'too_large');
	try {
		return sealedText.safeParse(parseJson(plain, JSON_LIMITS)).data ?? 'seal_broken';
	} catch (error) {
		// No JSON, or text that no store keeps.
		if (error instanceof ApiError) return 'seal_broken';
		throw error;
	}
}

/** A sealed op as the journal keeps it: what it is about is not known, so it stands for itself. */
function unopened(
	{ opId, sealed }: SealedOp,
	refused: ErrorCode,
	replica: string
): Omit<ReceivedOp, 'opId' | 'seq' | 'replica'> {
	return {
		collection: UNOPENED,
		recordId: opId,
		fields: { sealed: Buffer.from(sealed).toString('base64') },
		clock: `000000000000-${replica}`,
		schema: 1,
		refused
	};
}
