import { hash } from 'node:crypto';
import type * as z from 'zod/mini';
import { mayBeSpoken, phraseKeys } from '#lib/directory/phrases/phrase-keys.ts';
import { loadPhrases } from '#lib/directory/phrases/phrases.ts';
import { cardKey, serviceOfKey } from '#lib/directory/spoken-card.ts';
import { clockTime } from '#lib/domain/clock.ts';
import { PHRASE_CHECK, phraseCheck } from '#lib/domain/phrase-check.ts';
import { REMOVED, removal, shownValues } from '#lib/domain/record.ts';
import { LONGEST_CLIP, type clipAnswer, type clipRequest, type clipsAnswer } from '#lib/protocol/clips.ts';
import type { Session } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { publicService } from '#lib/server/directory/public-service.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { recordPages } from '#lib/server/storage/record-pages.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { audioType } from './audio-type.ts';

/** Whether it may be spoken: a phrase that there is, or a card by the words that it has now. */
async function mayBeRecorded(
	store: Store,
	organisation: string,
	name: string,
	language: string
): Promise<boolean> {
	const id = serviceOfKey(name);
	if (id !== undefined) {
		const found = await publicService(store, organisation, id);
		return found !== undefined && (await cardKey(found.service, language)) === name;
	}
	const key = phraseKeys.find((one) => one === name);
	return key !== undefined && mayBeSpoken(key, language);
}

/** Keeps a recording; the same one again changes nothing but its date, so that it counts as the newest. */
export async function keepClip(
	store: Store,
	{ organisation, membership }: Session,
	{ phrase, language, audio }: z.infer<typeof clipRequest>,
	now: number
): Promise<string> {
	const bytes = Buffer.from(audio, 'base64');
	if (bytes.length > LONGEST_CLIP) throw new ApiError(413, 'too_large');
	const type = audioType(bytes);
	if (!type || !(await mayBeRecorded(store, organisation, phrase, language)))
		throw new ApiError(422, 'invalid_value');
	const sha256 = hash('sha256', bytes);
	const row = { type, audio, membership_id: membership, recorded_at: now, removed_at: null };
	await store.write((trx) =>
		trx
			.insertInto('clips')
			.values({ organisation_id: organisation, phrase, language, hash: sha256, ...row })
			.onConflict((conflict) =>
				conflict.columns(['organisation_id', 'phrase', 'language', 'hash']).doUpdateSet(row)
			)
			.execute()
	);
	return sha256;
}

/**
 * By phrase and language, since when a phrase has the words that it has now, ms; only of those whose words people have changed. What was
 * spoken before may say something else.
 */
async function wordsSince(store: Store, organisation: string): Promise<Map<string, number>> {
	const since = new Map<string, number>();
	/** The words that hold, by phrase and language, where somebody has approved some. */
	const holds = new Map<string, string>();
	for await (const page of recordPages(store, organisation, PHRASE_CHECK))
		for (const { state } of page) {
			const check = phraseCheck.safeParse(shownValues(state)).data;
			if (!check) continue;
			const key = phraseKeys.find((one) => one === check.phrase);
			const shipped = (key && (await loadPhrases(check.language))?.texts[key]) ?? '';
			const name = `${check.phrase} ${check.language}`;
			const changed = (words: string, field: string) => {
				holds.set(name, words);
				since.set(name, clockTime(state.heads[field]?.at(-1)?.clock ?? ''));
			};
			if (check.text !== (holds.get(name) ?? shipped)) changed(check.text, 'text');
			// Taken back, the words that were shipped hold again.
			if (removal(state) === 'yes' && check.text !== shipped) changed(shipped, REMOVED);
		}
	return since;
}

/**
 * The newest recording of each phrase and language, unless other words were approved since.
 *
 * @param cards those of cards, too: phones of before do not know them
 */
export async function listClips(
	store: Store,
	organisation: string,
	cards: boolean
): Promise<z.infer<typeof clipsAnswer>> {
	const rows = await store.db
		.selectFrom('clips')
		.select(['phrase', 'language', 'hash', 'recorded_at'])
		.where('organisation_id', '=', organisation)
		.where('removed_at', 'is', null)
		.orderBy('recorded_at')
		.orderBy('hash')
		.execute();
	const since = await wordsSince(store, organisation);
	const asked = rows.filter(
		({ phrase, language, recorded_at: at }) =>
			(cards || serviceOfKey(phrase) === undefined) && at >= (since.get(`${phrase} ${language}`) ?? 0)
	);
	const newest = new Map(
		asked.map(({ phrase, language, hash: sha256 }) => [
			`${phrase} ${language}`,
			{ phrase, language, hash: sha256 }
		])
	);
	return { clips: [...newest.values()] };
}

export async function readClip(
	store: Store,
	organisation: string,
	sha256: string
): Promise<z.infer<typeof clipAnswer>> {
	const row = await store.db
		.selectFrom('clips')
		.select('audio')
		.where('organisation_id', '=', organisation)
		.where('hash', '=', sha256)
		.where('removed_at', 'is', null)
		.executeTakeFirst();
	if (!row) throw new ApiError(404, 'not_found');
	return row;
}

/**
 * Takes a recording away: its author's or, for a coordinator, anybody's. Those that it had replaced go with it, or one of them would be
 * heard again. What they said is not kept.
 */
export async function removeClip(store: Store, session: Session, sha256: string, now: number): Promise<void> {
	const { organisation } = session;
	await store.write(async (trx) => {
		const rows = await trx
			.selectFrom('clips')
			.select(['phrase', 'language', 'membership_id'])
			.where('organisation_id', '=', organisation)
			.where('hash', '=', sha256)
			.where('removed_at', 'is', null)
			.execute();
		if (rows.length === 0) throw new ApiError(404, 'not_found');
		for (const row of rows) requireRight(session, 'clip:remove', row.membership_id);
		for (const { phrase, language } of rows)
			await trx
				.updateTable('clips')
				.set({ removed_at: now, audio: '' })
				.where('organisation_id', '=', organisation)
				.where('phrase', '=', phrase)
				.where('language', '=', language)
				.execute();
	});
}
