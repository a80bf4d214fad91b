import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Sources that run on the server or on phones, with their text. */
const sources = ['src', 'scripts'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(ts|js|svelte)$/.test(file) && !/\.test\.ts$|paraglide/.test(file))
		.map(
			(file) =>
				[`${folder}/${file.replaceAll('\\', '/')}`, readFileSync(join(ROOT, folder, file), 'utf8')] as const
		)
);

/** What is never written, by its reason; where it is allowed all the same, and why. */
const NEVER: [string, RegExp, Record<string, string>][] = [
	['code made of text', /\beval\(|\bnew Function\b|\bsetTimeout\(\s*['"`]|\bvm\b.*\brunIn/, {}],
	['markup made of text', /\{@html|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b|srcdoc=/, {}],
	[
		'patterns made of text',
		/new RegExp\(/,
		{
			'src/lib/app-routes.ts': 'the names of our own routes',
			'src/lib/directory/fold.ts': 'another pattern of the same file',
			'src/lib/domain/personal-marks.ts': 'an end that two patterns of the same file share'
		}
	],
	[
		'hashes and ciphers of before',
		/\b(md5|sha-?1)\b(?!\d)|\bECB\b|AES-(CBC|CTR)|RSASSA-PKCS1|RSA_PKCS1|des-ede|rc4/i,
		{}
	],
	[
		'other programs',
		/node:child_process/,
		{
			'scripts/backup/postgres.js': 'pg_dump and pg_restore, by lists of arguments',
			'scripts/checks.js': 'development',
			'scripts/postgres.js': 'finds where they are',
			'scripts/prepare.js': 'development',
			'scripts/demo-server.js': 'development',
			'scripts/soak.js': 'development',
			'scripts/test.js': 'development'
		}
	],
	['a shell', /shell: true|\bexecSync\(/, {}],
	[
		'text that becomes SQL',
		/\bsql\.raw\(/,
		{
			'src/lib/server/storage/audit-migration.ts': 'statements of the source',
			'src/lib/server/storage/walls.ts': 'an expression of the source',
			'src/lib/server/storage/many-rows.ts': 'a clause of the caller’s source',
			'src/lib/server/storage/move.ts': 'a number of ours',
			'src/lib/server/sync/receive.ts': 'a savepoint by its number'
		}
	]
];

it.each(NEVER)('nowhere: %s', (_name, pattern, allowed) => {
	const found: string[] = sources.filter(([, text]) => pattern.test(text)).map(([file]) => file);
	expect(found.filter((file) => !(file in allowed))).toEqual([]);
	// A reason that nobody needs any more is taken out.
	expect(Object.keys(allowed).filter((file) => !found.includes(file))).toEqual([]);
});

it('what must not be guessed is never made by a generator that can be', () => {
	const users = sources.filter(([, text]) => /Math\.random\(/.test(text)).map(([file]) => file);
	expect(users.sort()).toEqual([
		'scripts/soak.js',
		'src/lib/server/storage/store.ts',
		'src/lib/sync/carrier.ts'
	]);
});
