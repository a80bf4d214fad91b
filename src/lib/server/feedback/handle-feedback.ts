import type { RequestEvent } from '@sveltejs/kit';
import { helsinki } from '#lib/domain/dates.ts';
import { DESK } from '#lib/domain/tour-records.ts';
import { deskFields } from '#lib/domain/tour.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { standing } from '#lib/server/reports/basis.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { feedbackOf, type FeedbackReport, type FeedbackSum } from '#lib/statistics/feedback.ts';

/** What an organisation's clients answered, as far as it may be seen inside it. */
export async function feedbackReportOf(
	store: Store,
	organisation: string,
	now: number
): Promise<FeedbackReport> {
	const rows = await store.db
		.selectFrom('feedback_sums')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.execute();
	const sums = rows.map(
		({ month, desk_id: desk, language, source, question, answer, count }): FeedbackSum => ({
			month,
			desk,
			language,
			source,
			question,
			answer,
			count
		})
	);
	const desks = await standing(store, organisation, DESK, deskFields);
	return {
		...feedbackOf(sums, helsinki(now).date.slice(0, 7)),
		desks: desks.map(({ id, name }) => ({ id, name }))
	};
}

/** `GET /api/v1/feedback`: for coordinators; answers in groups of at least five people, of months that are over. */
export async function handleFeedback(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'feedback:read');
	const report = await feedbackReportOf(server.store, session.organisation, server.now());
	// As of other figures, the dates of what is told: all months until today.
	const first = report.groups[0]?.month ?? report.running;
	const ids = [`${first}-01`, helsinki(server.now()).date];
	await noteUse(server, session, [{ event: 'report', kind: 'figures', ids }]);
	return Response.json(report);
}
