import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';

/** The office begins with its reports. */
export const load = ({ url }: { url: URL }) =>
	redirect(307, resolve(`/(office)/office/reports${url.search as '' | `?${string}`}`));
