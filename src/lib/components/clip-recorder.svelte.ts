import { LONGEST_CLIP } from '#lib/protocol/clips.ts';

/** Enough for speech, bit/s; a phrase is some 10 KB then (ux.md §3.3). */
const BITRATE = 24_000;
/** Longer than any phrase, ms. */
const LONGEST = 30_000;
const FORMATS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];

/** Why a recording came to nothing. */
export type RecordingFault = 'denied' | 'too_long' | 'failed';

export interface Microphone {
	open: () => Promise<MediaStream>;
	record: (stream: MediaStream) => MediaRecorder;
}

const browserMicrophone: Microphone = {
	open: () => navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } }),
	record: (stream) => {
		const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
		return new MediaRecorder(stream, { audioBitsPerSecond: BITRATE, ...(mimeType ? { mimeType } : {}) });
	}
};

async function toBase64(blob: Blob): Promise<string> {
	const bytes = new Uint8Array(await blob.arrayBuffer());
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
}

/** Records one phrase from this phone's microphone. The microphone is open only while it records. */
export class ClipRecorder {
	recording = $state(false);
	fault = $state<RecordingFault>();
	readonly #microphone: Microphone;
	#recorder: MediaRecorder | undefined;

	constructor(microphone: Microphone = browserMicrophone) {
		this.#microphone = microphone;
	}

	/** Records until `stop`; answers with the recording in base64, or undefined where there is none, with `fault` set. */
	async record(): Promise<string | undefined> {
		this.fault = undefined;
		let stream: MediaStream | undefined;
		try {
			stream = await this.#microphone.open();
			const blob = await this.#take(stream);
			if (blob.size <= LONGEST_CLIP) return await toBase64(blob);
			this.fault = 'too_long';
		} catch (error) {
			const denied =
				error instanceof DOMException && ['NotAllowedError', 'NotFoundError'].includes(error.name);
			this.fault = denied ? 'denied' : 'failed';
			if (!denied) reportError(error);
		} finally {
			for (const track of stream?.getTracks() ?? []) track.stop();
			this.recording = false;
			this.#recorder = undefined;
		}
		return undefined;
	}

	stop(): void {
		if (this.#recorder?.state === 'recording') this.#recorder.stop();
	}

	#take(stream: MediaStream): Promise<Blob> {
		return new Promise((resolve, reject) => {
			const recorder = (this.#recorder = this.#microphone.record(stream));
			const parts: Blob[] = [];
			const latest = setTimeout(() => this.stop(), LONGEST);
			recorder.ondataavailable = ({ data }) => parts.push(data);
			recorder.onerror = () => reject(new Error('The microphone stopped.'));
			recorder.onstop = () => {
				clearTimeout(latest);
				resolve(new Blob(parts));
			};
			recorder.start();
			this.recording = true;
		});
	}
}
