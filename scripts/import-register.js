/**
 * `npm run import-register -- FILE`: brings an old register in from a spreadsheet (XLSX or CSV, its first row names the columns), whole or not at all, as
 * the office's page _Old register_ does. What its columns mean is proposed by name and content, or read from a file. DATABASE_URL and REPPU_SECRET
 * name the store and the secret, as for the server, which may run meanwhile. A row that came in before does not come in again.
 *
 *     --dry-run              says what would be done, and does nothing
 *     --owner ID             member whose contacts they become (default: the coordinator, where there is one)
 *     --organisation ID      where the store has more than one
 *     --mapping FILE         what columns and values mean, as JSON
 *     --save-mapping FILE    writes that file with what is proposed, to be changed by hand, and does nothing else
 *     --lines N              lines of the report that are printed (default: 20)
 */
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { registerMapping } from '../src/lib/protocol/register-import.ts';
import { BadInput } from '../src/lib/server/directory/draft.ts';
import { SecretBox } from '../src/lib/server/keys/secret-box.ts';
import { aroundOf } from '../src/lib/server/register-import/around.ts';
import { bringInAtOnce, Busy } from '../src/lib/server/register-import/at-once.ts';
import { KnownWords } from '../src/lib/server/register-import/known-words.ts';
import { columnsUnder, lookAt, proposed } from '../src/lib/server/register-import/look.ts';
import { goThrough } from '../src/lib/server/register-import/plan.ts';
import { isUsable, saysWhen } from '../src/lib/server/register-import/usable.ts';
import { rowsKey } from '../src/lib/server/register-import/work.ts';
import { BadSetting, readSettings } from '../src/lib/server/settings.ts';
import { ErasedFile } from '../src/lib/server/storage/erased-list.ts';
import { openStore } from '../src/lib/server/storage/store.ts';
import { lineWords, reasonLabel } from '../src/lib/statistics/register-import-words.ts';
import { readArguments, refuse } from './command.js';
import { readEnvironment } from './environment.js';
import { organisationOf } from './organisation.js';

/** Values of a column without a meaning that are printed. */
const SHOWN_VALUES = 10;
/** Longest name of a file that the office's page takes. */
const LONGEST_NAME = 200;

const { values, positionals } = readArguments({
	'dry-run': { type: 'boolean', default: false },
	owner: { type: 'string' },
	organisation: { type: 'string' },
	mapping: { type: 'string' },
	'save-mapping': { type: 'string' },
	lines: { type: 'string', default: '20' }
});
const [path, ...more] = positionals;
if (path === undefined || more.length > 0)
	refuse('Which file? One at a time: npm run import-register -- register.xlsx');
for (const file of [path, values.mapping])
	if (file !== undefined && !existsSync(file)) refuse(`There is no file ${file}.`);
const target = values['save-mapping'];
if (target !== undefined && existsSync(target)) refuse(`${target} is there already; it is not replaced.`);

/** The member whose contacts they become. @param {import('../src/lib/server/storage/store.ts').Store} store @param {string} organisation */
async function ownerOf(store, organisation) {
	const members = await store.db
		.selectFrom('memberships')
		.select(['id', 'name', 'role', 'ended_at'])
		.where('organisation_id', '=', organisation)
		.orderBy('name')
		.execute();
	const meant = members.filter(({ id, role, ended_at }) =>
		values.owner === undefined ? role === 'coordinator' && ended_at === null : id === values.owner
	);
	const [member] = meant;
	if (!member || meant.length > 1)
		refuse(
			`Whose contacts do they become? --owner with one of\n${members.map(({ id, name, role }) => `${id}  ${role}  ${name}`).join('\n')}`
		);
	return member.id;
}

/** What somebody has written down. @param {string} file @param {string} owner */
function readMapping(file, owner) {
	let said;
	try {
		said = JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		refuse(`${file} is no JSON.`);
	}
	const { data, error } = registerMapping.safeParse({ place: '', ...said, owner });
	if (data) return data;
	const [issue] = error.issues;
	return refuse(`${file} is no mapping: ${issue?.path.join('.') ?? ''} is not as it must be.`);
}

