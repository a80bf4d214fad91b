import { error } from '@sveltejs/kit';
import { officePages } from '#lib/components/office/pages.ts';
import type { PageLoad } from './$types';

/**
 * Pages of the office that are named in a list of their own: a route by itself costs the phone's first screen some 45 bytes, a line there none.
 */
export const load: PageLoad = async ({ params }) => {
	const page = Object.hasOwn(officePages, params.page)
		? officePages[params.page as keyof typeof officePages]
		: undefined;
	if (!page) error(404);
	return { Page: (await page()).default };
};
