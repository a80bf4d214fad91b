import { render } from 'svelte/server';
import Notice from '#lib/components/public/Notice.svelte';
import styles from '#lib/components/public/public-page.css?inline';
import { publicNotices } from '#lib/directory/public-notices.ts';
import { desksOf, publicDesk, publicStops } from '#lib/directory/where-when/coming.ts';
import { subjectName } from '#lib/directory/where-when/subject-name.ts';
import { pageLanguages, pagePhrase } from '#lib/directory/take-away/page-phrases.ts';
import { takeAwayPhrase } from '#lib/directory/take-away/phrases.ts';
import { calendarPath, tourPath } from '#lib/directory/take-away/public-address.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { deskIsOpen } from '#lib/domain/stops.ts';
import { standingNotices } from '#lib/server/notices/standing-notices.ts';
import { answering } from '#lib/server/public-answer.ts';
import { askedTour } from '#lib/server/tour/asked-tour.ts';
import tokens from '#lib/ui/tokens.css?inline';
import { tourJsonLd } from './json-ld.ts';
import WhereWhen from './WhereWhen.svelte';
import own from './where-when.css?inline';
import type { RequestHandler } from './$types';

const answerPage = answering(`${tokens}${styles}${own}`);

/** How far the page looks ahead, days, today among them, and how many receptions it has room for. */
const DAYS = 35;
const MOST = 40;

export const GET: RequestHandler = async ({ params, url, locals }) => {
	const { settings, store, now } = locals.server;
	const asked = await askedTour(locals.server, params);
	const { language } = asked;
	if (asked.status !== 200) {
		const title = pagePhrase(asked.status === 410 ? 'pointGone' : 'missing', language);
		return answerPage(render(Notice, { props: { language, title } }), {
			status: asked.status,
			language,
			indexed: false,
			kept: false
		});
	}
	const { organisation, subject, found } = asked;
	const at = now();
	const today = helsinki(at).date;
	const origin = settings.origin ?? url.origin;
	const coming = publicStops(found.tour, subject, addDays(today, -1), addDays(today, DAYS - 1)).filter(
		({ to }) => to > at
	);
	const stops = coming.slice(0, MOST);
	const desks = desksOf(found.tour, subject).filter((desk) => deskIsOpen(desk, today));
	const name = subjectName(subject, desks, found.name, language);
	const path = (tag?: string) => tourPath(organisation, subject, tag);
	const drawn = render(WhereWhen, {
		props: {
			subject,
			name,
			language,
			organisation,
			provider: found.name,
			demo: found.demo,
			tour: found.tour,
			desks: desks.map(publicDesk),
			notices: publicNotices(await standingNotices(store, organisation), {
				language,
				now: at,
				municipality:
					subject.kind === 'municipality'
						? subject.code
						: subject.kind === 'desk'
							? desks[0]?.municipality
							: undefined,
				desks: desks.map(({ id }) => id)
			}),
			stops,
			more: coming.length > stops.length,
			today,
			languages: pageLanguages.map((tag) => ({ tag, path: path(tag) })),
			canonical: `${origin}${path(language)}`,
			alternates: [...pageLanguages, undefined].map((tag) => ({
				tag: tag ?? 'x-default',
				url: `${origin}${path(tag)}`
			})),
			calendar: `${origin}${calendarPath(organisation, subject, language)}`
		}
	});
	return answerPage(drawn, {
		status: 200,
		language,
		indexed: !found.demo,
		kept: false,
		data: tourJsonLd(stops, {
			title: `${takeAwayPhrase('advice', language).text} · ${name.text}`,
			provider: found.name,
			language,
			url: `${origin}${path(language)}`
		})
	});
};
