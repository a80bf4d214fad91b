/**
 * `node scripts/data-map.js`: writes docs/privacy/data-map.md, which says of every stored field what it is, whose, of which class, for how long it is
 * kept and where it is encrypted. Which tables, stores and fields there are is read from the schemas; a test holds the page to them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import ts from 'typescript';
import { visitFields } from '../src/lib/domain/visit.ts';
import { retentionClasses } from '../src/lib/protocol/retention.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { classes, device, server, visit } from './data-map-words.js';

const ROOT = join(import.meta.dirname, '..');
export const PAGE = join(ROOT, 'docs/privacy/data-map.md');
/** Where the rows of the device's databases are described. */
const ROW_FILES = ['device/rows.ts', 'device/membership-db.ts', 'device/public-db.ts'];

/** Tables of the server and their columns. */
async function serverTables() {
	const store = await openStore(':memory:');
	try {
		const tables = await store.db.introspection.getTables({ withInternalKyselyTables: true });
		return new Map(tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]));
	} finally {
		await store.close();
	}
}

/** Interfaces of rows that lie in IndexedDB, with their members and those of what they extend. */
function deviceRows() {
	/** @type {Map<string, { own: string[], from: string[] }>} */
	const found = new Map();
	for (const file of ROW_FILES) {
		const path = join(ROOT, 'src/lib', file);
		const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
		source.forEachChild((node) => {
			if (!ts.isInterfaceDeclaration(node)) return;
			const own = node.members.flatMap((member) =>
				ts.isPropertySignature(member) && ts.isIdentifier(member.name) ? [member.name.text] : []
			);
			const from = (node.heritageClauses ?? []).flatMap(({ types }) =>
				types.map(({ expression }) => (ts.isIdentifier(expression) ? expression.text : ''))
			);
			found.set(node.name.text, { own, from });
		});
	}
	const rows = [...found].filter(([name]) => name.endsWith('Row'));
	return new Map(
		rows.map(([name, { own, from }]) => [
			name,
			[...from.flatMap((base) => found.get(base)?.own ?? []), ...own]
		])
	);
}

/** Fields of a visit. */
const fieldsOfVisits = () => [...Object.keys(visitFields), 'notes/<uuid>'];

/** @param {string[]} names @param {Record<string, string> | undefined} words @param {string} place */
function compare(names, words, place) {
	const missing = names.filter((name) => !words || !Object.hasOwn(words, name));
	const stale = Object.keys(words ?? {}).filter((name) => !names.includes(name));
	return [
		...missing.map((name) => `${place}: ${name} is not described`),
		...stale.map((name) => `${place}: there is no ${name}`)
	];
}

/** What the words lack, and what they have too much. @returns {Promise<string[]>} */
export async function faults() {
	const places = /** @type {const} */ ([
		[await serverTables(), server],
		[deviceRows(), device]
	]);
	return [
		...places.flatMap(([schema, words]) => [
			...[...schema].flatMap(([name, fields]) => compare(fields, words[name]?.fields, name)),
			...Object.keys(words)
				.filter((name) => !schema.has(name))
				.map((name) => `there is no ${name}`)
		]),
		...compare(fieldsOfVisits(), visit, 'visit')
	];
}

/** The page as it should be. */
export function page() {
	/** @param {Record<string, import('./data-map-words.js').Words>} tables */
	const draw = (tables) =>
		Object.entries(tables).map(
			([name, { about, whose, class: kind, kept, sealed, fields }]) =>
				`### \`${name}\`\n\n${about}. Whose: ${whose}. Class: **${kind}**. Kept: ${kept}. Encrypted: ${sealed}.\n\n` +
				Object.entries(fields)
					.map(([field, words]) => `- \`${field}\`: ${words}`)
					.join('\n')
		);
	return `${[
		'# Data map',
		'Every field that Reppu stores. Written by `node scripts/data-map.js` from the schemas and `scripts/data-map-words.js`; a test fails where a schema has a field that does not stand here. What is encrypted here is so by Reppu itself; disks and backups of the server are encrypted by whoever runs it, and TLS covers the ways between.',
		'## Classes',
		Object.entries(classes)
			.map(([name, words]) => `- **${name}**: ${words}`)
			.join('\n'),
		'## Retention classes, months',
		Object.entries(retentionClasses)
			.map(([name, { usual, least, most }]) => `- \`${name}\`: ${usual} (${least}–${most})`)
			.join('\n'),
		'## Fields of a visit',
		'They lie in `records` and `journal_bodies` on the server, in `visits`, `outbox`, `sent`, `rejected` and `drafts` on a device. Class **client**.',
		Object.entries(visit)
			.map(([name, words]) => `- \`${name}\`: ${words}`)
			.join('\n'),
		'## The server',
		...draw(server),
		'## A device',
		...draw(device),
		'## Outside of databases',
		'- The list of what was erased (`ERASED_FILE`): ids and clocks, class **staff**; kept as long as any backup.\n- The log on standard output: routes, codes, counts, ids of organisations and devices; class **technical**; no names, no addresses of phones. Whoever runs the server keeps it.\n- Backups: everything of the server, as old as they are; thrown away after the time that the organisation has set.\n- A rescue file: requests as they waited on a phone, locked with a code; class **client**; whoever saved it deletes it.'
	].join('\n\n')}\n`;
}

if (process.argv[1] === import.meta.filename) {
	const wrong = await faults();
	if (wrong.length > 0) {
		console.error(wrong.join('\n'));
		process.exit(1);
	}
	writeFileSync(PAGE, page());
}
