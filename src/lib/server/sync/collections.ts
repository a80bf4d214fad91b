import { APPOINTMENT, appointmentFault } from '#lib/domain/appointment.ts';
import { DESK_GUIDE, deskGuideFields } from '#lib/domain/desk-guide.ts';
import { EVENT, EVENT_COUNT } from '#lib/domain/event-records.ts';
import { eventCountFields, eventFault } from '#lib/domain/event.ts';
import { FEEDBACK } from '#lib/domain/feedback-name.ts';
import { feedbackFault } from '#lib/domain/feedback.ts';
import { fieldFault } from '#lib/domain/field-fault.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { LANGUAGE_HELP } from '#lib/domain/language-help-records.ts';
import { languageHelpFault } from '#lib/domain/language-help.ts';
import { noticeFault } from '#lib/domain/notice.ts';
import { NOTICE } from '#lib/domain/notice-name.ts';
import { PHRASE_CHECK, phraseCheckFields } from '#lib/domain/phrase-check.ts';
import { SETTINGS, settingsFault } from '#lib/domain/register-settings.ts';
import { contactFields, SERVICE_CONTACT } from '#lib/domain/service-contact.ts';
import { SERVICE, serviceFault } from '#lib/domain/service-record.ts';
import { ANSWER_FIELDS, reportFields, SERVICE_REPORT } from '#lib/domain/service-report.ts';
import { SERVICE_SHOWN, shownFields } from '#lib/domain/service-shown.ts';
import { DECISION, TOUR_CHANGE, tourChangeFault } from '#lib/domain/tour-change.ts';
import { deskFault, receptionFault } from '#lib/domain/tour-faults.ts';
import { DESK, RECEPTION } from '#lib/domain/tour-records.ts';
import { WORK_HOURS, workHoursFields } from '#lib/domain/work-hours.ts';
import { MAX_OP_BYTES, MAX_SERVICE_BYTES } from '#lib/protocol/limits.ts';
import { DIRECTORY_PART, ORGANISATION_PART, SHOWN_PART } from '#lib/protocol/parts.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { Action } from '#lib/server/policy/policy.ts';

/** What the server holds the ops of a collection to, besides those of visits. */
interface Collection {
	/** The first field whose value has the wrong form. */
	fault: (fields: Readonly<Record<string, JsonValue>>) => string | undefined;
	/** Bytes of the fields, at most. */
	bytes: number;
	/** The part of its records; absent: that of whoever made the record. */
	part?: string;
	/** What such an op's author must be allowed besides writing into its part. */
	needs?: (op: WireOp) => Action | undefined;
}

const collections: Readonly<Record<string, Collection>> = {
	[SERVICE]: { fault: serviceFault, bytes: MAX_SERVICE_BYTES, part: DIRECTORY_PART },
	[SERVICE_REPORT]: {
		fault: (fields) => fieldFault(reportFields, fields),
		bytes: MAX_OP_BYTES,
		needs: ({ fields }) => (ANSWER_FIELDS.some((name) => name in fields) ? 'directory:write' : undefined)
	},
	[SERVICE_CONTACT]: {
		fault: (fields) => fieldFault(contactFields, fields),
		bytes: MAX_OP_BYTES,
		needs: () => 'directory:write'
	},
	[PHRASE_CHECK]: {
		fault: (fields) => fieldFault(phraseCheckFields, fields),
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'directory:write'
	},
	[SETTINGS]: {
		fault: settingsFault,
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'settings:write'
	},
	[DESK]: {
		fault: deskFault,
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'tour:write'
	},
	[DESK_GUIDE]: {
		fault: (fields) => fieldFault(deskGuideFields, fields),
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'tour:write'
	},
	[RECEPTION]: {
		fault: receptionFault,
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'tour:write'
	},
	[TOUR_CHANGE]: {
		fault: tourChangeFault,
		bytes: MAX_OP_BYTES,
		needs: ({ fields }) => (DECISION in fields ? 'tour:write' : 'tour:report')
	},
	[WORK_HOURS]: {
		fault: (fields) => fieldFault(workHoursFields, fields),
		bytes: MAX_OP_BYTES
	},
	[LANGUAGE_HELP]: {
		fault: languageHelpFault,
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'roster:write'
	},
	[NOTICE]: {
		fault: noticeFault,
		bytes: MAX_SERVICE_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'notice:write'
	},
	[APPOINTMENT]: {
		fault: appointmentFault,
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'appointment:write'
	},
	[EVENT]: {
		fault: eventFault,
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'event:write'
	},
	[EVENT_COUNT]: {
		fault: (fields) => fieldFault(eventCountFields, fields),
		bytes: MAX_OP_BYTES,
		part: ORGANISATION_PART,
		needs: () => 'event:write'
	},
	[FEEDBACK]: { fault: feedbackFault, bytes: MAX_OP_BYTES },
	[SERVICE_SHOWN]: {
		fault: (fields) => fieldFault(shownFields, fields),
		bytes: MAX_OP_BYTES,
		part: SHOWN_PART
	}
};

/** Collections that are no visits and nothing about them. */
export const directoryCollections = Object.keys(collections);

export const collectionOf = (name: string): Collection | undefined =>
	Object.hasOwn(collections, name) ? collections[name] : undefined;
