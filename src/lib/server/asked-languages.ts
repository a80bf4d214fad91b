import { lookup } from '#lib/directory/fallback.ts';
import { pageLanguages } from '#lib/directory/take-away/page-phrases.ts';

/** Languages that a browser asks for, the dearest first. */
export const askedLanguages = (header: string | null): string[] =>
	(header ?? '')
		.split(',')
		.map((part) => {
			const [tag = '', ...rest] = part.trim().split(';');
			const weight = Number(/q=([\d.]+)/.exec(rest.join(';'))?.[1] ?? 1);
			return { tag, weight };
		})
		.sort((a, b) => b.weight - a.weight)
		.map(({ tag }) => tag);

/** The content language that a browser asks for, else English. */
export const askedPageLanguage = (header: string | null): string =>
	[...askedLanguages(header), 'en'].reduce<string | undefined>(
		(hit, tag) => hit ?? lookup(pageLanguages, tag),
		undefined
	) ?? 'en';
