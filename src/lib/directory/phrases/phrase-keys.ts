import { writtenLanguages } from '#lib/directory/critical.ts';

/** What clients may know about what is written down: a heading and its sentences, in their order. */
export const noticePhrases = [
	'noticeTitle',
	'noticeWhat',
	'noticeNoName',
	'noticeBackground',
	'noticeAuthorities',
	'noticeErased',
	'noticeCard',
	'noticeAsk'
] as const;

/** What clients are told before they are asked for a client card, and the question. */
export const consentPhrases = ['cardWhat', 'cardPersonal', 'cardEnd', 'cardQuestion'] as const;

/** The fixed phrases that clients read and hear, in every language that content is made in. */
export const phraseKeys = [
	// Said across the desk in the first minute.
	'needInterpreter',
	'pleaseWait',
	'isUrgent',
	'mayRecord',
	'whatAbout',
	'showPaper',
	'whereLive',
	'emergency',
	'canRead',
	'haveAppointment',
	'callInterpreter',
	'comeAgain',
	'findOut',
	'comeWithMe',
	'mayShare',
	'welcome',
	// What a client answers by pointing.
	'yes',
	'no',
	'unsure',
	// Words of the client's view and of slips.
	'listen',
	'machine',
	'missing',
	'hours',
	'openNow',
	'openToday',
	'closed',
	'closedToday',
	'aroundClock',
	'holiday',
	'byAppointment',
	'phone',
	'address',
	'bring',
	'free',
	'price',
	'languages',
	'website',
	'appointment',
	'showThis',
	'scanCode',
	'savesContact',
	'nextAdvice',
	'holdPhone',
	'giveBack',
	'thanks',
	'moreBelow',
	...noticePhrases,
	...consentPhrases
] as const;

export type PhraseKey = (typeof phraseKeys)[number];

const critical: ReadonlySet<PhraseKey> = new Set([
	'isUrgent',
	'mayRecord',
	'emergency',
	'mayShare',
	...noticePhrases,
	...consentPhrases
] as const);

/** Emergency, rights and consent: a wrong word costs more than a missing one (design.md §8). */
export const isCriticalPhrase = (key: PhraseKey): boolean => critical.has(key);

/** Whether a phrase may be recorded: of critical ones only the written words are heard (design.md §8), because a recording cannot be read by who checks it. */
export const mayBeSpoken = (key: PhraseKey, language: string): boolean =>
	!isCriticalPhrase(key) || writtenLanguages.has(language);
