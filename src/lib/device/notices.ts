import { NOTICE } from '#lib/domain/notice-name.ts';
import { noticeOf, type Notice } from '#lib/domain/notice.ts';
import { conflicts, type RecordState } from '#lib/domain/record.ts';
import type { MembershipDb } from './membership-db.ts';
import { unseal } from './rows.ts';

/** A notice with the fields that two people wrote without knowing of each other. */
export interface NoticeEntry {
	notice: Notice;
	unsettled: string[];
}

/** All notices of the organisation that this device has, of any day. */
export async function noticeEntries(db: MembershipDb): Promise<NoticeEntry[]> {
	const rows = await db.records.where('collection').equals(NOTICE).toArray();
	return rows.flatMap((row) => {
		const state = unseal<RecordState>(row);
		const notice = noticeOf(row.id, state);
		return notice ? [{ notice, unsettled: conflicts(state) }] : [];
	});
}

/** The same without what is unsettled. */
export const notices = async (db: MembershipDb): Promise<Notice[]> =>
	(await noticeEntries(db)).map(({ notice }) => notice);
