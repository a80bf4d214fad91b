import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail as it came over the line. */
export interface Received {
	from: string;
	to: string[];
	/** Headers and body, as they were sent. */
	raw: string;
}

/** What it says to a command; undefined: what a mail server says that takes everything. */
export type Manner = (command: string) => string | undefined;

/** A mail server of the tests: as much of RFC 5321 as a client needs that sends one mail at a time. It keeps what it takes, and can be rude. */
export class SmtpServer {
	readonly mails: Received[] = [];
	/** Commands, as they came. */
	readonly commands: string[] = [];
	manner: Manner = () => undefined;
	/** Called when a mail is taken, before that is said; false: the line breaks instead. */
	taken: (mail: Received) => boolean = () => true;
	#server: Server | undefined;
	#port = 0;
	readonly #sockets = new Set<Socket>();

	get port(): number {
		return this.#port;
	}

	/** Listens, on the same port as before. */
	async start(): Promise<void> {
		const server = createServer((socket) => this.#serve(socket));
		this.#server = server;
		await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
		this.#port = (server.address() as AddressInfo).port;
	}

	async stop(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		const server = this.#server;
		this.#server = undefined;
		if (server) await new Promise((resolve) => server.close(resolve));
	}

	#serve(socket: Socket): void {
		this.#sockets.add(socket);
		socket.on('close', () => this.#sockets.delete(socket));
		socket.on('error', () => socket.destroy());
		let buffer = '';
		let data: string[] | undefined;
		let mail: Received = { from: '', to: [], raw: '' };
		const say = (line: string) => void socket.write(`${line}\r\n`);
		socket.setEncoding('utf8');
		say('220 mail.example ESMTP');
		socket.on('data', (chunk: string) => {
			buffer += chunk;
			for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
				const line = buffer.slice(0, end);
				buffer = buffer.slice(end + 2);
				if (data) {
					if (line !== '.') {
						data.push(line.replace(/^\./, ''));
						continue;
					}
					mail.raw = data.join('\r\n');
					data = undefined;
					const rude = this.manner('.');
					if (rude === undefined) {
						if (!this.taken(mail)) {
							this.mails.push(mail);
							socket.destroy();
							return;
						}
						this.mails.push(mail);
					}
					say(rude ?? '250 2.0.0 taken');
					continue;
				}
				this.commands.push(line);
				const rude = this.manner(line);
				if (rude !== undefined) {
					say(rude);
					continue;
				}
				const verb = line.split(/[ :]/, 1)[0]?.toUpperCase();
				if (verb === 'EHLO') say('250-mail.example\r\n250 8BITMIME');
				else if (verb === 'MAIL') {
					mail = { from: between(line), to: [], raw: '' };
					say('250 2.1.0 ok');
				} else if (verb === 'RCPT') {
					mail.to.push(between(line));
					say('250 2.1.5 ok');
				} else if (verb === 'DATA') {
					data = [];
					say('354 go on');
				} else if (verb === 'QUIT') {
					say('221 2.0.0 bye');
					socket.end();
				} else say(verb === 'RSET' || verb === 'NOOP' ? '250 2.0.0 ok' : '502 5.5.1 not here');
			}
		});
	}
}

const between = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

/** One part of a mail: its headers, unfolded, and what it says, decoded. */
export interface Part {
	headers: Map<string, string>;
	text: string;
}

/** Words in headers (RFC 2047), decoded. */
const decodedWords = (value: string): string =>
	value
		.replace(/(\?=)\s+(=\?)/g, '$1$2')
		.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, how: string, text: string) =>
			how.toLowerCase() === 'b'
				? Buffer.from(text, 'base64').toString('latin1')
				: text.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/g, (_hex, code: string) => byte(code))
		);
const byte = (code: string): string => String.fromCharCode(Number.parseInt(code, 16));
const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

function readPart(raw: string): Part {
	const end = raw.indexOf('\r\n\r\n');
	const lines = raw
		.slice(0, end)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n');
	const headers = new Map(
		lines.map((line) => {
			const colon = line.indexOf(':');
			const value = line.slice(colon + 1).trim();
			const decoded = decodedWords(value);
			return [line.slice(0, colon).toLowerCase(), decoded === value ? value : utf8(decoded)];
		})
	);
	const body = raw.slice(end + 4);
	const how = headers.get('content-transfer-encoding');
	const text =
		how === 'base64'
			? Buffer.from(body, 'base64').toString('utf8')
			: how === 'quoted-printable'
				? utf8(body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_hex, code: string) => byte(code)))
				: body;
	return { headers, text };
}

/** A mail in its parts: what it says, and what goes along. */
export function readMail({ raw }: Received): Part & { attachments: Part[] } {
	const whole = readPart(raw);
	const boundary = /boundary="([^"]+)"/.exec(whole.headers.get('content-type') ?? '')?.[1];
	if (boundary === undefined) return { ...whole, attachments: [] };
	const [, ...parts] = raw.split(`--${boundary}`);
	const [first, ...others] = parts
		.slice(0, -1)
		.map((part) => readPart(part.replace(/^\r\n/, '').replace(/\r\n$/, '')));
	return { headers: whole.headers, text: first?.text ?? '', attachments: others };
}
