import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { newId } from '#lib/domain/ids.ts';
import type { SignInWay } from '#lib/protocol/account.ts';
import type { Role } from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note } from '#lib/server/audit/note.ts';
import type { Trx } from '#lib/server/storage/store.ts';
import type { KnownDevice } from './devices.ts';
import { beginSession } from './sessions.ts';

export interface Enrolled {
	organisation: string;
	organisationName: string;
	demo: boolean;
	membership: string;
	name: string;
	role: Role;
	device: string;
	/** For the cookie; stored only as its hash. */
	token: string;
}

/** How somebody has come in. */
interface Begun {
	way?: SignInWay;
	/** When that proved who they are; 0: it did not. See `beginSession`. */
	provedAt?: number;
}

async function memberOf(trx: Trx, organisation: string, membership: string) {
	const member = await trx
		.selectFrom('memberships')
		.innerJoin('organisations', 'organisations.id', 'memberships.organisation_id')
		.select([
			'memberships.name',
			'memberships.role',
			'organisations.name as organisationName',
			'organisations.demo'
		])
		.where('memberships.organisation_id', '=', organisation)
		.where('memberships.id', '=', membership)
		.where('memberships.ended_at', 'is', null)
		.executeTakeFirst();
	if (!member) throw new ApiError(404, 'code_wrong');
	return { ...member, demo: member.demo === 1 };
}

/** Binds a device and a first session to a membership. */
export async function addDevice(
	trx: Trx,
	organisation: string,
	membership: string,
	device: { name: string; publicKey: object },
	now: number,
	{ way = 'code', provedAt = now }: Begun = {}
): Promise<Enrolled> {
	const member = await memberOf(trx, organisation, membership);
	try {
		createPublicKey({ key: device.publicKey as JsonWebKey, format: 'jwk' });
	} catch {
		// Two numbers of the right length need not be a point of the curve.
		throw new ApiError(422, 'bad_request');
	}
	const id = newId(now);
	await trx
		.insertInto('devices')
		.values({
			organisation_id: organisation,
			id,
			membership_id: membership,
			name: device.name,
			public_key: JSON.stringify(device.publicKey),
			created_at: now,
			seen_at: now,
			revoked_at: null,
			wiped_at: null,
			high_seq: '{}'
		})
		.execute();
	const by = { organisation, membership, device: id };
	const token = await beginSession(trx, by, way, now, provedAt);
	await note(trx, by, [{ event: 'enrol', kind: 'device', ids: [id], whose: membership }], now);
	return { ...by, ...member, token };
}

/**
 * Lets somebody in whose membership is known now. A device of theirs that has proved which one it is goes on as that device; anything else
 * becomes a new one.
 */
export async function letIn(
	trx: Trx,
	{ organisation, membership }: { organisation: string; membership: string },
	{ known, fresh }: { known: KnownDevice | undefined; fresh: { name: string; publicKey: object } },
	now: number,
	begun: Begun
): Promise<Enrolled> {
	const same = known?.organisation === organisation && known.membership === membership;
	if (!known || !same || known.revoked) return addDevice(trx, organisation, membership, fresh, now, begun);
	const member = await memberOf(trx, organisation, membership);
	const by = { organisation, membership, device: known.device };
	const token = await beginSession(trx, by, begun.way ?? 'code', now, begun.provedAt);
	await note(trx, by, [{ event: 'sign-in', kind: 'device', ids: [by.device], whose: membership }], now);
	return { ...by, ...member, token };
}
