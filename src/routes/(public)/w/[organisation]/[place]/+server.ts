import { redirect } from '@sveltejs/kit';
import { lookup } from '#lib/directory/fallback.ts';
import { pageLanguages } from '#lib/directory/take-away/page-phrases.ts';
import { askedLanguages } from '#lib/server/asked-languages.ts';
import type { RequestHandler } from './$types';

/** The address without a language: the content language that the browser asks for, else English. */
export const GET: RequestHandler = ({ params, request, setHeaders }) => {
	const wanted = [...askedLanguages(request.headers.get('accept-language')), 'en'];
	const language = wanted.reduce<string | undefined>(
		(hit, tag) => hit ?? lookup(pageLanguages, tag),
		undefined
	);
	setHeaders({ vary: 'accept-language', 'cache-control': 'public, max-age=300' });
	const page = [params.organisation, params.place, language ?? 'en'].map(encodeURIComponent).join('/');
	redirect(302, `/w/${page}`);
};
