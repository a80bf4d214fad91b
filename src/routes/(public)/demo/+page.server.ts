import { error } from '@sveltejs/kit';
import firstPack from '#lib/directory/first-pack/nationwide.json' with { type: 'json' };
import type { PageServerLoad } from './$types';

/** The demo is a page of demo servers only. */
export const load: PageServerLoad = ({ locals, setHeaders }) => {
	if (!locals.server.settings.demo) error(404);
	setHeaders({ vary: 'accept-language' });
	const kela = firstPack.services.find(({ name }) => name.fi.text === 'Kela');
	if (!kela) throw new Error('The service on the card of the demo’s client is not in the pack.');
	return { service: kela.id };
};
