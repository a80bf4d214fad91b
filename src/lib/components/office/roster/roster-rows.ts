import { usualCode } from '#lib/domain/codes/language-names.ts';
import type { LanguageHelp } from '#lib/domain/language-help.ts';
import { whoServes, type Offer, type Roster } from '#lib/domain/roster.ts';

/** A language of the roster with everybody who serves in it. */
export interface RosterRow {
	language: string;
	offers: Offer[];
}

/** The roster by language, in the order of `compare`, and what of language help is over. Languages whose receptions all lie behind are not there. */
export function rosterRows(
	roster: Roster,
	now: number,
	compare: (a: string, b: string) => number
): { rows: RosterRow[]; over: LanguageHelp[] } {
	const { receptions, help } = roster;
	const languages = new Set([...receptions, ...help].flatMap((one) => one.languages.map(usualCode)));
	const rows = [...languages]
		.sort(compare)
		.map((language) => ({ language, offers: whoServes(language, roster, now).own }))
		.filter(({ offers }) => offers.length > 0);
	const there = new Set(
		rows.flatMap(({ offers }) => offers.flatMap((one) => ('help' in one ? one.help.id : [])))
	);
	return { rows, over: help.filter(({ id }) => !there.has(id)) };
}
