import { keptChecks } from '#lib/components/office/directory-checks.ts';
import { serviceReports, serviceContacts, type Noted } from '#lib/device/directory-notes.ts';
import type { Device } from '#lib/device/device.ts';
import { memberNames } from '#lib/device/members.ts';
import { storedServices } from '#lib/device/services.ts';
import { checkOf, inOrder, type Around, type Checked } from '#lib/directory/to-check.ts';
import type { ServiceContact } from '#lib/domain/service-contact.ts';
import { differingFields, overtakenFields } from '#lib/domain/service-record.ts';
import { isSuggestion, type ServiceReport } from '#lib/domain/service-report.ts';
import type { Service } from '#lib/domain/service.ts';
import type { DirectoryChecks } from '#lib/protocol/directory-checks.ts';

/** What was said about an entry. */
interface Said {
	/** Those that nobody has answered. */
	reports: Noted<ServiceReport>[];
	/** The latest first. */
	contacts: Noted<ServiceContact>[];
	/** Addresses of its pages that are gone. */
	broken: string[];
}

/** A row of the list: an entry, and what was said about it. */
export type CheckRow = Checked & Said;

export interface CheckList {
	entries: { service: Service; around: Omit<Around, 'used'>; said: Said }[];
	/** Entries that advisers suggest and that nobody has answered; the latest first. */
	suggested: Noted<ServiceReport>[];
	names: ReadonlyMap<string, string>;
	/** What the server said last; undefined: nothing yet. */
	checks: DirectoryChecks | undefined;
}

/** Everything the list shows but how often clients were sent on, read from this device. */
export async function readCheckList(device: Device): Promise<CheckList> {
	const [stored, reports, contacts, names, checks] = await Promise.all([
		storedServices(device),
		serviceReports(device),
		serviceContacts(device),
		memberNames(device.db),
		keptChecks(device)
	]);
	const waiting = reports.filter(({ state }) => (state ?? null) === null);
	const open = Map.groupBy(waiting, ({ service }) => service);
	const log = Map.groupBy(contacts, ({ service }) => service);
	const gone = new Set(checks?.broken.map(({ url }) => url));
	const entries = stored.map(({ service, state }) => {
		const broken = service.links.map(({ url }) => url).filter((url) => gone.has(url));
		const around = {
			reported: open.has(service.id),
			differs: differingFields(state).length > 0,
			overtaken: overtakenFields(state).length > 0,
			broken: broken.length > 0,
			shown: Object.values(checks?.shown[service.id] ?? {}).reduce((sum, times) => sum + times, 0)
		};
		const said = { reports: open.get(service.id) ?? [], contacts: log.get(service.id) ?? [], broken };
		return { service, around, said };
	});
	return { entries, suggested: waiting.filter(isSuggestion), names, checks };
}

/**
 * The rows in the order in which somebody should look at them.
 *
 * @param held why an entry stood where it did before somebody worked on it here: it stays there as long as the list is open, within reach of
 *   who wants to take that back
 */
export function checkRows(
	list: CheckList,
	used: ReadonlyMap<string, number>,
	held: ReadonlyMap<string, Pick<Checked, 'reasons' | 'age'>>,
	now: number
): CheckRow[] {
	const said = new Map(list.entries.map((entry) => [entry.service.id, entry.said]));
	const checked = list.entries.map(({ service, around }) => ({
		...checkOf(service, { ...around, used: used.get(service.id) ?? 0 }, now),
		...held.get(service.id)
	}));
	return inOrder(checked).flatMap((row) => {
		const more = said.get(row.service.id);
		return more ? [{ ...row, ...more }] : [];
	});
}
