import * as oidc from 'openid-client';
import * as z from 'zod';
import type { IssuerSettings } from '#lib/server/settings.ts';
import type { attemptOf } from './attempt.ts';

/** For how long what the directory says of itself is believed, ms. */
const FRESH = 3_600_000;
/** How long it is waited for, s. */
const PATIENCE = 10;

/** The directory cannot be asked now, or answers what no such directory answers. */
export class IssuerSilent extends Error {}
/** It did not let them in, or what it says does not belong to what was asked. */
export class IssuerRefused extends Error {}

/** Whom the directory means. */
export interface Arrival {
	issuer: string;
	subject: string;
	/** By which name, in small letters; undefined: it names none that counts. */
	name: string | undefined;
	/** When they proved to it who they are, ms since 1970; 0: it does not say. */
	provedAt: number;
}

/** What an identity token says, as far as it is used (OpenID Connect Core §2, §5.1). */
const identity = z.object({
	iss: z.string(),
	sub: z.string().min(1).max(255),
	email: z.string().max(320).optional(),
	email_verified: z.unknown().optional(),
	preferred_username: z.string().max(320).optional(),
	auth_time: z.number().int().min(0).optional()
});

type Attempt = ReturnType<typeof attemptOf>;

/** The municipality's directory of people: authorisation code with PKCE, checked by `openid-client`. */
export class Issuer {
	readonly settings: IssuerSettings;
	#found: { at: number; asking: Promise<oidc.Configuration> } | undefined;

	constructor(settings: IssuerSettings) {
		this.settings = settings;
	}

	/**
	 * Where the browser goes to sign in.
	 *
	 * @param back where it is sent back to
	 * @param again they prove who they are, also where they are signed in there already
	 * @throws IssuerSilent
	 */
	async signInAddress(attempt: Attempt, back: string, again: boolean, now: number): Promise<string> {
		const configuration = await this.#configuration(now);
		const { claim } = this.settings;
		const address = oidc.buildAuthorizationUrl(configuration, {
			response_type: 'code',
			redirect_uri: back,
			scope: claim === 'email' ? 'openid email' : 'openid profile',
			state: attempt.state,
			nonce: attempt.nonce,
			code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
			code_challenge_method: 'S256',
			...(again ? { prompt: 'login', max_age: '0' } : {})
		});
		if (address.protocol !== 'https:') throw new IssuerSilent('its page is not served by https');
		return address.href;
	}

	/**
	 * Whom the directory has sent back.
	 *
	 * @param address where the browser came back to, with all that the directory has added
	 * @throws IssuerSilent, IssuerRefused
	 */
	async arrival(address: URL, attempt: Attempt, now: number): Promise<Arrival> {
		const configuration = await this.#configuration(now);
		const claims = await this.#exchange(configuration, address, attempt);
		const { success, data } = identity.safeParse(claims);
		if (!success) throw new IssuerRefused('its identity token is not of the form that it must have');
		const { claim } = this.settings;
		const counts = claim === 'preferred_username' || data.email_verified === true;
		const name = counts ? data[claim]?.trim().normalize('NFC').toLowerCase() : undefined;
		return {
			issuer: data.iss,
			subject: data.sub,
			name: name === '' ? undefined : name,
			// A clock that runs ahead must not make a proof last longer.
			provedAt: Math.min(now, (data.auth_time ?? 0) * 1000)
		};
	}

	async #exchange(configuration: oidc.Configuration, address: URL, attempt: Attempt): Promise<unknown> {
		try {
			const tokens = await oidc.authorizationCodeGrant(configuration, address, {
				pkceCodeVerifier: attempt.verifier,
				expectedState: attempt.state,
				expectedNonce: attempt.nonce,
				idTokenExpected: true
			});
			return tokens.claims();
		} catch (error) {
			if (isSilence(error)) throw new IssuerSilent('it did not answer', { cause: error });
			throw new IssuerRefused('its answer was not accepted', { cause: error });
		}
	}

	/** What the directory says of itself; asked once an hour. */
	#configuration(now: number): Promise<oidc.Configuration> {
		if (this.#found === undefined || now - this.#found.at > FRESH || now < this.#found.at) {
			const asking = this.#discover();
			const found = { at: now, asking };
			this.#found = found;
			// Whoever comes next asks again.
			asking.catch(() => {
				if (this.#found === found) this.#found = undefined;
			});
		}
		return this.#found.asking;
	}

	async #discover(): Promise<oidc.Configuration> {
		const { address, clientId, clientSecret } = this.settings;
		try {
			const configuration = await oidc.discovery(
				new URL(address),
				clientId,
				{ client_secret: clientSecret },
				oidc.ClientSecretPost(clientSecret),
				{ timeout: PATIENCE, [oidc.customFetch]: this.#ask }
			);
			// The library lets some directories call themselves otherwise.
			if (configuration.serverMetadata().issuer.replace(/\/$/, '') !== address)
				throw new IssuerSilent('it names itself otherwise than the settings name it');
			// Also an identity token that came straight from the directory is believed by its signature alone.
			oidc.enableNonRepudiationChecks(configuration);
			configuration.timeout = PATIENCE;
			return configuration;
		} catch (error) {
			throw new IssuerSilent('it could not be asked what it is', { cause: error });
		}
	}

	/** The one door out to it: whatever it says of itself, no other host is asked. */
	readonly #ask: oidc.CustomFetch = async (url, options) => {
		if (new URL(url).host !== new URL(this.settings.address).host)
			throw new IssuerSilent('it leads to another host');
		let response: Response;
		try {
			response = await fetch(url, options as RequestInit);
		} catch (error) {
			throw new IssuerSilent('it did not answer', { cause: error });
		}
		if (response.status >= 500) throw new IssuerSilent('it failed');
		return response;
	};
}

/** Whether an error, or what it came of, is that nobody answered. */
function isSilence(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return error instanceof IssuerSilent || isSilence(error.cause);
}
