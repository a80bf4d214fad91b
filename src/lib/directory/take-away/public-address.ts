/**
 * Addresses of public pages: `/s/<organisation>/<service>/<language>`. The ids are UUIDs in base64url, 22 characters instead of 36, because every
 * character makes the code finer. The organisation is part of it: ids of shipped entries are the same everywhere.
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHORT = /^[A-Za-z0-9_-]{22}$/;

export function shortId(uuid: string): string {
	const bytes = uuid.replaceAll('-', '').match(/../g) ?? [];
	return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replace(/(?<!=)=+$/, '');
}

/** The id again; undefined for what `shortId` cannot have made. */
export function readShortId(short: string): string | undefined {
	if (!SHORT.test(short)) return undefined;
	const bytes = atob(short.replaceAll('-', '+').replaceAll('_', '/'));
	const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
	const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	return UUID.test(uuid) && shortId(uuid) === short ? uuid : undefined;
}

/** Path of the page in a language; without one, of the address that chooses it by what the browser asks for. */
export function publicPath(organisation: string, service: string, language?: string): string {
	const page = `/s/${shortId(organisation)}/${shortId(service)}`;
	return language === undefined ? page : `${page}/${language}`;
}
