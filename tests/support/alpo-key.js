/**
 * The answer key of the made-up ALPO register: counts a CSV file (first line the names, topics separated by a plus sign) with nothing of Reppu's own:
 *
 *     node tests/support/alpo-key.js alpo.csv
 *
 * Prints one JSON object: contacts, and by column how often each value stands.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const [head, ...lines] = readFileSync(process.argv[2] ?? '', 'utf8')
	.trimEnd()
	.split('\n');
const names = (head ?? '').split(',');
/** @type {Record<string, Record<string, number>>} */
const counts = {};
for (const line of lines) {
	const cells = line.split(',');
	for (let at = 0; at < names.length; at += 1) {
		const column = (counts[names[at] ?? ''] ??= {});
		const values = names[at] === 'topic' ? (cells[at] ?? '').split('+') : [cells[at] ?? ''];
		for (const value of values) column[value] = (column[value] ?? 0) + 1;
	}
}
process.stdout.write(JSON.stringify({ contacts: lines.length, counts }));
