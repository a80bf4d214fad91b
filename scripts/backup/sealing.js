/**
 * Backups that only their owner can read: files in the age format, which the program `age` opens as well (https://age-encryption.org/v1). The server knows
 * whom they are for, and cannot open them.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** How a sealed file begins. */
const HEAD = 'age-encryption.org/v1\n';

/** The end of a sealed backup's name. */
export const SEALED = '.age';

/** What one part of a file holds that is read at a time, bytes. */
const PIECE = 256 * 1024;

/** @param {string} file */
const read = (file) =>
	/** @type {ReadableStream<Uint8Array>} */ (
		Readable.toWeb(createReadStream(file, { highWaterMark: PIECE }))
	);

/** @param {import('node:stream/web').ReadableStream | ReadableStream<Uint8Array>} stream @param {string} file */
const write = (stream, file) =>
	pipeline(
		Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (stream)),
		// The bytes are on the disk before anything counts on them.
		createWriteStream(file, { mode: 0o600, flush: true })
	);

/** @param {AsyncIterable<Uint8Array>} stream */
async function digest(stream) {
	const hash = createHash('sha256');
	for await (const piece of stream) hash.update(piece);
	return hash.digest('hex');
}

/**
 * Whom backups are sealed for, as the setting BACKUP_RECIPIENT says: one or more, apart by spaces or commas; none where it is empty. Throws where one is no recipient.
 * Only the plain kind (X25519): it is what `backup-key` makes and restore opens.
 *
 * @param {string | undefined} setting
 */
export function readRecipients(setting) {
	if (!setting) return [];
	const recipients = setting.split(/[\s,]+/).filter(Boolean);
	if (recipients.length === 0) throw new Error('BACKUP_RECIPIENT names nobody.');
	for (const recipient of recipients) {
		if (/^AGE-SECRET-KEY/i.test(recipient))
			throw new Error(
				'BACKUP_RECIPIENT holds a secret key. It takes the other half, which begins with age1.'
			);
		try {
			if (!/^age1[a-z0-9]{58}$/.test(recipient)) throw new Error('another kind');
			new Encrypter().addRecipient(recipient);
		} catch {
			throw new Error(
				`BACKUP_RECIPIENT: "${recipient}" is no recipient. It begins with age1; \`npm run backup-key\` makes one.`
			);
		}
	}
	return recipients;
}

/**
 * Seals a file for the recipients and reads it back as a whole, with a key of this moment that nobody keeps. Throws where what is read is not what was
 * written.
 *
 * @param {string} from @param {string} to @param {readonly string[]} recipients
 */
export async function sealFile(from, to, recipients) {
	const once = await generateX25519Identity();
	const encrypter = new Encrypter();
	for (const recipient of [...recipients, await identityToRecipient(once)]) encrypter.addRecipient(recipient);
	const partial = `${to}.partial-${randomUUID()}`;
	try {
		await write(await encrypter.encrypt(read(from)), partial);
		const decrypter = new Decrypter();
		decrypter.addIdentity(once);
		const [written, readBack] = [
			await digest(createReadStream(from, { highWaterMark: PIECE })),
			await digest(await decrypter.decrypt(read(partial)))
		];
		if (written !== readBack) throw new Error(`${to} was read back as something else.`);
		renameSync(partial, to);
	} finally {
		rmSync(partial, { force: true });
	}
}

/** Whether a file is sealed. @param {string} file */
export async function isSealed(file) {
	for await (const start of createReadStream(file, { end: HEAD.length - 1 })) return String(start) === HEAD;
	return false;
}

/**
 * Opens a sealed file with a key file, as `npm run backup-key` or `age-keygen` writes it. Throws where none of its keys fits, or the file is cut or changed.
 *
 * @param {string} from @param {string} to @param {string} keyFile
 */
export async function openFile(from, to, keyFile) {
	const keys = readFileSync(keyFile, 'utf8')
		.split('\n')
		.filter((line) => line.startsWith('AGE-SECRET-KEY-'));
	if (keys.length === 0) throw new Error(`${keyFile} holds no key: a line that begins with AGE-SECRET-KEY-.`);
	const decrypter = new Decrypter();
	for (const key of keys) decrypter.addIdentity(key.trim());
	try {
		await write(await decrypter.decrypt(read(from)), to);
	} catch (error) {
		// The disk's own words are the right ones.
		if (
			error instanceof Error &&
			'code' in error &&
			typeof error.code === 'string' &&
			/^E[A-Z]+$/.test(error.code)
		)
			throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(
			`${from} was not opened: the key is another one, or the file is cut or changed (${reason}).`,
			{
				cause: error
			}
		);
	}
}
