import type { OpenApp } from './app.svelte.ts';
import { placeNow, type Place } from './place.ts';

/** Where the adviser is, from what this phone knows; undefined until tour and choice were read. */
export function placeHere({ desks, receptions, place, device }: OpenApp, now: number): Place | undefined {
	const choice = place.current;
	if (!desks.current || !receptions.current || choice === undefined) return undefined;
	return placeNow(desks.current, receptions.current, device.membership.id, choice ?? undefined, now);
}

/** The desk where the adviser is now; null: at none. */
export function deskHere(open: OpenApp, now: number): string | null {
	const place = placeHere(open, now);
	return place?.kind === 'at' ? place.desk.id : null;
}