/** @param {ReturnType<typeof columnsUnder>} columns @param {import('../src/lib/protocol/register-import.ts').RegisterMapping} mapping */
function printColumns(columns, mapping) {
	for (const { column, letter, name, field, values: found, dates } of columns) {
		console.log(`${letter}  ${name}: ${field ?? 'not brought in'}`);
		const said = mapping.columns.find((one) => one.column === column);
		if (field === 'date' && dates.ambiguous > 0 && said?.order === undefined)
			console.log(
				`     ${dates.ambiguous} × a date like ${dates.example}, which can be read in two ways: say its "order"`
			);
		const decided = said?.values.map(([value]) => value) ?? [];
		const open = found.filter(({ value, code }) => code === null && !decided.includes(value));
		for (const { value, count } of open.slice(0, SHOWN_VALUES))
			console.log(`     ${count} × ${value}: not known`);
		if (open.length > SHOWN_VALUES) console.log(`     and ${open.length - SHOWN_VALUES} more values`);
	}
}

readEnvironment();
let code = 0;
try {
	const settings = readSettings(process.env);
	const erased = settings.erasedFile === undefined ? undefined : new ErasedFile(settings.erasedFile);
	const store = await openStore(settings.databaseUrl, erased);
	try {
		const { id: organisation, name } = await organisationOf(store, values.organisation, refuse);
		const owner = await ownerOf(store, organisation);
		const file = { name: basename(path).slice(0, LONGEST_NAME), open: () => createReadStream(path) };
		const around = await aroundOf(store, organisation);
		const known = new KnownWords(around);
		const looked = await lookAt(file, () => nextTurn());
		const mapping =
			values.mapping === undefined ? proposed(looked, known, owner) : readMapping(values.mapping, owner);
		printColumns(columnsUnder(looked, mapping, known), mapping);
		if (target !== undefined) {
			const { columns, place } = mapping;
			writeFileSync(target, `${JSON.stringify({ columns, place }, undefined, '\t')}\n`, { flag: 'wx' });
			console.log(`Nothing was changed. What was proposed stands in ${target}.`);
		} else if (!isUsable(mapping, around))
			refuse(
				'The mapping cannot be carried out: a column or a field stands in it twice, or its place is not here.'
			);
		else if (!saysWhen(mapping))
			throw new BadInput('no_date', 'No column says when a contact was: name one in a mapping.');
		else {
			const key = rowsKey(SecretBox.from(settings.secret, store.kind === 'postgres').auditKey);
			const input = { organisation, file, mapping, around, known, key, now: Date.now() };
			const most = Number(values.lines);
			let printed = 0;
			const planned = await goThrough(
				store,
				store.db,
				input,
				(line) => {
					printed += 1;
					if (printed <= most) console.log(lineWords(line, 'en').filter((part) => part !== undefined).join(' · ')); // prettier-ignore
				},
				() => Promise.resolve()
			);
			const done = values['dry-run'] ? planned : await bringInAtOnce(store, input);
			for (const [reason, count] of Object.entries(done.codes))
				console.log(`${String(count).padStart(7)} × ${reasonLabel(reason, 'en')}`);
			const years = Object.entries(done.years).map(([year, count]) => `${year}: ${count}`);
			console.log(
				`${values['dry-run'] ? 'A dry run, nothing was changed. ' : ''}${name}: ${done.rows} rows read, ${done.taken} come in as ${done.contacts} contacts` +
					`${years.length > 0 ? ` (${years.join(', ')})` : ''}, ${done.leftOut} left out, ${done.before} came in before.`
			);
		}
	} finally {
		await store.close();
	}
} catch (error) {
	if (error instanceof BadSetting) refuse(error.message);
	code = 1;
	if (error instanceof BadInput) console.error(`Nothing was changed (${error.code}): ${error.message}`);
	else if (error instanceof Busy)
		console.error(
			'Nothing was changed (busy): the office brings a register in at this moment. Try again later.'
		);
	else throw error;
}
process.exit(code);
