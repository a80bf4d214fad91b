import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadPhrases, phrase } from '#lib/directory/phrases/phrases.ts';
import { isUncheckedMachine } from '#lib/directory/fallback.ts';
import { pendingNotes } from './directory-pending.ts';
import { checkPhrase, phraseChecks, uncheckPhrase } from './phrase-checks.ts';
import { readStamp, type Stamp } from './stamp.ts';
import { testDevice, type TestDevice } from './test-device.ts';

let device: TestDevice;
let stamp: Stamp;

beforeEach(async () => {
	device = await testDevice();
	stamp = await readStamp(device);
});
afterEach(() => device.remove());

const check = { language: 'ar', phrase: 'emergency', text: 'اتصل بالرقم 112.', on: '2026-11-26', by: 'Aino' };
const shown = async () => {
	const book = await loadPhrases('ar');
	return book && phrase('emergency', { ...book, checked: await phraseChecks(device, 'ar') });
};

it('a critical phrase reaches clients once somebody has approved it, in the approved words, and no longer when that is taken back', async () => {
	expect(await shown()).toBeUndefined();
	const id = await checkPhrase(device, stamp, check);
	const words = await shown();
	expect(words).toMatchObject({ text: check.text, language: 'ar', checked: '2026-11-26' });
	expect(words && isUncheckedMachine(words)).toBe(false);
	expect(await pendingNotes(device.db)).toMatchObject([{ id, collection: 'phrase-check' }]);
	await uncheckPhrase(device, stamp, id);
	expect(await shown()).toBeUndefined();
});

it('the later of two approvals stands, and other languages know nothing of it', async () => {
	await checkPhrase(device, stamp, { ...check, text: 'later' }, 2_000_000_000_000);
	await checkPhrase(device, stamp, { ...check, text: 'earlier' }, 1_900_000_000_000);
	expect((await shown())?.text).toBe('later');
	expect(await phraseChecks(device, 'so')).toEqual({});
});
