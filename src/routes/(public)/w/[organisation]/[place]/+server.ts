import { redirect } from '@sveltejs/kit';
import { askedPageLanguage } from '#lib/server/asked-languages.ts';
import type { RequestHandler } from './$types';

/** The address without a language. */
export const GET: RequestHandler = ({ params, request, setHeaders }) => {
	const language = askedPageLanguage(request.headers.get('accept-language'));
	setHeaders({ vary: 'accept-language', 'cache-control': 'public, max-age=300' });
	redirect(302, `/w/${[params.organisation, params.place, language].map(encodeURIComponent).join('/')}`);
};
