/**
 * `npm run backup-key -- FILE`: makes a key for backups. The secret half goes into the file, which belongs on no server: whoever restores needs it. The other half
 * is printed, for the setting BACKUP_RECIPIENT.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { refuse } from './command.js';

const [file] = process.argv.slice(2);
if (!file) refuse('Into which file? npm run backup-key -- /media/safe/reppu-backup.key');
const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);
try {
	const text = `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`;
	writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
} catch (error) {
	refuse(`No key was made: ${error instanceof Error ? error.message : String(error)}`);
}
console.log(`BACKUP_RECIPIENT=${recipient}`);
console.error(
	`The secret key is in ${file}. Keep it in two places that are not this server: without it no sealed backup opens again.`
);
