import type { Texts } from '../../../src/lib/domain/language-texts.ts';
import { municipalityName } from '../../../src/lib/domain/municipalities.ts';
import type { Service } from '../../../src/lib/domain/service.ts';

/** A service as the peers index it: the texts of all languages one after another, so that a query need not know its language. */
export interface SearchDocument {
	id: string;
	name: string;
	/** Whose it is and where. */
	place: string;
	summary: string;
	description: string;
}

/** How much the fields count, where a peer can be told. */
export const BOOST = { name: 3, place: 2, summary: 1, description: 1 };
export const FIELDS = Object.keys(BOOST);

const joined = (texts: Texts = {}) =>
	Object.values(texts)
		.map(({ text }) => text)
		.join('\n');

/** The same texts that the app's own index takes in. */
export function documentOf({
	id,
	name,
	provider,
	municipalities,
	summary,
	description
}: Service): SearchDocument {
	const places = municipalities.flatMap((code) => [
		municipalityName(code, 'fi'),
		municipalityName(code, 'sv')
	]);
	return {
		id,
		name: joined(name),
		place: [joined(provider), ...places].join('\n'),
		summary: joined(summary),
		description: joined(description)
	};
}
