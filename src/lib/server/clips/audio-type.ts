import type { clipTypes } from '#lib/protocol/clips.ts';

const startsWith = (bytes: Uint8Array, at: number, ...expected: number[]) =>
	expected.every((byte, index) => bytes[at + index] === byte);

/** What kind of recording this is, by its first bytes, whatever it was called; undefined: none that phones play. */
export function audioType(bytes: Uint8Array): (typeof clipTypes)[number] | undefined {
	if (startsWith(bytes, 0, 0x1a, 0x45, 0xdf, 0xa3)) return 'audio/webm';
	if (startsWith(bytes, 0, 0x4f, 0x67, 0x67, 0x53)) return 'audio/ogg';
	if (startsWith(bytes, 4, 0x66, 0x74, 0x79, 0x70)) return 'audio/mp4';
	return undefined;
}
