/** Plays a recording, one at a time. */
export class ClipPlayer {
	playing = $state(false);
	#context: AudioContext | undefined;
	#source: AudioBufferSourceNode | undefined;

	/** @param audio the recording in base64 */
	async play(audio: string): Promise<void> {
		this.stop();
		const context = (this.#context ??= new AudioContext());
		const bytes = Uint8Array.from(atob(audio), (char) => char.charCodeAt(0));
		await context.resume();
		const source = context.createBufferSource();
		source.buffer = await context.decodeAudioData(bytes.buffer);
		source.connect(context.destination);
		source.onended = () => {
			if (this.#source === source) this.playing = false;
		};
		this.#source = source;
		this.playing = true;
		source.start();
	}

	stop(): void {
		this.#source?.stop();
		this.#source = undefined;
		this.playing = false;
	}

	/** Gives the loudspeaker back. */
	close(): void {
		this.stop();
		void this.#context?.close();
		this.#context = undefined;
	}
}
