import { addDays, instantOf } from './dates.ts';
import type { Notice } from './notice.ts';

/** Which notices hold, when and for whom. */

type Days = Pick<Notice, 'from' | 'until' | 'ended'>;

/** From when until when a notice holds, ms: from the beginning of its first civil day in Helsinki to the end of its last, or until it was ended. */
export function noticeSpan({ from, until, ended }: Days): { start: number; end: number } {
	const last = instantOf(addDays(until, 1), '00:00');
	return { start: instantOf(from, '00:00'), end: ended ? Math.min(Date.parse(ended), last) : last };
}

/** Whether a notice holds at a moment, still will, or no longer does. One that was ended before it began never will. */
export function noticeTime(notice: Days, now: number): 'now' | 'coming' | 'past' {
	const { start, end } = noticeSpan(notice);
	if (now >= end || end <= start) return 'past';
	return now < start ? 'coming' : 'now';
}

/** Urgent ones first, then by the day on which they began, the newest first. */
export const inOrder = (notices: readonly Notice[]): Notice[] =>
	notices.toSorted(
		(a, b) =>
			Number(b.kind === 'urgent') - Number(a.kind === 'urgent') ||
			(a.from < b.from ? 1 : a.from > b.from ? -1 : a.id < b.id ? 1 : -1)
	);

/** What a page is about; nothing: the whole organisation. */
export interface NoticePlace {
	/** Official code. */
	municipality?: string | undefined;
	desks?: readonly string[] | undefined;
}

/** Whether a notice belongs on a page: what is said of no place belongs on all. */
function isAbout({ municipalities, desk }: Notice, place: NoticePlace): boolean {
	if (!municipalities && !desk) return true;
	return (
		(place.municipality !== undefined && (municipalities?.includes(place.municipality) ?? false)) ||
		(desk != null && (place.desks?.includes(desk) ?? false))
	);
}

/** Those for advisers that hold now, in their order. Advisers go from place to place: they read all of them. */
export const noticesForAdvisers = (notices: readonly Notice[], now: number): Notice[] =>
	inOrder(notices.filter((notice) => notice.audience !== 'clients' && noticeTime(notice, now) === 'now'));

/** Those for clients that hold now and belong on a page about `place`, in their order. */
export const noticesForClients = (notices: readonly Notice[], place: NoticePlace, now: number): Notice[] =>
	inOrder(
		notices.filter(
			(notice) =>
				notice.audience !== 'advisers' && isAbout(notice, place) && noticeTime(notice, now) === 'now'
		)
	);
