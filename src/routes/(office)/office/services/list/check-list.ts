import { serviceReports, serviceContacts, type Noted } from '#lib/device/directory-notes.ts';
import type { Device } from '#lib/device/device.ts';
import { memberNames } from '#lib/device/members.ts';
import { storedServices } from '#lib/device/services.ts';
import { checkOf, inOrder, type Checked } from '#lib/directory/to-check.ts';
import { conflicts } from '#lib/domain/record.ts';
import type { ServiceContact } from '#lib/domain/service-contact.ts';
import { overtakenFields } from '#lib/domain/service-record.ts';
import type { ServiceReport } from '#lib/domain/service-report.ts';

/** A row of the list: an entry, and what was said about it. */
export interface CheckRow extends Checked {
	/** Those that nobody has answered. */
	reports: Noted<ServiceReport>[];
	/** The latest first. */
	contacts: Noted<ServiceContact>[];
}

export interface CheckList {
	rows: CheckRow[];
	names: ReadonlyMap<string, string>;
}

/** Everything the list shows, read from this device, what should be looked at first in front. */
export async function readCheckList(device: Device, now: number): Promise<CheckList> {
	const [stored, reports, contacts, names] = await Promise.all([
		storedServices(device),
		serviceReports(device),
		serviceContacts(device),
		memberNames(device.db)
	]);
	const open = Map.groupBy(
		reports.filter(({ state }) => (state ?? null) === null),
		({ service }) => service
	);
	const log = Map.groupBy(contacts, ({ service }) => service);
	const checked = stored.map(({ service, state }) => {
		const around = {
			reported: open.has(service.id),
			differs: conflicts(state).length > 0,
			overtaken: overtakenFields(state).length > 0,
			shown: 0
		};
		return checkOf(service, around, now);
	});
	const rows = inOrder(checked).map((one) => ({
		...one,
		reports: open.get(one.service.id) ?? [],
		contacts: log.get(one.service.id) ?? []
	}));
	return { rows, names };
}
