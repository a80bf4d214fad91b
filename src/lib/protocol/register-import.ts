import * as z from 'zod/mini';
import type { ListId } from '#lib/domain/code-lists.ts';
import { backgroundFields } from '#lib/domain/visit.ts';

/** Messages of `/office/register-import`: an old register comes in from a spreadsheet, is looked at as a dry run, and is taken in or taken back. */

/** What a column may mean. */
export const registerFields = [
	'date',
	'time',
	'place',
	'clientMunicipality',
	'channel',
	'language',
	'interpreting',
	'topics',
	'actions',
	'referrals',
	'duration',
	'clientStatus',
	...backgroundFields,
	/** How many contacts a row stands for. */
	'count',
	/** Tells who came again; it is not kept. */
	'clientCode',
	'note'
] as const;
export type RegisterField = (typeof registerFields)[number];

/** The list whose codes a field holds; places, people, languages and countries have none. */
export const fieldLists: Partial<Record<RegisterField, ListId>> = {
	channel: 'contact-channel',
	interpreting: 'interpreting',
	topics: 'topic',
	actions: 'action',
	referrals: 'partner-body',
	duration: 'duration',
	clientStatus: 'client-status',
	residenceLength: 'residence-length',
	residenceGround: 'residence-ground',
	ageBand: 'age-band',
	citizenshipGroup: 'citizenship-group',
	education: 'education',
	employment: 'employment-status'
};

/** Fields whose values are told apart and become codes. */
export const codedFields: readonly RegisterField[] = [
	...(Object.keys(fieldLists) as RegisterField[]),
	'place',
	'clientMunicipality',
	'language',
	'origin'
];

/** Fields that several columns may fill, and a cell with several values. */
export const manyFields: readonly RegisterField[] = ['topics', 'actions', 'referrals'];

/** What a value may become besides a code: nothing is noted, or its whole row is left out. No code can be called so. */
export const NO_VALUE = '!value';
export const NO_ROW = '!row';

export const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];

const count = z.int().check(z.minimum(0));

/** What the columns of a file mean, and its values that no list knows. */
export const registerMapping = z.strictObject({
	columns: z
		.array(
			z.strictObject({
				column: z.int().check(z.minimum(0), z.maximum(999)),
				field: z.enum(registerFields),
				/** Of dates that can be read in two ways. */
				order: z.optional(z.enum(dateOrders)),
				/** What values become that no list knows. */
				values: z
					.array(z.tuple([z.string().check(z.maxLength(120)), z.string().check(z.maxLength(64))]))
					.check(z.maxLength(1000))
			})
		)
		.check(z.maxLength(200)),
	/** Membership whose contacts they become. */
	owner: z.uuid(),
	/** Desk or municipality of rows that name none; '': without a place. */
	place: z.string().check(z.maxLength(64))
});
export type RegisterMapping = z.infer<typeof registerMapping>;

/**
 * - `open`: the file is on its way
 * - `reading`, `checking`, `applying`, `taking-back`: the server works
 * - `mapping`: somebody says what the columns mean
 * - `checked`: the dry run says what would be done
 * - `failed`: nothing was changed; `code` says why
 * - `dropped`: somebody gave it up, or a day has passed
 */
const registerStates = [
	'open',
	'reading',
	'mapping',
	'checking',
	'checked',
	'applying',
	'applied',
	'taking-back',
	'taken-back',
	'failed',
	'dropped'
] as const;
export type RegisterState = (typeof registerStates)[number];

export const registerRequest = z.strictObject({
	/** Name of the file. */
	file: z.string().check(z.minLength(1), z.maxLength(200))
});
export const registerMade = z.object({ id: z.uuid() });

export const registerStep = z.discriminatedUnion('do', [
	z.strictObject({ do: z.literal('read') }),
	z.strictObject({ do: z.literal('map'), mapping: registerMapping }),
	z.strictObject({ do: z.literal('check') }),
	z.strictObject({ do: z.literal('apply') }),
	z.strictObject({ do: z.literal('take-back') })
]);

const registerResult = z.object({
	/** Rows that say anything. */
	rows: count,
	/** Rows that come in, and the contacts that they stand for. */
	taken: count,
	contacts: count,
	/** Rows that are not taken in, without those that were before. */
	leftOut: count,
	/** Rows that came in with an earlier import. */
	before: count,
	/** How often each reason was reported. */
	codes: z.record(z.string(), count),
	/** Contacts that come in, by year. */
	years: z.record(z.string(), count),
	/** Something else came in between the check and this: nothing was done, and this is a new check. */
	changedSince: z.boolean()
});
export type RegisterResult = z.infer<typeof registerResult>;

const registerRun = z.object({
	id: z.uuid(),
	file: z.string(),
	state: z.enum(registerStates),
	/** Why it failed. */
	code: z.nullable(z.string()),
	/** More about that, in English: for instance the line. */
	detail: z.nullable(z.string()),
	result: z.nullable(registerResult),
	madeBy: z.string(),
	appliedBy: z.nullable(z.string()),
	takenBackBy: z.nullable(z.string()),
	/** ms since 1970. */
	madeAt: z.number(),
	changedAt: z.number()
});
export type RegisterRun = z.infer<typeof registerRun>;

const registerColumn = z.object({
	column: count,
	/** As spreadsheets call it. */
	letter: z.string(),
	name: z.string(),
	/** Cells that say anything. */
	filled: count,
	examples: z.array(z.string()),
	/** What it seems to mean, or what somebody has said; null: it is not brought in. */
	field: z.nullable(z.enum(registerFields)),
	/** What its values mean, where the field has a list; `code` null: no list knows it. */
	values: z.array(z.object({ value: z.string(), count, code: z.nullable(z.string()) })),
	/** It has more values than are told apart. */
	many: z.boolean(),
	/** Its cells as dates. */
	dates: z.object({
		readable: count,
		/** Can be read in two ways; an example of it. */
		ambiguous: count,
		example: z.string(),
		/** Slashes or hyphens where only one order gives a date. */
		dayFirst: count,
		monthFirst: count
	})
});
export type RegisterColumn = z.infer<typeof registerColumn>;

const registerLine = z.object({
	/** Row of the sheet, its name before it where there are several. */
	where: z.string(),
	outcome: z.enum(['skipped', 'mended']),
	code: z.string(),
	/** Name of the column. */
	field: z.optional(z.string()),
	found: z.optional(z.string())
});
export type RegisterLine = z.infer<typeof registerLine>;

export const registerRunAnswer = z.object({
	run: registerRun,
	/** From `mapping` on. */
	columns: z.array(registerColumn),
	mapping: z.nullable(registerMapping),
	/** Places, people and topics of the organisation that a value may mean. */
	desks: z.array(z.object({ id: z.string(), name: z.string() })),
	members: z.array(z.object({ id: z.uuid(), name: z.string() })),
	topics: z.array(z.object({ id: z.string(), fi: z.string(), sv: z.string(), en: z.string() })),
	/** Answers that the organisation has turned on: list, colon, code. */
	turnedOn: z.array(z.string()),
	/** The first lines, all or those of one reason. */
	lines: z.array(registerLine)
});

export const registerRunsAnswer = z.object({
	/** The one that is under way. */
	current: z.nullable(registerRun),
	/** Those that were brought in, the newest first. */
	past: z.array(registerRun),
	/** Bytes of a file at most. */
	most: z.number()
});
