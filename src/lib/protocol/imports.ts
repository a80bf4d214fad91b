import * as z from 'zod/mini';
import { languageTag } from '#lib/domain/language-texts.ts';

/** Messages of `/office/import`: a directory comes in from files or an address, is looked at as a dry run, and is taken in. */

export const importFormats = ['hsds-json', 'hsds-csv', 'ptv-11', 'ptv-12', 'sheet'] as const;
export type ImportFormat = (typeof importFormats)[number];

/**
 * - `open`: files are on their way
 * - `checking`, `applying`: the server works
 * - `checked`: the dry run says what would be done
 * - `failed`: nothing was changed; `code` says why
 * - `dropped`: somebody gave it up, or a day has passed
 */
const importStates = ['open', 'checking', 'checked', 'applying', 'applied', 'failed', 'dropped'] as const;
export type ImportState = (typeof importStates)[number];

export const importRequest = z.strictObject({
	/** Name of the source: the same name brings the same entries up to date. */
	source: z.string().check(z.regex(/^\S(.*\S)?$/), z.maxLength(200)),
	language: languageTag,
	/** Absent: found out from the files. */
	format: z.optional(z.enum(importFormats)),
	/** What the files do not name stays. */
	partial: z.boolean(),
	/** Fetched by the server, from a host that its settings allow; absent: files follow. */
	address: z.optional(z.string().check(z.regex(/^https:\/\/[^\s<>"]+$/), z.maxLength(1000)))
});

export const importMade = z.object({ id: z.uuid() });

export const importStep = z.discriminatedUnion('do', [
	z.strictObject({ do: z.literal('check') }),
	z.strictObject({
		do: z.literal('apply'),
		/** Somebody has typed that more than a fifth of the source's entries may go. */
		mayShrink: z.boolean()
	})
]);

const importResult = z.object({
	/** Entries that were understood. */
	read: z.int(),
	/** Records that were not taken in. */
	skipped: z.int(),
	new: z.int(),
	changed: z.int(),
	unchanged: z.int(),
	removed: z.int(),
	/** Fields that stay as somebody has edited them here. */
	kept: z.int(),
	/** Entries that the source had the last time. */
	before: z.int(),
	/** How often each reason was reported. */
	codes: z.record(z.string(), z.int()),
	/** More than a fifth of the source's entries would go. */
	shrinks: z.boolean(),
	/** The directory changed between the dry run and its taking in: this is a new dry run. */
	changedSince: z.boolean()
});
export type ImportResult = z.infer<typeof importResult>;

const importLine = z.object({
	where: z.string(),
	id: z.optional(z.string()),
	outcome: z.enum(['skipped', 'mended']),
	code: z.string(),
	field: z.optional(z.string()),
	found: z.optional(z.string())
});
export type ImportLine = z.infer<typeof importLine>;

const importRun = z.object({
	id: z.uuid(),
	source: z.string(),
	format: z.nullable(z.string()),
	language: z.string(),
	partial: z.boolean(),
	address: z.nullable(z.string()),
	files: z.array(z.object({ name: z.string(), bytes: z.number() })),
	state: z.enum(importStates),
	/** Why it failed. */
	code: z.nullable(z.string()),
	/** More about that, in English: for instance the line. */
	detail: z.nullable(z.string()),
	result: z.nullable(importResult),
	/** Names; null: the command line. */
	madeBy: z.nullable(z.string()),
	appliedBy: z.nullable(z.string()),
	/** ms since 1970. */
	madeAt: z.number(),
	changedAt: z.number()
});
export type ImportRun = z.infer<typeof importRun>;

export const importRunAnswer = z.object({
	run: importRun,
	/** The first lines, all or those of one reason. */
	lines: z.array(importLine)
});

export const importsAnswer = z.object({
	/** The one that is under way. */
	current: z.nullable(importRun),
	/** Those that were brought in, the newest first. */
	past: z.array(importRun),
	/** Names of sources that were used before. */
	sources: z.array(z.string()),
	/** Hosts that a directory may be fetched from. */
	hosts: z.array(z.string()),
	/** Bytes of one import at most. */
	most: z.number()
});
