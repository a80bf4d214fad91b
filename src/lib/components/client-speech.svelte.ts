import { createSubscriber } from 'svelte/reactivity';
import { primaryLanguage } from '#lib/directory/fallback.ts';
import { sentences } from '#lib/directory/sentences.ts';

/** Some browsers answer with no voices at first and never say that they have some now, ms. */
const POLL = 250;
const POLLS = 8;

/** A text and the language it is in. */
export interface Spoken {
	text: string;
	language: string;
}

const engine = (): SpeechSynthesis | undefined =>
	typeof speechSynthesis === 'undefined' ? undefined : speechSynthesis;

/**
 * The voice for a language that speaks on the phone itself; a remote one would send the text to a third party and fall
 * silent without a network (ux.md §3.3).
 */
export function localVoice(
	voices: readonly SpeechSynthesisVoice[],
	language: string
): SpeechSynthesisVoice | undefined {
	const primary = primaryLanguage(language);
	return voices.find(
		(voice) => voice.localService && primaryLanguage(voice.lang.replace('_', '-')) === primary
	);
}

/** Reads texts aloud, one sentence after the other. */
export class Speech {
	speaking = $state(false);
	#turn = 0;

	#voicesChange = createSubscriber((update) => {
		const speech = engine();
		speech?.addEventListener?.('voiceschanged', update);
		let polls = 0;
		const timer = setInterval(() => {
			polls += 1;
			if (polls >= POLLS || (speech?.getVoices().length ?? 0) > 0) clearInterval(timer);
			update();
		}, POLL);
		return () => {
			clearInterval(timer);
			speech?.removeEventListener?.('voiceschanged', update);
		};
	});

	/** Undefined where the phone cannot read this language by itself: then there is no button. */
	voice(language: string): SpeechSynthesisVoice | undefined {
		this.#voicesChange();
		return localVoice(engine()?.getVoices() ?? [], language);
	}

	async speak(texts: readonly Spoken[]): Promise<void> {
		const speech = engine();
		if (!speech) return;
		speech.cancel();
		const turn = (this.#turn += 1);
		this.speaking = true;
		for (const { text, language } of texts) {
			const voice = localVoice(speech.getVoices(), language);
			for (const sentence of voice ? sentences(text, language) : []) {
				if (this.#turn !== turn) return;
				await new Promise<void>((resolve) => {
					const utterance = new SpeechSynthesisUtterance(sentence);
					utterance.lang = language;
					utterance.voice = voice ?? null;
					utterance.onend = utterance.onerror = () => resolve();
					speech.speak(utterance);
				});
			}
		}
		if (this.#turn === turn) this.speaking = false;
	}

	stop(): void {
		this.#turn += 1;
		this.speaking = false;
		engine()?.cancel();
	}
}
