import { m } from '#lib/paraglide/messages.js';
import type { RetentionAnswer, RetentionClass, RetentionCounts } from '#lib/protocol/retention.ts';

export type Period = RetentionAnswer['periods'][number];

const words: Readonly<Record<RetentionClass, { name: () => string; text: () => string }>> = {
	visits: { name: m.retention_class_visits, text: m.retention_text_visits },
	visitsWithCard: { name: m.retention_class_with_card, text: m.retention_text_visits },
	cards: { name: m.retention_class_cards, text: m.retention_text_cards },
	notes: { name: m.retention_class_notes, text: m.retention_text_notes },
	replaced: { name: m.retention_class_replaced, text: m.retention_text_replaced },
	reports: { name: m.retention_class_reports, text: m.retention_text_reports },
	appointments: { name: m.retention_class_appointments, text: m.retention_text_appointments },
	audit: { name: m.retention_class_audit, text: m.retention_text_audit },
	figures: { name: m.retention_class_figures, text: m.retention_text_figures }
};

const known = (name: string) => (Object.hasOwn(words, name) ? words[name as RetentionClass] : undefined);

/** A class that a newer server has is called by its code. */
export const className = (name: string): string => known(name)?.name() ?? name;
export const classText = (name: string): string => known(name)?.text() ?? '';

const did: Readonly<Record<keyof RetentionCounts, (inputs: { count: number }) => string>> = {
	visits: m.retention_did_visits,
	cards: m.retention_did_cards,
	notes: m.retention_did_notes,
	replaced: m.retention_did_replaced,
	reports: m.retention_did_reports,
	appointments: m.retention_did_appointments,
	unopened: m.retention_did_unopened,
	figures: m.retention_did_figures,
	access: m.retention_did_access
};

/** What a night has emptied, in one sentence. */
export function countWords(counts: RetentionCounts): string {
	const parts = (Object.keys(did) as (keyof RetentionCounts)[])
		.filter((name) => counts[name] > 0)
		.map((name) => did[name]({ count: counts[name] }));
	return parts.length === 0 ? m.retention_nothing() : parts.join(' · ');
}
