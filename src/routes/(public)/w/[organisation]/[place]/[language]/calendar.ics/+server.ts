import { calendarSpan, calendarText } from '#lib/directory/where-when/calendar.ts';
import { publicStops } from '#lib/directory/where-when/coming.ts';
import { subjectName } from '#lib/directory/where-when/subject-name.ts';
import { pagePhrase } from '#lib/directory/take-away/page-phrases.ts';
import { tourPath } from '#lib/directory/take-away/public-address.ts';
import { etagOf } from '#lib/server/public-answer.ts';
import { askedTour } from '#lib/server/tour/asked-tour.ts';
import type { RequestHandler } from './$types';

/** The calendar of a public page of the tour. A desk that is gone says so, and calendars let go of it. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const { settings, now } = locals.server;
	const asked = await askedTour(locals.server, params);
	const headers = {
		'content-language': asked.language,
		'cache-control': 'public, no-cache',
		'x-robots-tag': 'noindex'
	};
	if (asked.status !== 200) {
		const words = pagePhrase(asked.status === 410 ? 'pointGone' : 'missing', asked.language).text;
		return new Response(`${words}\n`, {
			status: asked.status,
			headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }
		});
	}
	const { language, organisation, subject, found } = asked;
	const { from, to } = calendarSpan(now());
	const text = calendarText({
		organisation,
		name: subjectName(subject, found.tour.desks, found.name, language).text,
		language,
		url: `${settings.origin ?? url.origin}${tourPath(organisation, subject, language)}`,
		demo: found.demo,
		stops: publicStops(found.tour, subject, from, to),
		changedAt: found.changedAt
	});
	return new Response(text, {
		headers: {
			...headers,
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'inline; filename="neuvonta.ics"',
			etag: etagOf(text)
		}
	});
};
