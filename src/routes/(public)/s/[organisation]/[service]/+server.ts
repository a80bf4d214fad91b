import { redirect } from '@sveltejs/kit';
import { lookup } from '#lib/directory/fallback.ts';
import { readShortId } from '#lib/directory/take-away/public-address.ts';
import { publicService } from '#lib/server/directory/public-service.ts';
import { askedLanguages } from '#lib/server/asked-languages.ts';
import { baseLanguages } from '#lib/domain/languages.ts';
import type { RequestHandler } from './$types';

/** The address without a language: the entry's language that the browser asks for, else English, else Finnish. */
export const GET: RequestHandler = async ({ params, request, locals, setHeaders }) => {
	const [organisation, id] = [readShortId(params.organisation), readShortId(params.service)];
	const found = organisation && id && (await publicService(locals.server.store, organisation, id));
	const own = found ? Object.keys(found.service.name) : [...baseLanguages];
	const wanted = [...askedLanguages(request.headers.get('accept-language')), 'en', 'fi'];
	const language = wanted.reduce<string | undefined>((hit, tag) => hit ?? lookup(own, tag), undefined);
	setHeaders({ vary: 'accept-language', 'cache-control': 'public, max-age=300' });
	redirect(302, `/s/${params.organisation}/${params.service}/${language ?? own[0] ?? 'en'}`);
};
