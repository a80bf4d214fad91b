import { isFull } from '#lib/device/failures.ts';
import { visitOf } from '#lib/device/visit-of.ts';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { addVisit, removeVisit, type FieldValues } from '#lib/device/visits.ts';
import { formatTime, helsinki } from '#lib/domain/dates.ts';
import type { Desk } from '#lib/domain/tour.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { mirroredAppearance } from './appearance.ts';
import { clockNow } from './clock.svelte.ts';
import type { OwnTemplate } from './own-templates.ts';
import { repeatFields, type Pattern } from './repeat.ts';
import { askToKeepStorage } from './storage.ts';
import type { Template } from './templates.ts';
import type { Adding, VisitActions } from './visit-actions.svelte.ts';
import { sayWhen } from './when.ts';

/** The work behind `VisitActions`: what a tap needs and the first screen does not. */

export async function add(
	actions: VisitActions,
	fields: FieldValues,
	{ quiet = false, ...options }: Adding = {}
): Promise<void> {
	const { device, stamp, sync } = actions.open;
	const id = await addVisit(device, stamp, fields, options);
	const at = typeof fields['at'] === 'string' ? Date.parse(fields['at']) : clockNow();
	actions.mark(id);
	if (!quiet)
		actions.toasts.show({
			text: savedText(at, clockNow()),
			// What was sealed to a locked vault cannot be changed before that is open.
			...(actions.open.barred ? {} : { action: { label: m.toast_undo(), run: () => remove(actions, id) } })
		});
	if (mirroredAppearance(localStorage).vibration) navigator.vibrate?.(10);
	void sync.now();
	// Where that cannot be noted, it is asked again with the next save.
	askToKeepStorage(device.open).catch(() => undefined);
}

/** What was logged late says for which day. */
function savedText(at: number, now: number): string {
	const locale = getLocale();
	return helsinki(at).date === helsinki(now).date
		? m.toast_saved({ time: formatTime(at, locale) })
		: m.toast_saved_late({ when: sayWhen(at, now, locale) });
}

export async function repeat(actions: VisitActions, entry: VisitEntry, desk: Desk | null): Promise<void> {
	const visit = visitOf(entry);
	await addLike(actions, visit, visit.desk, desk);
}

export async function addFrom(
	actions: VisitActions,
	template: OwnTemplate | Template,
	desk: Desk | null
): Promise<void> {
	// A learned one was not made anywhere: the place is the one where it is used.
	const from = 'desk' in template ? template.desk : desk?.id;
	await addLike(actions, { ...template, topics: [...template.topics] }, from, desk);
}

async function addLike(
	actions: VisitActions,
	pattern: Pattern,
	from: string | null | undefined,
	desk: Desk | null
): Promise<void> {
	await orSay(actions, () => add(actions, repeatFields(pattern, from, desk, clockNow())));
}

/** Writes where there is no form to stay on: a notice tells a failure. */
async function orSay(actions: VisitActions, write: () => Promise<void>): Promise<void> {
	try {
		await write();
	} catch (error) {
		actions.toasts.show({ text: isFull(error) ? m.save_failed_short() : m.save_failed_other() });
	}
}

export async function remove(actions: VisitActions, id: string): Promise<void> {
	const { device, stamp, sync } = actions.open;
	await orSay(actions, async () => {
		if ((await removeVisit(device, stamp, id)) === undefined) return;
		actions.toasts.show({
			text: m.toast_removed(),
			action: { label: m.toast_restore(), run: () => restore(actions, id) }
		});
		void sync.now();
	});
}

export async function restore(actions: VisitActions, id: string): Promise<void> {
	const { device, stamp, sync } = actions.open;
	await orSay(actions, async () => {
		await removeVisit(device, stamp, id, false);
		void sync.now();
	});
}
