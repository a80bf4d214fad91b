import { usualChannel } from '#lib/components/place.ts';
import { emptyValues } from '#lib/components/visit-form/visit-values.ts';
import { saveDraft } from '#lib/device/drafts.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import type { Appointment } from '#lib/domain/appointment.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';

/** How a contact was made that was booked so. */
const channels: Readonly<Record<string, string>> = { desk: 'appointment', phone: 'phone', video: 'video' };

/**
 * Begins the visit of a client who has come: a draft with desk, language and channel, which the log goes on with as with every other. Nothing else is
 * known, and the note of the appointment is not the visit's.
 */
export async function beginVisit(
	db: MembershipDb,
	{ language, channel }: Appointment,
	desk: string,
	now: number
): Promise<void> {
	const visit = {
		...emptyValues(now, desk),
		channel: channels[channel] ?? usualChannel(desk),
		...(language === 'unknown' ? {} : { language })
	};
	const values = JSON.parse(JSON.stringify({ visit, startedAt: now })) as Record<string, JsonValue>;
	await saveDraft(db, { id: newId(now), at: now, values });
}
