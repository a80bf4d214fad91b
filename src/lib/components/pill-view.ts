import type { Locale } from '#lib/domain/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Pill } from '#lib/sync/pill.ts';
import type { IconName } from '#lib/ui/icon-names.ts';
import { sayWhen } from './when.ts';

/** How a status looks: never by colour alone, the icon and the words say the same. */
export interface PillView {
	look: 'bad' | 'wait' | 'off' | 'ok';
	icon: IconName;
	text: string;
}

/** The words and the look of each status (ux.md §6.0). */
export function pillView(pill: Pill, now: number, locale: Locale): PillView {
	const { kind } = pill;
	const inLocale = { locale };
	switch (kind) {
		case 'attention':
			return {
				look: 'bad',
				icon: 'triangle-alert',
				text:
					pill.waiting === undefined
						? m.pill_attention({ count: pill.count }, inLocale)
						: m.pill_attention_waiting({ count: pill.count, waiting: pill.waiting }, inLocale)
			};
		case 'outdated':
			return { look: 'bad', icon: 'refresh-cw', text: m.pill_outdated({}, inLocale) };
		case 'revoked':
			return { look: 'bad', icon: 'lock', text: m.pill_revoked({}, inLocale) };
		case 'sign-in':
			return { look: 'wait', icon: 'lock', text: m.pill_sign_in({ count: pill.count }, inLocale) };
		case 'sending': {
			// The row that is on its way counts as the one being sent.
			const done = Math.min(pill.total, pill.done + 1);
			return {
				look: 'wait',
				icon: 'refresh-cw',
				text: m.pill_sending({ done, total: pill.total }, inLocale)
			};
		}
		case 'waiting':
			return { look: 'wait', icon: 'cloud-upload', text: m.pill_waiting({ count: pill.count }, inLocale) };
		case 'offline-waiting':
			return {
				look: 'off',
				icon: 'cloud-off',
				text: m.pill_offline_waiting({ count: pill.count }, inLocale)
			};
		case 'offline':
			return { look: 'off', icon: 'cloud-off', text: m.pill_offline({}, inLocale) };
		case 'delivered': {
			const text =
				pill.at === undefined
					? m.pill_delivered({}, inLocale)
					: m.pill_delivered_at({ when: sayWhen(pill.at, now, locale) }, inLocale);
			return { look: 'ok', icon: 'cloud-check', text };
		}
	}
}
