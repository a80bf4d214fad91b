/** What the commands have in common: how they are called, and how they refuse. */
import process from 'node:process';
import { parseArgs } from 'node:util';

/** Ends the command: it was called in a wrong way. @param {string} text @returns {never} */
export function refuse(text) {
	console.error(text);
	process.exit(2);
}

/**
 * Options and files of the call.
 *
 * @template {import('node:util').ParseArgsOptionsConfig} Options
 * @param {Options} options
 */
export function readArguments(options) {
	try {
		return parseArgs({ allowPositionals: true, options });
	} catch (error) {
		return refuse(error instanceof Error ? error.message : String(error));
	}
}
