/**
 * The id of a record that several devices may make without knowing of each other, and that must be one: the same parts give the same id. A UUIDv8
 * (RFC 9562) of the SHA-256 of the parts.
 */
export async function idFrom(...parts: readonly string[]): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(parts)));
	const bytes = new Uint8Array(digest).slice(0, 16);
	bytes[6] = (bytes[6]! & 0x0f) | 0x80;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
