import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** The first of these programs on the path. @param {string[]} names */
const onPath = (...names) =>
	(process.env.PATH ?? '')
		.split(delimiter)
		.flatMap((folder) => names.map((name) => join(folder, name)))
		.find((path) => existsSync(path));

/** The system's Firefox, if it has one; FIREFOX overrides the search. */
export function findFirefox() {
	return process.env.FIREFOX ?? onPath('firefox-esr', 'firefox');
}

/** What drives the system's WebKitGTK, and the screen that it needs; undefined where one of the two is missing. */
export function findWebKit() {
	const [driver, screen] = [onPath('WebKitWebDriver'), onPath('Xvfb')];
	return driver && screen ? { driver, screen } : undefined;
}
