import type { OpenApp } from '#lib/components/app.svelte.ts';
import { saveFile } from '#lib/components/save-file.ts';
import { unseal } from '#lib/device/rows.ts';
import { tourPath } from '#lib/directory/take-away/public-address.ts';
import { calendarSpan, calendarText } from '#lib/directory/where-when/calendar.ts';
import { publicStops } from '#lib/directory/where-when/coming.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { lastChange } from '#lib/domain/last-change.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { DESK, RECEPTION } from '#lib/domain/tour-records.ts';
import type { Desk } from '#lib/domain/tour.ts';

/** Makes the calendar of a desk as the server makes it, on this phone, and hands it to the browser as a file. */
export async function saveCalendar(
	{ device, desks, receptions }: Pick<OpenApp, 'device' | 'desks' | 'receptions'>,
	desk: Desk,
	locale: Locale,
	now: number
): Promise<void> {
	const { organisation } = device.membership;
	const subject = { kind: 'desk', id: desk.id } as const;
	const { from, to } = calendarSpan(now);
	const tour = { desks: desks.current ?? [], receptions: receptions.current ?? [] };
	const stops = publicStops(tour, subject, from, to);
	const receptionIds = [...new Set(stops.map(({ reception }) => reception))];
	const keys: [string, string][] = [
		[DESK, desk.id],
		...receptionIds.map((id): [string, string] => [RECEPTION, id])
	];
	const rows = (await device.db.records.bulkGet(keys)).flatMap((row) => row ?? []);
	const changes = new Map(rows.map((row) => [row.id, lastChange(unseal<RecordState>(row))]));
	const text = calendarText({
		organisation,
		name: desk.name,
		language: locale,
		url: `${location.origin}${tourPath(organisation, subject, locale)}`,
		demo: false,
		stops,
		changedAt: (id) => changes.get(id) ?? 0
	});
	const name = desk.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
	saveFile(`${name || 'neuvonta'}.ics`, new Blob([text], { type: 'text/calendar' }));
}
