import { createHash } from 'node:crypto';
import { direction } from '#lib/domain/languages.ts';

/** Empties the page, and takes its place in the history, so that "back" does not lead here. Without it the link still leads away. */
const LEAVE =
	"document.getElementById('leave').addEventListener('click',function(e){e.preventDefault();document.body.hidden=true;location.replace(this.href)})";

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page has what stands in it and nothing else: its styles, one script where it can be left quickly. */
const policy = (css: string, scripts: string, forms = "'none'") =>
	[
		"default-src 'none'",
		`style-src ${hashOf(css)}`,
		`script-src ${scripts}`,
		'img-src data:',
		"base-uri 'none'",
		`form-action ${forms}`,
		"frame-ancestors 'none'",
		"object-src 'none'",
		"require-trusted-types-for 'script'"
	].join('; ');
interface Answer {
	status: number;
	/** Language of the reader, BCP 47. */
	language: string;
	/** False: search engines leave it out. */
	indexed: boolean;
	/** The page can be left quickly. */
	leave?: boolean;
	/** Structured data for machines. */
	data?: object | undefined;
	/** False: it is asked for again each time, and answered in few bytes where nothing has changed. */
	kept?: boolean;
	/** A form stands on it that may be sent once: the page is nobody else's, and is kept nowhere. */
	form?: boolean;
	/** Seconds after which to come again. */
	retryAfter?: string | undefined;
}

/** Seconds that a page may be shown without asking again: a shelter's number must not stay wrong for long. */
const FRESH = 300;

/** The name of some bytes for `ETag`. */
export const etagOf = (text: string): string =>
	`"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;

/**
 * A page drawn here and by no script: the same bytes for the same content, so that they have a name (`ETag`) and a policy of hashes. It is an answer of a
 * route without a page, because a page of SvelteKit would cost the phone's first screen its entry in the list of routes.
 *
 * @param css the whole look of these pages
 */
export function answering(css: string): (drawn: Drawn, answer: Answer) => Response {
	const policies = {
		still: policy(css, "'none'"),
		leave: policy(css, hashOf(LEAVE)),
		form: policy(css, "'none'", "'self'")
	};
	return (drawn, answer) => answerPage(css, policies, drawn, answer);
}

/** What Svelte has drawn. */
interface Drawn {
	head: string;
	body: string;
}

function answerPage(
	css: string,
	policies: { still: string; leave: string; form: string },
	{ head, body }: Drawn,
	{ status, language, indexed, leave = false, data, kept = true, form = false, retryAfter }: Answer
): Response {
	const parts = [
		`<!doctype html><html lang="${language}" dir="${direction(language)}"><head><meta charset="utf-8">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		// Without it browsers ask for a picture that would say where the page comes from.
		'<link rel="icon" href="data:,">',
		indexed ? '' : '<meta name="robots" content="noindex">',
		`<style>${css}</style>${head}`,
		// Data is not run, but its end would end it.
		data
			? `<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`
			: '',
		`</head><body>${body}`,
		leave ? `<script>${LEAVE}</script>` : '',
		'</body></html>'
	];
	const html = parts.join('');
	return new Response(html, {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-language': language,
			'content-security-policy': policies[form ? 'form' : leave ? 'leave' : 'still'],
			...(form
				? // Without a referrer a form would be sent without an origin, and be taken for somebody else's.
					{ 'cache-control': 'private, no-store', 'referrer-policy': 'same-origin' }
				: {
						'cache-control': kept ? `public, max-age=${FRESH}` : 'public, no-cache',
						'referrer-policy': 'no-referrer',
						etag: etagOf(html)
					}),
			...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
			...(indexed ? {} : { 'x-robots-tag': 'noindex' })
		}
	});
}
