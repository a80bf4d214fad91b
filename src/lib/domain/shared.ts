import * as z from 'zod/mini';
import { addDays } from './dates.ts';
import type { JsonValue } from './json.ts';
import { readLanguageHelp, type LanguageHelp } from './language-help.ts';
import { languageTag } from './language-texts.ts';
import type { Roster } from './roster.ts';
import { deskFields, type Desk, type Reception } from './tour.ts';

/**
 * What one organisation lets another one see (Finnish: jakaminen; docs/screens/sharing.md): where it serves in which language. This module alone says
 * what that is. It builds each line anew from named fields, so that a field which somebody adds to desks, receptions or language help is not shared
 * before it is named here.
 */

export const shareKinds = ['receptions', 'help'] as const;
export type ShareKind = (typeof shareKinds)[number];

/** So many lines go to another organisation at most: their phones keep and read all of them. */
export const MOST_SHARED = 1000;

const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const localTime = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/));
const days = z.array(date);

/** Place and times of a reception, with its desk in it. */
const receptionLine = z.object({
	kind: z.literal('reception'),
	desk: z.pick(deskFields, {
		name: true,
		municipality: true,
		placeType: true,
		room: true,
		address: true,
		closedFrom: true,
		invented: true
	}),
	start: localTime,
	end: localTime,
	rule: z.nullable(z.string()),
	languages: z.array(languageTag).check(z.minLength(1)),
	/** Civil dates that are left out. */
	except: days,
	/** Civil dates on which it is cancelled; why is not said. */
	cancelled: days,
	/** Civil dates on which others hold it; who is not said. */
	held: days
});

/** A record of an organisation, before anything is taken from it: its id and the values that stand. */
export interface Source {
	id: string;
	values: Readonly<Record<string, unknown>>;
}

/** The records that are shared from. */
export interface ShareSources {
	desks: readonly Source[];
	receptions: readonly Source[];
	help: readonly Source[];
}

/** One line as another organisation gets it. */
export interface SharedLine {
	/** Of the record that it is made from. */
	id: string;
	fields: Record<string, JsonValue>;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Dates of the fields `<prefix>_<date>` that say something, from a day on, in their order. */
function dated(
	values: Source['values'],
	prefix: string,
	from: string,
	says: (value: unknown) => boolean
): string[] {
	return Object.keys(values)
		.filter((field) => field.startsWith(`${prefix}_`) && says(values[field]))
		.map((field) => field.slice(prefix.length + 1))
		.filter((day) => date.safeParse(day).success && day >= from)
		.sort();
}

/** Through JSON, so that fields which are absent are not there at all. */
const plain = (fields: object): Record<string, JsonValue> =>
	JSON.parse(JSON.stringify(fields)) as Record<string, JsonValue>;

function lineOfReception(
	{ id, values }: Source,
	desks: ReadonlyMap<string, Source>,
	today: string
): SharedLine | undefined {
	const desk = desks.get(String(values['desk']));
	// One that began yesterday may still be on.
	const yesterday = addDays(today, -1);
	const line = receptionLine.safeParse({
		kind: 'reception',
		desk: desk?.values,
		start: values['start'],
		end: values['end'],
		rule: values['rule'],
		languages: listOf(values['languages']).filter((one) => languageTag.safeParse(one).success),
		except: listOf(values['except']).filter((day) => String(day) >= yesterday),
		cancelled: dated(values, 'cancelled', yesterday, Boolean),
		held: dated(values, 'held', yesterday, Array.isArray)
	});
	if (!line.success) return undefined;
	const { rule, end, desk: at } = line.data;
	const isOver = (rule === null && end.slice(0, 10) < today) || (at.closedFrom && at.closedFrom <= today);
	return isOver ? undefined : { id, fields: plain(line.data) };
}

function lineOfHelp({ id, values }: Source, today: string): SharedLine | undefined {
	const help = readLanguageHelp(id, values);
	if (!help || help.bought || (help.validUntil && help.validUntil < today)) return undefined;
	const { languages, ways, provider, municipality, place, times, phone, booking, validUntil, invented } =
		help;
	const shown = {
		languages,
		ways,
		provider,
		municipality,
		place,
		times,
		phone,
		booking,
		validUntil,
		invented
	};
	return { id, fields: plain({ kind: 'help', ...shown }) };
}

/** Every line that an organisation shares, whatever their number, in one order. `today`: civil date; what is over by then is not shared. */
export function sharedLines(
	kinds: readonly ShareKind[],
	{ desks, receptions, help }: ShareSources,
	today: string
): SharedLine[] {
	const byId = new Map(desks.map((desk) => [desk.id, desk]));
	const lines = [
		...(kinds.includes('receptions') ? receptions.map((one) => lineOfReception(one, byId, today)) : []),
		...(kinds.includes('help') ? help.map((one) => lineOfHelp(one, today)) : [])
	];
	return lines.flatMap((line) => line ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Who shares, and since when: the first of the records that a receiver has of a share. */
const giver = z.object({
	kind: z.literal('giver'),
	name: z.string(),
	kinds: z.array(z.string()),
	/** ms since 1970. */
	since: z.number()
});

/** What one other organisation shares, as a roster of its own. */
export interface SharedRoster {
	/** Id of the share. */
	share: string;
	/** Name of the organisation that shares. */
	name: string;
	since: number;
	roster: Roster;
}

/** Lines as a roster. What another version wrote in a form unknown here is left out. */
export function rosterOf(lines: readonly Source[]): Roster {
	const desks: Desk[] = [];
	const receptions: Reception[] = [];
	const help: LanguageHelp[] = [];
	for (const { id, values } of lines) {
		const reception = receptionLine.safeParse(values);
		if (reception.success) {
			const { desk, cancelled, held, start, end, rule, languages, except } = reception.data;
			desks.push({ ...desk, id });
			receptions.push({
				id,
				desk: id,
				start,
				end,
				rule,
				languages,
				except,
				...Object.fromEntries(cancelled.map((day) => [`cancelled_${day}`, true])),
				...Object.fromEntries(held.map((day) => [`held_${day}`, []]))
			});
		} else if (values['kind'] === 'help') {
			const one = readLanguageHelp(id, values);
			if (one) help.push(one);
		}
	}
	return { desks, receptions, help };
}

/** The records of a receiver as rosters, by the name of who shares. A line whose giver is not here is left out. */
export function sharedRosters(records: readonly Source[]): SharedRoster[] {
	const lines = Map.groupBy(records, ({ values }) => values['share']);
	return records
		.flatMap(({ id, values }) => {
			const read = giver.safeParse(values);
			if (!read.success) return [];
			const { name, since } = read.data;
			return [{ share: id, name, since, roster: rosterOf(lines.get(id) ?? []) }];
		})
		.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.share < b.share ? -1 : 1));
}

/** The record that says who shares. */
export const giverFields = (
	name: string,
	kinds: readonly ShareKind[],
	since: number
): Record<string, JsonValue> => ({ kind: 'giver', name, kinds: [...kinds], since });
