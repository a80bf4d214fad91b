import type { PhraseKey } from '#lib/directory/phrases/phrase-keys.ts';
import { newId } from '#lib/domain/ids.ts';
import { REMOVED } from '#lib/domain/record.ts';
import {
	PHRASE_CHECK,
	PHRASE_CHECK_SCHEMA,
	phraseCheck,
	type PhraseCheck
} from '#lib/domain/phrase-check.ts';
import type { Device } from './device.ts';
import { standing } from './records.ts';
import type { Stamp } from './stamp.ts';
import { writeRecord } from './write-record.ts';

/** Phrases that a person has approved in a language, by their keys; where two were, the later one. */
export type PhraseChecks = Readonly<Partial<Record<PhraseKey, PhraseCheck & { id: string }>>>;

/** Every approval that stands, in the order in which they were given. */
async function standingChecks({ db }: Pick<Device, 'db'>): Promise<(PhraseCheck & { id: string })[]> {
	const rows = await db.records.where('collection').equals(PHRASE_CHECK).sortBy('id');
	return rows.flatMap((row) => {
		const { data } = phraseCheck.safeParse(standing(row));
		return data ? [{ ...data, id: row.id }] : [];
	});
}

export async function phraseChecks(device: Pick<Device, 'db'>, language: string): Promise<PhraseChecks> {
	const checks = (await standingChecks(device)).filter((check) => check.language === language);
	// The later one of a key stays.
	return Object.fromEntries(checks.map((check) => [check.phrase, check]));
}

/** Those of these languages (BCP 47) in which somebody has approved each of these phrases. */
export async function languagesApproved(
	device: Pick<Device, 'db'>,
	languages: readonly string[],
	keys: readonly PhraseKey[]
): Promise<string[]> {
	const checks = await standingChecks(device);
	return languages.filter((one) =>
		keys.every((key) => checks.some(({ language, phrase }) => language === one && phrase === key))
	);
}

/** Approves a phrase. Returns the id of the check, to take it back by. */
export async function checkPhrase(
	device: Device,
	stamp: Stamp,
	check: PhraseCheck,
	now = Date.now()
): Promise<string> {
	const recordId = newId(now);
	const target = { collection: PHRASE_CHECK, recordId, schema: PHRASE_CHECK_SCHEMA };
	await writeRecord(device, stamp, target, { ...check }, { now });
	return recordId;
}

export async function uncheckPhrase(device: Device, stamp: Stamp, id: string): Promise<void> {
	const target = { collection: PHRASE_CHECK, recordId: id, schema: PHRASE_CHECK_SCHEMA };
	await writeRecord(device, stamp, target, { [REMOVED]: true });
}
