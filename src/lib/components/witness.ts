import { isNumber, isShaped, isText, type Checks } from '#lib/domain/shape.ts';
import type { OpenApp } from './app.svelte.ts';

/**
 * What this browser keeps beside its databases, so that a database which vanished is noticed: browsers delete what they store when space
 * runs out or a page was not visited for long, and an empty list would look like a day without work.
 */
export interface Witness {
	membership: string;
	organisationName: string;
	name: string;
	database: string;
	/** Visits that were kept on this phone only: on their way, or in need of somebody. */
	unsent: number;
	/** When it was last true, ms since 1970. */
	at: number;
}

const KEY = 'reppu-witness';

const checks: Checks<Witness> = {
	membership: isText,
	organisationName: isText,
	name: isText,
	database: isText,
	unsent: isNumber,
	at: isNumber
};

/** The place beside the databases; undefined where the browser gives none. */
function place(): Storage | undefined {
	try {
		return globalThis.localStorage;
	} catch {
		return undefined;
	}
}

export function readWitness(): Witness | undefined {
	try {
		const value: unknown = JSON.parse(place()?.getItem(KEY) ?? 'null');
		return isShaped<Witness>(value, checks) ? value : undefined;
	} catch {
		// Not what was written here: it bears witness to nothing.
		return undefined;
	}
}

/** Notes what there is now. A browser without room for it goes without: the databases are what counts. */
export function keepWitness({ device: { membership }, register }: OpenApp, now: number): void {
	const { waiting, attention } = register.counts;
	const witness: Witness = {
		membership: membership.id,
		organisationName: membership.organisationName,
		name: membership.name,
		database: membership.database,
		unsent: waiting + attention,
		at: now
	};
	try {
		place()?.setItem(KEY, JSON.stringify(witness));
	} catch {
		return;
	}
}

/** Whoever has read that something is lost need not read it again. */
export function forgetWitness(): void {
	place()?.removeItem(KEY);
}
