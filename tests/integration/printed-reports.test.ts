import { afterAll, expect, it } from 'vitest';
import { handleKeepPrinted, handlePrintedReports } from '#lib/server/reports/handle-printed-reports.ts';
import type { KeptReport, PrintedReport } from '#lib/statistics/printed-report.ts';
import { call, newOrganisation, ORIGIN, startServer, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const report = (contacts: number | null, more: Partial<PrintedReport> = {}): PrintedReport => ({
	from: '2026-03-01',
	to: '2026-03-31',
	municipalities: ['263'],
	contacts,
	tables: [{ level: 'topicArea', cells: [{ name: 'living', contacts: null }], visible: 0.5 }],
	...more
});

onEveryStore('what was printed for municipalities', (fresh) => {
	async function start() {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'coordinator', 'adviser');
		const [coordinator, adviser] = phones as [Phone, Phone];
		const stranger = (await newOrganisation(server, 'coordinator')).phones[0]!;
		const headers = (by: Phone) => ({ origin: ORIGIN, 'reppu-membership': by.enrolled.membership });
		const keep = async (by: Phone, seen: number | null, ...reports: unknown[]) => {
			const request = new Request(`${ORIGIN}/api/v1/municipal-sheets`, {
				method: 'PUT',
				headers: { ...headers(by), 'content-type': 'application/json' },
				body: JSON.stringify({ reports, seen })
			});
			const answer = await call(server, handleKeepPrinted, request, { jar: by.jar });
			return [
				answer.status,
				answer.status === 204 ? undefined : ((await answer.json()) as { error: string }).error
			];
		};
		const kept = async (by: Phone, period = 'from=2026-01-01&to=2026-03-31') => {
			const request = new Request(`${ORIGIN}/api/v1/municipal-sheets?${period}`, { headers: headers(by) });
			return (await (
				await call(server, handlePrintedReports, request, { jar: by.jar })
			).json()) as KeptReport[];
		};
		return { coordinator, adviser, stranger, keep, kept };
	}

	it('is kept by time and place, with its tables where it overlaps the time, and is nobody else’s', async () => {
		const { coordinator, adviser, stranger, keep, kept } = await start();
		const year = report(90, { from: '2025-04-01', municipalities: ['595', '239'] });
		expect(await keep(coordinator, null, report(null), year)).toEqual([204, undefined]);
		expect((await kept(coordinator)).map((one) => one.report)).toEqual([year, report(null)]);
		// Of other times only how many contacts there were: that can be set against every time.
		expect((await kept(coordinator, 'from=2026-04-01&to=2026-04-30')).map((one) => one.report)).toEqual([
			{ ...year, tables: [] },
			report(null, { tables: [] })
		]);
		expect(await kept(stranger)).toEqual([]);
		expect(await keep(adviser, null, report(1))).toEqual([403, 'not_allowed']);
	});

	it('gives way only to what was made with all that was printed: all of a press of the button, or nothing', async () => {
		const { coordinator, keep, kept } = await start();
		await keep(coordinator, null, report(40));
		const [first] = await kept(coordinator);
		// Of another time and place: whatever was printed meanwhile may overlap it.
		const other = report(7, { from: '2026-02-01', to: '2026-02-28', municipalities: ['925'] });
		const both = (seen: number | null) => keep(coordinator, seen, other, report(60));
		expect(await both(null)).toEqual([409, 'printed_meanwhile']);
		expect(await both(first!.givenAt - 1)).toEqual([409, 'printed_meanwhile']);
		expect((await kept(coordinator)).map((one) => one.report)).toEqual([report(40)]);
		// The same again has nothing to know of.
		expect(await keep(coordinator, null, report(40))).toEqual([204, undefined]);
		expect(await both(first!.givenAt)).toEqual([204, undefined]);
		expect((await kept(coordinator)).map((one) => one.report.contacts)).toEqual([7, 60]);
		const [one, two] = await Promise.all(
			[8, 9].map(async (contacts) =>
				keep(
					coordinator,
					(await kept(coordinator))[0]!.givenAt,
					report(contacts, { municipalities: ['140'] })
				)
			)
		);
		expect([one![0], two![0]].sort()).toEqual([204, 409]);
	});

	it('of the wrong form is refused', async () => {
		const { coordinator, keep } = await start();
		for (const wrong of [report(-1), report(1, { municipalities: [] }), { ...report(1), from: 'yesterday' }])
			expect(await keep(coordinator, null, wrong)).toEqual([422, 'bad_request']);
	});
});
