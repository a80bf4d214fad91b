import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * Settings that may lie in a file of their own, which a container or a service manager hands over: KEY_FILE is its path. In the environment
 * whoever may list processes can read them, and `docker inspect` shows them.
 */
const SECRETS = ['DATABASE_URL', 'PGPASSWORD', 'OIDC_CLIENT_SECRET', 'SMTP_URL'];

/** @param {string} key @param {string} takes @returns {never} */
export function wrongSetting(key, takes) {
	console.error(`The setting ${key} is wrong: ${takes}. See .env.example.`);
	process.exit(1);
}

/** Completes the environment from `.env` and from files of secrets. What the environment says already holds. */
export function readEnvironment() {
	if (existsSync('.env')) process.loadEnvFile('.env');
	for (const key of SECRETS) {
		const path = process.env[`${key}_FILE`];
		if (!path) continue;
		if (process.env[key]) wrongSetting(`${key}_FILE`, `either this or ${key}`);
		try {
			process.env[key] = readFileSync(path, 'utf8').trim();
		} catch {
			wrongSetting(`${key}_FILE`, 'a file that can be read');
		}
		if (process.env[key] === '') wrongSetting(`${key}_FILE`, 'a file with a value in it');
	}
}
