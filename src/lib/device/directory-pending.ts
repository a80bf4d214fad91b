import { APPOINTMENT } from '#lib/domain/appointment.ts';
import { DESK_GUIDE } from '#lib/domain/desk-guide.ts';
import { LANGUAGE_HELP } from '#lib/domain/language-help-records.ts';
import { NOTICE } from '#lib/domain/notice-name.ts';
import { EVENT, EVENT_COUNT } from '#lib/domain/event-records.ts';
import { PHRASE_CHECK } from '#lib/domain/phrase-check.ts';
import { SERVICE_CONTACT } from '#lib/domain/service-contact.ts';
import { SERVICE } from '#lib/domain/service-record.ts';
import { MISSING, SERVICE_REPORT } from '#lib/domain/service-report.ts';
import { SETTINGS } from '#lib/domain/register-settings.ts';
import { TOUR_CHANGE } from '#lib/domain/tour-change.ts';
import { DESK, RECEPTION } from '#lib/domain/tour-records.ts';
import { WORK_HOURS } from '#lib/domain/work-hours.ts';
import type { MembershipDb } from './membership-db.ts';
import { unseal, type OpBody, type RejectedRow } from './rows.ts';

const collections = [
	SERVICE,
	SERVICE_REPORT,
	SERVICE_CONTACT,
	PHRASE_CHECK,
	SETTINGS,
	DESK,
	DESK_GUIDE,
	RECEPTION,
	TOUR_CHANGE,
	WORK_HOURS,
	LANGUAGE_HELP,
	NOTICE,
	APPOINTMENT,
	EVENT,
	EVENT_COUNT
] as const;

/** A change of anything but a visit that has not arrived: the directory and what is said about it, tour and what is reported of it, hours, appointments, events, notices, settings. */
export interface PendingNote {
	/** Id of its record. */
	id: string;
	collection: (typeof collections)[number];
	/** The entry it is about; undefined where that is not said any more. */
	service: string | undefined;
	/** There is no such entry yet. */
	suggests: boolean;
	/** Why the server refused it; absent: it waits. */
	refused?: RejectedRow['reason'];
}

/** One for each record, refused ones first. */
export async function pendingNotes({ outbox, rejected }: MembershipDb): Promise<PendingNote[]> {
	const [waiting, refused] = await Promise.all([outbox.toArray(), rejected.toArray()]);
	const found = new Map<string, PendingNote>();
	const rows = [
		...refused.filter(({ state }) => state === 'attention').map((row) => ({ row, reason: row.reason })),
		...waiting.map((row) => ({ row, reason: undefined }))
	];
	for (const { row, reason } of rows) {
		const collection = collections.find((one) => one === row.collection);
		if (!collection) continue;
		const { service, what } = unseal<OpBody>(row).fields;
		const known = found.get(row.recordId);
		const about =
			collection === SERVICE ? row.recordId : typeof service === 'string' ? service : known?.service;
		found.set(row.recordId, {
			id: row.recordId,
			collection,
			service: about,
			suggests: (Array.isArray(what) && what.includes(MISSING)) || (known?.suggests ?? false),
			...((known?.refused ?? reason) ? { refused: known?.refused ?? reason! } : {})
		});
	}
	return [...found.values()];
}
