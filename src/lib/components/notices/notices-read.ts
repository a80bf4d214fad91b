import type { MembershipDb } from '#lib/device/membership-db.ts';
import type { Notice } from '#lib/domain/notice.ts';
import { noticeTime } from '#lib/domain/notices.ts';
import { isText } from '#lib/domain/shape.ts';

/** Which notices were read on this device. It is nobody else's business: kept here, and never sent. */

const KEY = 'notices-read';

/** What was read of a notice, by its id: one that says something else now has not been. */
export type ReadNotices = Readonly<Record<string, string>>;

const wordsOf = ({ kind, texts }: Notice): string => `${kind} ${texts['fi']?.text ?? ''}`;

export async function readNotices(db: MembershipDb): Promise<ReadNotices> {
	const value: unknown = (await db.meta.get(KEY))?.value;
	if (typeof value !== 'object' || value === null) return {};
	return Object.fromEntries(Object.entries(value).filter(([, words]) => isText(words))) as ReadNotices;
}

/** Whether a notice was read as it stands now. */
export const isRead = (read: ReadNotices, notice: Notice): boolean => read[notice.id] === wordsOf(notice);

/** A notice was read. What is said of those that are over goes. */
export async function markRead(
	db: MembershipDb,
	notice: Notice,
	all: readonly Notice[],
	now: number
): Promise<void> {
	await db.transaction('rw', db.meta, async () => {
		const standing = new Set(all.flatMap((one) => (noticeTime(one, now) === 'past' ? [] : [one.id])));
		const before = Object.entries(await readNotices(db)).filter(([id]) => standing.has(id));
		await db.meta.put({
			key: KEY,
			value: { ...Object.fromEntries(before), [notice.id]: wordsOf(notice) }
		});
	});
}
