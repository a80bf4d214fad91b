import { createHash } from 'node:crypto';
import tokens from '#lib/ui/tokens.css?inline';
import { direction } from '#lib/domain/languages.ts';
import styles from './public-page.css?inline';

/** Empties the page, and takes its place in the history, so that "back" does not lead here. Without it the link still leads away. */
const LEAVE =
	"document.getElementById('leave').addEventListener('click',function(e){e.preventDefault();document.body.hidden=true;location.replace(this.href)})";

const css = `${tokens}${styles}`;
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page has what stands in it and nothing else: its styles, one script where it can be left quickly. */
const policy = (scripts: string) =>
	[
		"default-src 'none'",
		`style-src ${hashOf(css)}`,
		`script-src ${scripts}`,
		'img-src data:',
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"object-src 'none'",
		"require-trusted-types-for 'script'"
	].join('; ');
const POLICIES = { still: policy("'none'"), leave: policy(hashOf(LEAVE)) };

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
}

/** Seconds that a page may be shown without asking again: a shelter's number must not stay wrong for long. */
const FRESH = 300;

/**
 * A page drawn here and by no script: the same bytes for the same content, so that they have a name (`ETag`) and a policy of hashes. It is an answer of a
 * route without a page, because a page of SvelteKit would cost the phone's first screen its entry in the list of routes.
 */
export function answerPage(
	{ head, body }: { head: string; body: string },
	{ status, language, indexed, leave = false, data }: Answer
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
			'content-security-policy': leave ? POLICIES.leave : POLICIES.still,
			'cache-control': `public, max-age=${FRESH}`,
			'referrer-policy': 'no-referrer',
			...(indexed ? {} : { 'x-robots-tag': 'noindex' }),
			etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
		}
	});
}
