import type { ShownText } from '#lib/directory/fallback.ts';
import { clientNotice } from '#lib/directory/notice-text.ts';
import type { Notice, NoticeKind } from '#lib/domain/notice.ts';
import { noticesForClients, type NoticePlace } from '#lib/domain/notices.ts';

/** A notice as a public page has it. */
export interface PublicNotice {
	id: string;
	kind: NoticeKind;
	words: ShownText;
	link: string | undefined;
	/** Last civil day. */
	until: string;
}

/**
 * The notices of a public page about `place` (nothing: the whole organisation) for who reads `language`, urgent ones first: what holds at
 * `now` (ms since 1970), is for clients, and may be shown to them.
 */
export const publicNotices = (
	notices: readonly Notice[],
	{ language, now, ...place }: NoticePlace & { language: string; now: number }
): PublicNotice[] =>
	noticesForClients(notices, place, now).flatMap((notice) => {
		const { shown } = clientNotice(notice, language);
		const { id, kind, link, until } = notice;
		return shown ? [{ id, kind, words: shown, link: link ?? undefined, until }] : [];
	});
