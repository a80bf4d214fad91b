import type { Kysely } from 'kysely';
import { newId } from '#lib/domain/ids.ts';
import type { AuditEvent, AuditKind } from '#lib/protocol/audit.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { isStorageFull } from '#lib/server/storage/failures.ts';
import type { Database } from '#lib/server/storage/schema.ts';

/** Who does something: a member with a device, or nobody where the server or one of its commands does it. */
export interface Doer {
	organisation: string;
	membership?: string | undefined;
	device?: string | undefined;
}

interface Noted {
	event: AuditEvent;
	kind: AuditKind;
	/** Of what it is about. */
	ids?: readonly string[];
	/** The member whose things they are. */
	whose?: string | undefined;
}

/**
 * Adds to the audit trail. The rows stand for themselves and wait for nobody's: `keep.ts` chains them later. Where this fails, what was to be
 * noted must not happen either.
 */
export async function note(
	db: Kysely<Database>,
	{ organisation, membership, device }: Doer,
	noted: readonly Noted[],
	now: number
): Promise<void> {
	if (noted.length === 0) return;
	const rows = noted.map(({ event, kind, ids = [], whose }) => ({
		organisation_id: organisation,
		id: newId(now),
		at: now,
		membership_id: membership ?? null,
		device_id: device ?? null,
		event,
		subject_id: whose ?? null,
		kind,
		ids: JSON.stringify(ids),
		segment: null,
		number: null,
		hash: null
	}));
	await db.insertInto('audit').values(rows).execute();
}

/**
 * Notes what somebody is shown or takes out, before the answer goes. Where the disk is full, reading goes on all the same, and the server's log
 * says that it went on unnoted.
 */
export async function noteUse(
	{ store, log, now }: Pick<ServerContext, 'store' | 'log' | 'now'>,
	by: Doer,
	noted: readonly Noted[]
): Promise<void> {
	try {
		await note(store.db, by, noted, now());
	} catch (error) {
		if (!isStorageFull(error)) throw error;
		const what = noted.map(({ event, kind }) => `${event} ${kind}`).join(', ');
		log.warn('not noted', { organisation: by.organisation, device: by.device, code: what });
	}
}
