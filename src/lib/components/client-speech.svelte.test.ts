import { describe, expect, it, vi } from 'vitest';
import { localVoice, Speech } from './client-speech.svelte.ts';

const voice = (lang: string, localService: boolean) =>
	({ lang, localService, name: lang }) as SpeechSynthesisVoice;

describe('localVoice', () => {
	it('takes only a voice of the phone itself, in the language', () => {
		const voices = [voice('ar-SA', false), voice('ar_EG', true), voice('fi-FI', true)];
		expect(localVoice(voices, 'ar')).toBe(voices[1]);
		expect(localVoice(voices, 'fi-simple')).toBe(voices[2]);
		expect(localVoice(voices, 'so')).toBeUndefined();
		expect(localVoice([voice('fil-PH', true)], 'fi')).toBeUndefined();
	});
});

describe('Speech', () => {
	it('reads sentence by sentence, and only what a local voice can read', async () => {
		const said: string[] = [];
		vi.spyOn(speechSynthesis, 'getVoices').mockReturnValue([voice('fi-FI', true)]);
		vi.spyOn(speechSynthesis, 'cancel').mockReturnValue();
		vi.spyOn(speechSynthesis, 'speak').mockImplementation((utterance) => {
			said.push(`${utterance.lang} ${utterance.text}`);
			queueMicrotask(() => utterance.dispatchEvent(new Event('end')));
		});
		vi.stubGlobal(
			'SpeechSynthesisUtterance',
			class extends EventTarget {
				text: string;
				lang = '';
				voice = null;
				constructor(text: string) {
					super();
					this.text = text;
				}
				set onend(listener: EventListener) {
					this.addEventListener('end', listener);
				}
				set onerror(listener: EventListener) {
					this.addEventListener('error', listener);
				}
			}
		);
		const speech = new Speech();
		await speech.speak([
			{ text: 'Soita heti. Kerro osoite.', language: 'fi' },
			{ text: 'اتصل', language: 'ar' }
		]);
		expect(said).toEqual(['fi Soita heti.', 'fi Kerro osoite.']);
		expect(speech.speaking).toBe(false);
		vi.unstubAllGlobals();
		vi.restoreAllMocks();
	});
});
