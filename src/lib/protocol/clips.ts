import * as z from 'zod/mini';
import { languageTag } from '#lib/domain/language-texts.ts';

/** Phrases and cards that somebody has spoken: how they go between phone and server. */

/** One recording at most, bytes: half a minute of Opus at 24 kbit/s. */
export const LONGEST_CLIP = 100 * 1024;

/** What browsers record: Chrome and Firefox WebM or Ogg, Safari MP4. */
export const clipTypes = ['audio/webm', 'audio/ogg', 'audio/mp4'] as const;

/** Key of a phrase, or of a card (directory/spoken-card.ts). */
const phrase = z.string().check(z.regex(/^([a-zA-Z]{1,40}|card\.[0-9a-f-]{36}\.[0-9a-f]{16})$/));
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Base64 of the recording. */
const audio = z
	.string()
	.check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/), z.maxLength(Math.ceil(LONGEST_CLIP / 3) * 4));

/** The type is not asked for: the server sees it by the bytes. */
export const clipRequest = z.strictObject({ phrase, language: languageTag, audio });

/** SHA-256 of the recording as it came, hex. */
export const clipReceipt = z.object({ hash });

/** The newest recording of each phrase, or card, and language. Which of the types it is, its bytes say. */
export const clipsAnswer = z.object({
	clips: z.array(z.object({ hash, phrase, language: languageTag }))
});

export const clipAnswer = z.object({ audio });
