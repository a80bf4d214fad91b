import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import Provider, { type AccountClaims, type JWK } from 'oidc-provider';
import selfsigned from 'selfsigned';

/** Who stands before the municipality's directory. */
export interface Person {
	subject: string;
	email?: string;
	verified?: boolean;
	username?: string;
}

type Claims = Record<string, unknown>;

const CLIENT = { id: 'reppu', secret: 'a secret of the client, long enough' };

/** A real OpenID provider over https on this machine, that lets in whom it is told to and can be made to say what is not true. */
export class TestIssuer {
	/** Whoever comes is this person. */
	person: Person = { subject: 'nobody' };
	/** Changes what an identity token says, before it is signed again by the right key; or signs by another one. */
	lie: ((claims: Claims) => Claims) | undefined;
	forged = false;
	/** Requests for tokens. */
	exchanges = 0;
	/** Each request fails. */
	broken = false;
	/** Its certificate, PEM: whoever asks it has to trust this. */
	readonly certificate: string;
	readonly #server: Server;

	private constructor(server: Server, certificate: string) {
		this.certificate = certificate;
		this.#server = server;
	}

	get address(): string {
		return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	/** What the server is set to. */
	settings(): Record<string, string> {
		return {
			OIDC_ISSUER: this.address,
			OIDC_CLIENT_ID: CLIENT.id,
			OIDC_CLIENT_SECRET: CLIENT.secret,
			OIDC_NAME: 'City'
		};
	}

	/** @param back where browsers are sent back to */
	static async start(back: string): Promise<TestIssuer> {
		const { private: key, cert } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
			keySize: 2048,
			extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }]
		});
		// As whoever runs a server with a certificate of their own tells Node to trust it.
		tls.setDefaultCACertificates([...tls.getCACertificates(), cert]);
		const right = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		const wrong = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
		const jwk = { ...right.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' } as JWK;
		const server = createServer({ key, cert });
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const address = `https://localhost:${(server.address() as AddressInfo).port}`;
		const provider = new Provider(address, {
			clients: [
				{
					client_id: CLIENT.id,
					client_secret: CLIENT.secret,
					redirect_uris: [back],
					response_types: ['code'],
					grant_types: ['authorization_code'],
					token_endpoint_auth_method: 'client_secret_post',
					require_auth_time: true
				}
			],
			jwks: { keys: [jwk] },
			claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
			conformIdTokenClaims: false,
			cookies: { keys: ['of the test'] },
			features: { devInteractions: { enabled: false } },
			interactions: { url: (_, { uid }) => `/interaction/${uid}` },
			pkce: { required: () => true },
			// Members have agreed to nothing and need not: the client is their employer's.
			async loadExistingGrant({ oidc }) {
				const grant = new oidc.provider.Grant({
					clientId: oidc.client!.clientId,
					accountId: oidc.session!.accountId!
				});
				grant.addOIDCScope('openid email profile');
				await grant.save();
				return grant;
			},
			findAccount: (_, subject) => ({
				accountId: subject,
				claims: () => made.#claims(subject)
			})
		});
		const made = new TestIssuer(server, cert);
		provider.use(async (context, next) => {
			if (context.path === '/token') made.exchanges += 1;
			await next();
			const body = context.body as { id_token?: string } | undefined;
			if (context.path !== '/token' || body?.id_token === undefined) return;
			if (made.lie || made.forged) {
				const [head = '', content = ''] = body.id_token.split('.');
				const claims = JSON.parse(Buffer.from(content, 'base64url').toString()) as Claims;
				const said = Buffer.from(JSON.stringify(made.lie ? made.lie(claims) : claims)).toString('base64url');
				const signature = createSign('sha256').update(`${head}.${said}`);
				body.id_token = `${head}.${said}.${signature.sign(made.forged ? wrong : right, 'base64url')}`;
			}
		});
		const answer = provider.callback();
		server.on('request', (request, response) => {
			if (made.broken) response.writeHead(500).end();
			else if (request.url?.startsWith('/interaction/'))
				void provider.interactionFinished(request, response, { login: { accountId: made.person.subject } });
			else void answer(request, response);
		});
		return made;
	}

	#claims(subject: string): AccountClaims {
		const { email, verified = true, username } = this.person;
		return {
			sub: subject,
			...(email === undefined ? {} : { email, email_verified: verified }),
			...(username === undefined ? {} : { preferred_username: username })
		};
	}

	/** A browser of this person follows the address that it was given, until it is sent back; resolves to where. */
	async visit(address: string, person: Person): Promise<URL> {
		this.person = person;
		const cookies = new Map<string, string>();
		let next = address;
		for (let steps = 0; steps < 8; steps += 1) {
			const answer = await fetch(next, {
				redirect: 'manual',
				headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
			});
			for (const line of answer.headers.getSetCookie()) {
				const [pair = ''] = line.split(';');
				const at = pair.indexOf('=');
				cookies.set(pair.slice(0, at), pair.slice(at + 1));
			}
			const location = answer.headers.get('location');
			if (location === null) throw new Error(`${answer.status} ${await answer.text()}`);
			const target = new URL(location, next);
			if (target.origin !== this.address) return target;
			next = target.href;
		}
		throw new Error('The directory sends its browsers round and round.');
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((closed) => this.#server.close(closed));
	}
}
