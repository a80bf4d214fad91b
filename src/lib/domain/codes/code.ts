import type { Locale } from '#lib/domain/languages.ts';

/** A text of the app in its three languages. */
export type Labels = Readonly<Record<Locale, string>>;

/** One answer of a code list. The id is language-neutral and final: it may be retired, never renamed or reused. */
export type Code = Labels & {
	readonly id: string;
	/** Never shown in small aggregates or from a client card (design.md §8). */
	readonly sensitive?: true;
	/** Kept so that old records can be read; no longer offered. */
	readonly retired?: true;
	/** Ids that took over the meaning of a retired code. */
	readonly replacedBy?: readonly string[];
	/** False: asked only where the organisation turned it on. */
	readonly askedByDefault?: false;
	/** Of a duration: from and to, in minutes; null is open. */
	readonly minutes?: readonly [number, number | null];
};

/** A closed question of the visit record: its label and its answers, in the order they are offered. */
export type CodeList = Labels & { readonly multiple?: true; readonly codes: readonly Code[] };

/** A first-level topic: itself a valid answer. `short` fits a tile (at most 26 characters). */
export type TopicGroup = Code & { readonly short: Labels; readonly codes: readonly Code[] };

/** Id, label in fi, sv and en, and what is special about the code. */
type Row = readonly [id: string, fi: string, sv: string, en: string, more?: Omit<Code, 'id' | Locale>];

/** Codes from rows: a table is easier to proofread in three languages than objects, and smaller on the phone. */
export const codes = (rows: readonly Row[]): readonly Code[] =>
	rows.map(([id, fi, sv, en, more]) => ({ id, fi, sv, en, ...more }));

/** A list from its label in fi, sv and en and its rows. */
export const list = (
	fi: string,
	sv: string,
	en: string,
	rows: readonly Row[],
	more?: { multiple: true }
): CodeList => ({ fi, sv, en, codes: codes(rows), ...more });
