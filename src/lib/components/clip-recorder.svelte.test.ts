import { afterEach, describe, expect, it } from 'vitest';
import { LONGEST_CLIP } from '#lib/protocol/clips.ts';
import { ClipRecorder, type Microphone } from './clip-recorder.svelte.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A tone in the place of a voice; everything behind it is the browser's own. */
function tone() {
	const context = new AudioContext();
	const out = context.createMediaStreamDestination();
	const oscillator = context.createOscillator();
	oscillator.connect(out);
	oscillator.start();
	return { stream: out.stream, close: () => context.close() };
}

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
	for (const one of opened.splice(0)) await one.close();
});

function microphone(more: Partial<Microphone> = {}): Microphone & { stream: MediaStream } {
	const source = tone();
	opened.push(source);
	return {
		stream: source.stream,
		open: async () => source.stream.clone(),
		record: (stream) => new MediaRecorder(stream, { audioBitsPerSecond: 24_000 }),
		...more
	};
}

describe('a recorder', () => {
	it('records sound that a phone can play, small enough to go on, and closes the microphone', async () => {
		const mic = microphone();
		const recorder = new ClipRecorder({ ...mic, open: async () => mic.stream });
		const recording = recorder.record();
		await expect.poll(() => recorder.recording).toBe(true);
		await wait(400);
		recorder.stop();
		const audio = (await recording)!;
		expect(recorder.recording).toBe(false);
		expect(mic.stream.getTracks().map((track) => track.readyState)).toEqual(['ended']);
		const bytes = Uint8Array.from(atob(audio), (char) => char.charCodeAt(0));
		expect([...bytes.slice(0, 4)]).toEqual([0x1a, 0x45, 0xdf, 0xa3]);
		expect(bytes.length).toBeLessThan(LONGEST_CLIP);
		const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(bytes.buffer);
		expect(sound.duration).toBeGreaterThan(0.1);
	});

	it('says what to do where the microphone is refused', async () => {
		const refused = new ClipRecorder(
			microphone({ open: () => Promise.reject(new DOMException('', 'NotAllowedError')) })
		);
		expect(await refused.record()).toBeUndefined();
		expect([refused.fault, refused.recording]).toEqual(['denied', false]);
	});

	it('takes nothing that is too long for the others, and the next try begins anew', async () => {
		const long = {
			state: 'recording',
			start: () => undefined,
			stop: () => undefined
		} as unknown as MediaRecorder;
		long.stop = () => {
			long.ondataavailable?.({ data: new Blob([new Uint8Array(LONGEST_CLIP + 1)]) } as BlobEvent);
			long.onstop?.(new Event('stop'));
		};
		let record: Microphone['record'] = () => long;
		const recorder = new ClipRecorder(microphone({ record: (stream) => record(stream) }));
		const first = recorder.record();
		await expect.poll(() => recorder.recording).toBe(true);
		recorder.stop();
		expect(await first).toBeUndefined();
		expect(recorder.fault).toBe('too_long');
		record = (stream) => new MediaRecorder(stream);
		void recorder.record();
		await expect.poll(() => recorder.fault).toBeUndefined();
		recorder.stop();
	});
});
