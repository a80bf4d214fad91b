import { redirect, type RequestEvent } from '@sveltejs/kit';
import { render } from 'svelte/server';
import Notice from '#lib/components/public/Notice.svelte';
import styles from '#lib/components/public/public-page.css?inline';
import { feedbackWord, type FeedbackWord } from '#lib/directory/feedback/feedback-words.ts';
import { pageLanguages, pagePhrase } from '#lib/directory/take-away/page-phrases.ts';
import { feedbackPath } from '#lib/directory/take-away/public-address.ts';
import { publicDesk } from '#lib/directory/where-when/coming.ts';
import { feedbackAnswer, feedbackQuestionIds, saysSomething } from '#lib/domain/feedback.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { newForm, takeForm, type Taken } from '#lib/server/feedback/take-form.ts';
import { answering } from '#lib/server/public-answer.ts';
import { isStoreFailure } from '#lib/server/storage/failures.ts';
import { inOrganisation } from '#lib/server/storage/reach.ts';
import { registerSettings } from '#lib/server/storage/register-settings.ts';
import { askedTour } from '#lib/server/tour/asked-tour.ts';
import tokens from '#lib/ui/tokens.css?inline';
import FeedbackForm from './FeedbackForm.svelte';
import own from './feedback-form.css?inline';
import type { RequestHandler } from './$types';

const answerPage = answering(`${tokens}${styles}${own}`);

/** Seconds after which to come again when the store is busy or full. */
const RETRY_AFTER = '30';

type Chosen = Partial<Record<string, string>>;
type Event = RequestEvent<{ organisation: string; desk: string; language: string }>;

/** The desk that the address names, or the page that says why there is none. */
async function askedDesk({ params, locals }: Event) {
	const { server } = locals;
	const asked = await askedTour(server, { ...params, place: params.desk });
	const { language } = asked;
	const none = (status: number, title: ReturnType<typeof pagePhrase>) =>
		answerPage(render(Notice, { props: { language, title } }), {
			status,
			language,
			indexed: false,
			kept: false
		});
	if (asked.status !== 200 || asked.subject.kind !== 'desk')
		return none(
			asked.status === 410 ? 410 : 404,
			pagePhrase(asked.status === 410 ? 'pointGone' : 'missing', language)
		);
	const { organisation, subject, found } = asked;
	const settings = await inOrganisation(organisation, () => registerSettings(server.store, organisation));
	const desk = found.tour.desks.find(({ id }) => id === subject.id);
	if (!settings.feedback || !desk) return none(404, feedbackWord('notAsked', language));
	return { language, organisation, desk: publicDesk(desk), demo: found.demo };
}

interface Drawn {
	status?: number;
	/** Why it stands here again. */
	fault?: FeedbackWord;
	/** What was chosen before. */
	chosen?: Chosen;
	retryAfter?: string | undefined;
	/** What it was called before; undefined: it gets a new name. */
	form?: string | undefined;
}

function drawForm(
	{ language, organisation, desk, demo }: Exclude<Awaited<ReturnType<typeof askedDesk>>, Response>,
	now: number,
	{ status = 200, fault, chosen = {}, retryAfter, form = newForm(now) }: Drawn = {}
): Response {
	const props = {
		language,
		desk: desk.name,
		demo,
		invented: desk.invented ?? false,
		form,
		fault,
		chosen,
		languages: pageLanguages.map((tag) => ({ tag, path: feedbackPath(organisation, desk.id, tag) }))
	};
	return answerPage(render(FeedbackForm, { props }), {
		status,
		language,
		indexed: false,
		form: true,
		retryAfter
	});
}

/** The three questions, for whoever has the address from a code on paper. No script, no cookie; the form may be sent once. */
export const GET: RequestHandler = async (event) => {
	const asked = await askedDesk(event);
	if (asked instanceof Response) return asked;
	const sent = event.url.searchParams.get('sent');
	if (sent !== 'thanks' && sent !== 'counted') return drawForm(asked, event.locals.server.now());
	const { language } = asked;
	const title = feedbackWord(sent, language);
	return answerPage(render(Notice, { props: { language, title, ask: false } }), {
		status: 200,
		language,
		indexed: false,
		kept: false
	});
};

export const POST: RequestHandler = async (event) => {
	const asked = await askedDesk(event);
	if (asked instanceof Response) return asked;
	const { store, limits, settings, now, log } = event.locals.server;
	let chosen: Chosen = {};
	const again = (status: number, fault: FeedbackWord, retryAfter?: string, form?: string) =>
		drawForm(asked, now(), { status, fault, chosen, retryAfter, form });
	try {
		const data = await event.request.formData();
		chosen = Object.fromEntries(
			[...data].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
		);
	} catch {
		// No form at all.
		return again(400, 'choose');
	}
	const parsed = feedbackAnswer.safeParse({
		desk: asked.desk.id,
		language: asked.language,
		...Object.fromEntries(feedbackQuestionIds.map((question) => [question, chosen[question] || null]))
	});
	if (!parsed.success || !saysSomething(parsed.data)) return again(422, 'choose');
	try {
		if (settings.requestLimits) limits.countAnswer(event, now());
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return again(429, 'busy', error.response().headers.get('retry-after') ?? undefined);
	}
	const answer = { ...parsed.data, desk: asked.desk.id };
	let taken: Taken;
	try {
		taken = await takeForm(store, asked.organisation, chosen['form'] ?? '', answer, now());
	} catch (error) {
		if (!isStoreFailure(error)) throw error;
		log.error('feedback not taken', { error: error instanceof Error ? error.name : 'unknown' });
		// It may have been counted before the line broke: the same form counts once.
		return again(503, 'busy', RETRY_AFTER, chosen['form']);
	}
	// Neither what was answered nor where: a time beside it would tell who.
	log.debug('feedback', { outcome: taken });
	if (taken === 'busy') return again(429, 'busy');
	if (taken === 'old') return again(409, 'old');
	redirect(303, `${event.url.pathname}?sent=${taken === 'again' ? 'counted' : 'thanks'}`);
};
