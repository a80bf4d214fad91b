import { render } from 'svelte/server';
import Notice from '#lib/components/public/Notice.svelte';
import styles from '#lib/components/public/public-page.css?inline';
import { isActive, mayReachClient } from '#lib/directory/critical.ts';
import { lookup } from '#lib/directory/fallback.ts';
import { isSensitive } from '#lib/directory/sensitive.ts';
import { pagePhrase } from '#lib/directory/take-away/page-phrases.ts';
import { publicNotices } from '#lib/directory/public-notices.ts';
import { publicPath, readShortId } from '#lib/directory/take-away/public-address.ts';
import { baseLanguages, language as languageOf } from '#lib/domain/languages.ts';
import { languageTag } from '#lib/domain/language-texts.ts';
import { publicService } from '#lib/server/directory/public-service.ts';
import { answering } from '#lib/server/public-answer.ts';
import tokens from '#lib/ui/tokens.css?inline';
import { standingNotices } from '#lib/server/notices/standing-notices.ts';
import { serviceJsonLd } from './json-ld.ts';
import PublicCard from './PublicCard.svelte';
import type { RequestHandler } from './$types';

const answerPage = answering(`${tokens}${styles}`);

/** A language that an address may name: one that this page has words in, or one of the entry. */
function named(tag: string, own: readonly string[]): string | undefined {
	if (!languageTag.safeParse(tag).success) return undefined;
	return own.find((one) => one === tag) ?? (lookup(baseLanguages, tag) || languageOf(tag) ? tag : undefined);
}

export const GET: RequestHandler = async ({ params, url, locals }) => {
	const { store, settings, now } = locals.server;
	const [organisation, id] = [readShortId(params.organisation), readShortId(params.service)];
	const found = organisation && id ? await publicService(store, organisation, id) : undefined;
	const service = found?.service;
	const language = named(params.language, Object.keys(service?.name ?? {}));
	if (!found || !service || !organisation || !language || !mayReachClient(service)) {
		const reader = language ?? 'en';
		const unavailable = language !== undefined && service !== undefined && !isActive(service);
		const status = unavailable && service.status === 'ended' ? 410 : 404;
		const words = pagePhrase(unavailable ? 'unavailable' : 'missing', reader);
		return answerPage(render(Notice, { props: { language: reader, title: words } }), {
			status,
			language: reader,
			indexed: false
		});
	}
	const origin = settings.origin ?? url.origin;
	const sensitive = isSensitive(service);
	const languages = Object.keys(service.name).sort();
	const path = (tag?: string) => publicPath(organisation, service.id, tag);
	const at = now();
	const own = languages.includes(language) ? language : lookup(languages, language);
	const notices = await standingNotices(store, organisation);
	const drawn = render(PublicCard, {
		props: {
			service,
			language,
			now: at,
			demo: found.demo,
			notices: publicNotices(notices, { language, now: at }),
			languages: languages.map((tag) => ({ tag, path: path(tag) })),
			canonical: `${origin}${path(own ?? language)}`,
			alternates: [
				...languages.map((tag) => ({ tag, url: `${origin}${path(tag)}` })),
				{ tag: 'x-default', url: `${origin}${path()}` }
			]
		}
	});
	return answerPage(drawn, {
		status: 200,
		language,
		indexed: !sensitive && !found.demo && languages.includes(language),
		leave: sensitive,
		data: sensitive ? undefined : serviceJsonLd(service, language, at, `${origin}${path(language)}`)
	});
};
