import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
/** Written by paraglide, which also leaves a README and dot files in its project folder. */
const GENERATED = join('src', 'lib', 'paraglide');
const UNTRACKED = /^(\..*|README\.md|cache)$/;

/** @param {string} path @returns {string[]} */
function files(path) {
	if (path === GENERATED) return [];
	try {
		return readdirSync(join(ROOT, path), { withFileTypes: true })
			.filter((entry) => !UNTRACKED.test(entry.name))
			.sort((a, b) => (a.name < b.name ? -1 : 1))
			.flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : join(path, entry.name)));
	} catch {
		return [path];
	}
}

/** Names the state of everything a build is made from: same sources, same name, on any machine. */
export function fingerprint() {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap(files)) {
		hash
			.update(file.replaceAll('\\', '/'))
			.update('\0')
			.update(readFileSync(join(ROOT, file)))
			.update('\0');
	}
	return hash.digest('hex').slice(0, 12);
}
