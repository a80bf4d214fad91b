import type { Receipt, WireAnswer } from '#lib/protocol/sync.ts';
import { PROTOCOL } from '#lib/protocol/version.ts';
import { noteContact, type KnownDevice } from '#lib/server/accounts/devices.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { sealTo } from '#lib/server/keys/seal-to.ts';
import { followShared } from '#lib/server/sharing/follow.ts';
import { noteIfPossible } from '#lib/server/storage/failures.ts';
import { durableOf } from './changes.ts';
import type { ReceivedOp } from './effects.ts';
import { receive } from './receive.ts';

/** Who numbered what is delivered, and how far. */
interface Numbered {
	replica: string;
	highSeq: number;
}

/** Takes in what a device delivers, whichever way it comes. Of a revoked one everything waits for a coordinator. */
export async function deliver(
	server: ServerContext,
	device: KnownDevice,
	{ replica, highSeq }: Numbered,
	ops: readonly ReceivedOp[]
): Promise<Receipt[]> {
	const { store, log, now, limits, settings } = server;
	// Behind the signature, so that nobody uses it up for another.
	if (settings.requestLimits) await limits.countOps(device, ops.length, now());
	const waiting = device.revoked
		? ops.map((op): ReceivedOp => ({ ...op, refused: op.refused ?? 'device_revoked' }))
		: ops;
	// Side by side, so that both can share a commit.
	const [receipts] = await Promise.all([
		receive(store, device, waiting, now(), (cause) =>
			log.error('effect failed', {
				organisation: device.organisation,
				error: cause instanceof Error ? cause.name : 'unknown'
			})
		),
		noteIfPossible(noteContact(store, device, replica, highSeq, now()))
	]);
	if (!device.revoked) await followShared(server, device.organisation, ops);
	log.info('sync', {
		organisation: device.organisation,
		device: device.device,
		ops: ops.length,
		outcomes: tally(receipts)
	});
	return receipts;
}

/** An answer with receipts and what every answer says. What is empty is left out. */
export async function answerWith(
	server: ServerContext,
	device: KnownDevice,
	receipts: readonly Receipt[],
	request: Request
): Promise<WireAnswer> {
	const { store, epoch, now } = server;
	// Whoever has no key says so by any other word; who says nothing does not seal.
	const known = request.headers.get('reppu-seal-key');
	const key = known === null || device.revoked ? undefined : await sealTo(server, device.organisation);
	return {
		protocol: PROTOCOL,
		...(receipts.length > 0 ? { receipts: [...receipts] } : {}),
		epoch,
		durable: await durableOf(store, device.organisation),
		serverTime: now(),
		...(key && key.kid !== known ? { sealTo: key } : {}),
		...(device.revoked ? { revoked: true } : {})
	};
}

function tally(receipts: readonly { outcome: string }[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { outcome } of receipts) counts[outcome] = (counts[outcome] ?? 0) + 1;
	return counts;
}
