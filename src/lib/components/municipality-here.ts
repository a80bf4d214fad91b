import type { OpenApp } from './app.svelte.ts';
import { placeHere } from './place-here.ts';

/** The municipality where the adviser is now, official code; undefined: nobody knows. */
export function municipalityHere(open: OpenApp, now: number): string | undefined {
	const place = placeHere(open, now);
	return place?.kind === 'at' ? place.desk.municipality : undefined;
}
