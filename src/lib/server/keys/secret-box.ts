import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BadSetting, SECRET_LENGTH, type Settings } from '#lib/server/settings.ts';

/** Bytes of AES-GCM's nonce and of its tag. */
const NONCE = 12;
const TAG = 16;

/**
 * Locks what must not stand readable in the database or in its backups, with the server's secret, which lies elsewhere (AES-256-GCM).
 * The secret is looked for when it is first needed.
 */
export class SecretBox {
	readonly #find: () => string;
	#text: string | undefined;
	#key: Buffer | undefined;

	private constructor(find: () => string) {
		this.#find = find;
	}

	/** @param postgres its app servers share the database and not their files, so nobody may make a secret for itself */
	static from({ text, file, given }: Settings['secret'], postgres: boolean): SecretBox {
		if (text !== undefined) return new SecretBox(() => text);
		if (given && file !== undefined) {
			const found = readSecret(file);
			return new SecretBox(() => found);
		}
		if (postgres)
			throw new BadSetting(
				'The setting REPPU_SECRET is missing: with PostgreSQL it is needed, the same for every app server. See .env.example.'
			);
		return new SecretBox(() => (file === undefined ? newSecret() : ownSecret(file)));
	}

	/** For a command that makes none: undefined where it is not here. */
	static known({ text, file }: Settings['secret']): SecretBox | undefined {
		if (text !== undefined) return new SecretBox(() => text);
		return file !== undefined && existsSync(file) ? new SecretBox(() => readSecret(file)) : undefined;
	}

	#derived(purpose: string): Buffer {
		this.#text ??= this.#find();
		return Buffer.from(hkdfSync('sha256', this.#text, '', purpose, 32));
	}

	get #secret(): Buffer {
		return (this.#key ??= this.#derived('reppu organisation keys 1'));
	}

	/** Of the chain of the audit trail. */
	get auditKey(): Buffer {
		return this.#derived('reppu audit 1');
	}

	/** @param what says what the bytes are; they open as nothing else */
	lock(bytes: Uint8Array, what: string): string {
		const nonce = randomBytes(NONCE);
		const cipher = createCipheriv('aes-256-gcm', this.#secret, nonce).setAAD(Buffer.from(what));
		const locked = [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
		return Buffer.concat(locked).toString('base64url');
	}

	/** Undefined where it was locked with another secret, or is something else. */
	unlock(text: string, what: string): Buffer | undefined {
		const bytes = Buffer.from(text, 'base64url');
		if (bytes.length < NONCE + TAG) return undefined;
		const decipher = createDecipheriv('aes-256-gcm', this.#secret, bytes.subarray(0, NONCE))
			.setAAD(Buffer.from(what))
			.setAuthTag(bytes.subarray(-TAG));
		try {
			return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
		} catch {
			// The tag does not fit: another secret, or changed.
			return undefined;
		}
	}
}

const newSecret = () => randomBytes(32).toString('base64');

function readSecret(file: string): string {
	let text: string;
	try {
		text = readFileSync(file, 'utf8').trim();
	} catch {
		throw new BadSetting(
			'The setting REPPU_SECRET_FILE is wrong: there is no file to read. See .env.example.'
		);
	}
	if (text.length < SECRET_LENGTH)
		throw new BadSetting(
			`The setting REPPU_SECRET_FILE is wrong: the file holds fewer than ${SECRET_LENGTH} letters. See .env.example.`
		);
	return text;
}

/** The secret beside a database in one file; made with the first key, for the server's user alone to read. */
function ownSecret(file: string): string {
	if (!existsSync(file)) {
		mkdirSync(dirname(file), { recursive: true });
		try {
			writeFileSync(file, `${newSecret()}\n`, { mode: 0o600, flag: 'wx', flush: true });
		} catch (error) {
			// Another process was faster: it is the same secret for both.
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
	return readSecret(file);
}
