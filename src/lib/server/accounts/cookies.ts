import type { Cookies } from '@sveltejs/kit';

/** Header by which a client names the membership whose cookie it means: one device may hold several (design.md §5.7). */
const MEMBERSHIP_HEADER = 'reppu-membership';
const MEMBERSHIP_ID = /^[0-9a-f-]{36}$/;
/** As long as a session may live, s. */
const LIFE = 30 * 86_400;

const nameOf = (membership: string, secure: boolean) => `${secure ? '__Host-' : ''}reppu-${membership}`;

/** Whether the browser has a session of some membership, valid or not. */
export function hasSession(cookies: Cookies): boolean {
	return cookies.getAll().some(({ name }) => /^(__Host-)?reppu-/.test(name));
}

/** The session token that the request carries for the membership it names. */
export function readToken(request: Request, cookies: Cookies, url: URL): string | undefined {
	const membership = request.headers.get(MEMBERSHIP_HEADER) ?? '';
	if (!MEMBERSHIP_ID.test(membership)) return undefined;
	return tokenOf(cookies, url, membership);
}

/** The session token that the browser has for a membership. */
export function tokenOf(cookies: Cookies, url: URL, membership: string): string | undefined {
	return cookies.get(nameOf(membership, url.protocol === 'https:'));
}

/** HttpOnly, SameSite=Strict, and Secure wherever the address is https; over plain http the app is for trying out. */
export function writeToken(cookies: Cookies, url: URL, membership: string, token: string): void {
	const secure = url.protocol === 'https:';
	cookies.set(nameOf(membership, secure), token, {
		path: '/',
		httpOnly: true,
		sameSite: 'strict',
		secure,
		maxAge: LIFE
	});
}

export function clearToken(cookies: Cookies, url: URL, membership: string): void {
	const secure = url.protocol === 'https:';
	cookies.delete(nameOf(membership, secure), { path: '/', httpOnly: true, sameSite: 'strict', secure });
}

const attemptName = (secure: boolean) => `${secure ? '__Host-' : ''}reppu_directory`;

/** What the browser keeps while somebody is at the municipality's directory; undefined: it began nothing. */
export function readAttempt(cookies: Cookies, url: URL): string | undefined {
	return cookies.get(attemptName(url.protocol === 'https:'));
}

/** Lax, because the directory sends the browser back from another site. It opens no session. */
export function writeAttempt(cookies: Cookies, url: URL, secret: string, seconds: number): void {
	const secure = url.protocol === 'https:';
	cookies.set(attemptName(secure), secret, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure,
		maxAge: seconds
	});
}

export function clearAttempt(cookies: Cookies, url: URL): void {
	const secure = url.protocol === 'https:';
	cookies.delete(attemptName(secure), { path: '/', httpOnly: true, sameSite: 'lax', secure });
}
