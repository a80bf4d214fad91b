import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Text, Texts } from '#lib/domain/language-texts.ts';
import { languageField, SERVICE } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import type { ReportLine } from '#lib/server/directory/draft.ts';
import { importFiles, type Report } from '#lib/server/directory/import-files.ts';
import { csvLines } from '#lib/server/directory/import/csv-rows.ts';
import { csvRow, CSV_MARK } from '#lib/server/directory/csv-text.ts';
import { readXlsx } from '#lib/server/directory/sheet/read-xlsx.ts';
import { factRows, textRows } from '#lib/server/directory/sheet/sheet-rows.ts';
import { sheetCsv, workbook } from '#lib/server/directory/sheet/write-sheet.ts';
import { writeXlsx } from '#lib/server/directory/sheet/write-xlsx.ts';
import { standingServices } from '#lib/server/directory/standing-services.ts';
import { createOrganisation } from '#lib/server/first-start.ts';
import { openStore, type Store } from '#lib/server/storage/store.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { onEveryStore } from '../support/stores.ts';

const DAY = Date.parse('2026-11-26T10:00:00Z');
const LANGUAGES = { source: 'fi', targets: ['ar', 'so', 'sv'] };
const source = { title: 'Kunta', date: '2026-03-02' };

const stores: Store[] = [];
afterAll(async () => {
	for (const store of stores) await store.close();
});

const written = (text: string): Text => ({ text, origin: 'written' });
const machine = (text: string): Text => ({ text, origin: 'machine' });

const entry = (fields: Partial<Service>) => ({
	kind: 'local',
	name: { fi: written('Neuvonta') },
	links: [],
	phones: [],
	topics: [],
	serviceLanguages: [],
	municipalities: ['263'],
	critical: [],
	source,
	verified: null,
	mayHandOver: true,
	...fields
});

async function bytesOf(stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
	return Buffer.concat(chunks);
}

const file = (name: string, bytes: Uint8Array | string) => ({
	name,
	async *open() {
		yield Buffer.from(bytes as Uint8Array);
	}
});

async function* each<T>(values: readonly T[]) {
	yield* values;
}

/** A table that was read, to be changed and written again, as a translator's program does it. */
type Table = { name: string; rows: string[][] };

const kinds = {
	async xlsx(tables: readonly Table[]) {
		const out = tables.map(({ name, rows }) => ({ name, rows: each(rows), widths: [], rightToLeft: new Set<number>() })); // prettier-ignore
		return file('a.xlsx', await bytesOf(writeXlsx(out)));
	},
	async csv([texts]: readonly Table[]) {
		return file('a.csv', CSV_MARK + (texts?.rows ?? []).map(csvRow).join(''));
	}
};

async function tablesOf(input: ReturnType<typeof file>): Promise<Table[]> {
	const tables: Table[] = [];
	if (input.name.endsWith('.csv')) {
		const rows: string[][] = [];
		for await (const { cells } of csvLines(input, () => undefined)) rows.push([...cells]);
		return [{ name: 'texts', rows }];
	}
	for await (const { name, lines } of readXlsx(input, () => undefined)) {
		const rows: string[][] = [];
		for await (const { cells } of lines) rows.push(Array.from(cells, (cell) => cell ?? ''));
		tables.push({ name, rows });
	}
	return tables;
}

class Directory {
	readonly store: Store;
	readonly organisation: string;

	constructor(store: Store, organisation: string) {
		this.store = store;
		this.organisation = organisation;
	}

	static async open(url: string): Promise<Directory> {
		const store = await openStore(url);
		stores.push(store);
		const organisation = await store.write((trx) =>
			createOrganisation(trx, 'Yksi', { demo: false, now: DAY })
		);
		const directory = new Directory(store, organisation);
		await directory.clear();
		return directory;
	}

	/** Without the shipped entries, too. */
	async clear(): Promise<void> {
		await this.store.write((trx) => trx.deleteFrom('records').execute());
	}

	async put(...entries: object[]): Promise<string[]> {
		const ids = entries.map((_, at) => newId(DAY + at));
		await this.edit(...ids.map((id, at) => ({ id, fields: entries[at] ?? {} })));
		return ids;
	}

	async edit(...edits: { id: string; fields: object }[]): Promise<void> {
		const all = edits.map(({ id, fields }) => ({
			collection: SERVICE,
			part: 'directory' as const,
			id,
			fields: JSON.parse(JSON.stringify(fields)) as Record<string, JsonValue>
		}));
		await this.store.write((trx) => publish(trx, this.organisation, all, DAY));
	}

	services = () => standingServices(this.store, this.organisation);

	async byId(): Promise<Map<string, Service>> {
		const found = new Map<string, Service>();
		for await (const service of this.services()) found.set(service.id, service);
		return found;
	}

	async one(id: string): Promise<Service> {
		return (await this.byId()).get(id)!;
	}

	xlsx = async () => file('a.xlsx', await bytesOf(workbook(this.services, LANGUAGES)));
	csv = async () => file('a.csv', await bytesOf(sheetCsv(textRows(this.services(), LANGUAGES))));

	bring(input: ReturnType<typeof file>, options: { dryRun?: boolean } = {}): Promise<Report> {
		const { organisation } = this;
		return importFiles(
			this.store,
			[input],
			{ organisation, from: 'Käännös Oy', language: 'fi', ...options },
			DAY
		);
	}

	/** Brings in the workbook after somebody has worked on it. */
	async bringChanged(change: (cells: Cells, tables: Table[]) => void): Promise<Report> {
		const tables = await tablesOf(await this.xlsx());
		change(new Cells(tables), tables);
		return this.bring(await kinds.xlsx(tables));
	}
}

/** Cells by their headers. */
class Cells {
	readonly #tables: readonly Table[];

	constructor(tables: readonly Table[]) {
		this.#tables = tables;
	}

	set(service: string, field: string, column: string, text: string): void {
		const rows = this.#tables[field === '' ? 1 : 0]?.rows ?? [];
		const row = rows.find((cells) => cells[0] === service && (field === '' || cells[2] === field));
		if (!row) throw new Error(`No row of ${service} ${field}`);
		const at = rows[0]?.indexOf(column) ?? -1;
		if (at < 0) throw new Error(`No column ${column}`);
		row[at] = text;
	}
}

const codesOf = ({ lines }: { lines: ReportLine[] }) => lines.map(({ code, where }) => `${code} ${where}`);

const awkward = [
	'هذه الخدمة مجانية، 10٪ خصم «اليوم»',
	'Adeeggan waa bilaash, waqtigu waa 24-saac',
	'Rivi yksi\nRivi "kaksi"; kolme, neljä\ttab',
	'00123',
	'=SUM(A1:A9)',
	"'=jo lainattu",
	'+358 40 123 4567',
	'- luettelo\n- toinen',
	'@käyttäjä',
	'👩‍👩‍👧 perhe 🇫🇮',
	'_x000D_ ei rivinvaihto',
	'ikä < 12 & > 3',
	'1e5',
	'TRUE',
	'2026-01-02'
];
const anyText = fc
	.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }))
	.filter((text) => text.trim() !== '' && text.isWellFormed());
const anyTexts = fc.dictionary(
	fc.constantFrom('fi', 'ar', 'so', 'sv', 'uk'),
	fc.record(
		{
			text: anyText,
			origin: fc.constantFrom('written' as const, 'machine' as const),
			checked: fc.constant('2026-02-03'),
			checkedBy: fc.constantFrom('Kaisa', '=Kaisa', 'Ali & Äiti')
		},
		{ requiredKeys: ['text', 'origin'] }
	),
	{ maxKeys: 5 }
);
/** What a translator writes: nothing that has to be as in the source. */
const translation = fc
	.array(fc.constantFrom('مرحبا', 'كيف', 'waa', 'adeeg', '"lainaus"', 'å;ö,', '-', '👩‍👩‍👧', '\n', '007.'), {
		minLength: 1,
		maxLength: 6
	})
	.map((words) =>
		words
			.join(' ')
			.replace(/\s*\n\s*/g, '\n')
			.trim()
	)
	.filter((text) => text !== '');

it.each(['xlsx', 'csv'] as const)(
	'a sheet as it was changes nothing, and one with edits exactly those: %s',
	async (kind) => {
		const directory = await Directory.open(':memory:');
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ name: anyTexts, summary: anyTexts, bring: anyTexts }), {
					minLength: 1,
					maxLength: 3
				}),
				fc.array(fc.tuple(fc.nat(), fc.constantFrom(...LANGUAGES.targets), translation), { maxLength: 6 }),
				async (all, picks) => {
					await directory.clear();
					await directory.put(
						...all.map(({ name, ...others }) => entry({ name: { uk: written('Щось'), ...name }, ...others }))
					);
					const before = await directory.byId();
					const input = await directory[kind]();
					const untouched = await directory.bring(input).catch((error: unknown) => error);
					// Without one text there is nothing to translate.
					const tables = await tablesOf(input);
					const [header = [], ...rows] = tables[0]?.rows ?? [];
					if (rows.length === 0 && kind === 'csv')
						return void expect(untouched).toMatchObject({ code: 'empty' });
					expect(untouched).toMatchObject({ new: 0, changed: 0, kept: 0, skipped: 0, codes: {} });

					const expected = structuredClone(before);
					let edits = 0;
					for (const [pick, language, text] of rows.length === 0 ? [] : picks) {
						const row = rows[pick % rows.length] ?? [];
						const [id = '', , field = ''] = row;
						const service = expected.get(id);
						const texts = { ...((service?.[field as 'summary'] ?? {}) as Texts) };
						const was = before.get(id)?.[field as 'summary']?.[language];
						if (was?.text.trim() === text || texts[language] !== was) continue;
						// Numbers of the source stay; that has its own test.
						texts[language] = written(text);
						const { fi } = texts;
						if (fi && /[+0]\d|@|https?:|\{|112|116/.test(fi.text.normalize('NFKC'))) continue;
						row[header.indexOf(language)] = text;
						(service as unknown as Record<string, Texts>)[field] = texts;
						edits += 1;
					}
					const report = await directory.bring(await kinds[kind](tables));
					expect(report.new + report.changed).toBe(edits);
					expect(report).toMatchObject({ kept: 0, skipped: 0, removed: 0 });
					expect(await directory.byId()).toEqual(expected);
					// The same sheet once more changes nothing.
					expect(await directory.bring(await kinds[kind](tables))).toMatchObject({
						new: 0,
						changed: 0,
						kept: 0
					});
				}
			),
			{ numRuns: 25 }
		);
	}
);

onEveryStore('a sheet that somebody has worked on', (fresh) => {
	const phoneText = 'Soita 040 123 4567 tai kirjoita {mail}.';

	it('takes in what is sound and says of each other cell where it is and what is wrong', async () => {
		const directory = await Directory.open(fresh());
		const [first = '', second = '', removed = ''] = await directory.put(
			entry({ name: { fi: written('Neuvonta') }, summary: { fi: written(phoneText), sv: machine('Ring.') } }),
			entry({ name: { fi: written('Toinen'), ar: written('ثان') }, description: { fi: written('Pitkä') } }),
			entry({})
		);
		const report = await directory.bringChanged((cells, tables) => {
			cells.set(first, 'name', 'ar', 'استشارة');
			cells.set(first, 'name', 'so', '<b>La-talin</b>');
			cells.set(first, 'summary', 'sv', 'Ring 040 123 4568 eller skriv {mail}.');
			cells.set(first, 'summary', 'so', 'Soo wac +358 40 1234567 ama u qor {mail}.');
			cells.set(second, 'name', 'sv', '=HYPERLINK("x")');
			cells.set(second, 'name', 'ar', '');
			cells.set(second, 'name', 'source fi', 'Muu');
			cells.set(second, 'description', 'sv', 'x'.repeat(8001));
			cells.set(removed, 'name', 'sv', 'Borta');
			const rows = tables[0]?.rows ?? [];
			const row = (...cells: string[]) => rows.push(cells);
			row(newId(DAY), '', 'name', '', 'x');
			row('007', '', 'name', '', 'x');
			row(first, '', 'colour', '', 'x');
			row(first, '', 'name', '', 'x');
			tables.push({ name: 'omat', rows: [['a', 'b']] });
		});
		expect(codesOf(report)).toEqual(
			expect.arrayContaining([
				'html texts row 2, column J',
				'other_parts texts row 3, column O',
				'formula texts row 4, column O',
				'emptied texts row 4, column E',
				'source_column texts row 4, column D',
				'longer_than_fits texts row 5, column O',
				expect.stringMatching(/^unknown_service texts row 7$/),
				'unknown_service texts row 8, column A',
				'unknown_field texts row 9, column C',
				'duplicate_id texts row 10',
				'other_sheet omat'
			])
		);
		expect(report).toMatchObject({ new: 3, changed: 0, kept: 0 });
		expect(report.lines.find(({ code }) => code === 'other_parts')).toMatchObject({
			id: first,
			field: 'summary sv',
			found: '+358401234567 +358401234568'
		});
		expect(await directory.one(first)).toMatchObject({
			name: { fi: written('Neuvonta'), ar: written('استشارة') },
			summary: { sv: machine('Ring.'), so: written('Soo wac +358 40 1234567 ama u qor {mail}.') }
		});
		expect((await directory.one(second)).name).toEqual({ fi: written('Toinen'), ar: written('ثان') });
	});

	it('does not write over what was edited here meanwhile, and a text of an older source counts as unchecked', async () => {
		const directory = await Directory.open(fresh());
		const [id = ''] = await directory.put(
			entry({ summary: { fi: written('Vanha'), sv: written('Gammal'), ar: machine('قديم') } })
		);
		const tables = await tablesOf(await directory.xlsx());
		const cells = new Cells(tables);
		cells.set(id, 'summary', 'sv', 'Från bladet');
		cells.set(id, 'summary', 'so', 'Cusub');
		cells.set(id, 'summary', 'so checked on', '25.11.2026');
		cells.set(id, '', 'phones', '+358401234567');
		const fields = {
			[languageField('summary', 'sv')]: written('Här'),
			[languageField('summary', 'fi')]: written('Uusi'),
			phones: [{ number: '112', source }]
		};
		await directory.edit({ id, fields });
		const input = await kinds.xlsx(tables);
		const dry = await directory.bring(input, { dryRun: true });
		const report = await directory.bring(input);
		expect(dry).toEqual(report);
		expect(report).toMatchObject({ new: 1, changed: 0, kept: 2, codes: { edited_since: 2, source_edited_since: 1 } }); // prettier-ignore
		const service = await directory.one(id);
		expect(service.summary).toMatchObject({ sv: written('Här'), ar: machine('قديم'), so: written('Cusub') });
		expect(service.summary?.so?.checked).toBeUndefined();
		expect(service.phones).toMatchObject([{ number: '112' }]);
	});

	it('marks a text as checked only where the sheet says so of the text as it is now', async () => {
		const directory = await Directory.open(fresh());
		const checked = { checked: '2026-01-02', checkedBy: 'Kaisa' };
		const [id = ''] = await directory.put(
			entry({
				summary: { fi: written('Suomeksi'), sv: machine('Maskin'), ar: { ...machine('آلة'), ...checked } },
				bring: { fi: written('Kortti'), so: machine('Kaar'), sv: machine('Kort') }
			})
		);
		const report = await directory.bringChanged((cells) => {
			cells.set(id, 'summary', 'sv checked on', '2026-11-20');
			cells.set(id, 'summary', 'sv checked by', 'Anna');
			cells.set(id, 'summary', 'ar', 'إنسان');
			cells.set(id, 'bring', 'so', 'Kaar aqoonsi');
			cells.set(id, 'bring', 'so checked on', '46346');
			cells.set(id, 'bring', 'sv', 'Ett kort');
			cells.set(id, 'bring', 'sv checked on', '2027-01-01');
		});
		expect(report.codes).toEqual({ check_before_change: 1, bad_date: 1 });
		const { summary, bring } = await directory.one(id);
		expect(summary).toMatchObject({
			sv: { ...machine('Maskin'), checked: '2026-11-20', checkedBy: 'Anna' },
			ar: written('إنسان')
		});
		expect(summary?.ar?.checked).toBeUndefined();
		expect(bring?.so).toMatchObject({ text: 'Kaar aqoonsi', checked: '2026-11-20' });
		expect(bring?.sv?.checked).toBeUndefined();
	});

	it('changes facts that a person can read, and leaves the others of the same entry as they are', async () => {
		const directory = await Directory.open(fresh());
		const label = { fi: written('Vaihde') };
		const weekly = {
			opens: '09:00',
			closes: '15:00',
			from: '2020-01-01',
			rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE'
		};
		const [id = '', rich = ''] = await directory.put(
			entry({
				phones: [{ number: '+358291234567', label, source }],
				links: [{ url: 'https://a.example.fi/x;y', language: 'fi' }],
				hours: { rules: [weekly], exceptions: [] }
			}),
			entry({ hours: { rules: [weekly], exceptions: [{ from: '2026-12-24', to: '2026-12-24', open: [] }] } })
		);
		const tables = await tablesOf(await directory.xlsx());
		expect(tables[1]?.rows[1]).toEqual(
			expect.arrayContaining([
				'263 Kiuruvesi',
				"'+358291234567",
				'fi https://a.example.fi/x;y',
				'MO-WE 09:00-15:00'
			])
		);
		const report = await directory.bringChanged((cells) => {
			cells.set(id, '', 'phones', '029 123 4567\n0800 12345 sv');
			cells.set(id, '', 'hours', 'ma 9-15');
			cells.set(id, '', 'municipalities', 'Kuopio; 925');
			cells.set(id, '', 'verified', '24.11.2026 Kaisa');
			cells.set(id, '', 'links', 'fi javascript:alert(1)');
			cells.set(rich, '', 'hours', 'MO 9:00-15:00');
			cells.set(rich, '', 'emails', 'neuvo@kunta.fi');
		});
		expect(report).toMatchObject({ codes: { bad_time: 1, bad_link: 1, hours_in_reppu: 1 } });
		expect(await directory.one(id)).toMatchObject({
			phones: [
				{ number: '+358291234567', label, source },
				{ number: '+35880012345', language: 'sv', source: { title: 'Käännös Oy', date: '2026-11-26' } }
			],
			municipalities: ['297', '925'],
			verified: { on: '2026-11-24', by: 'Kaisa' },
			links: [{ url: 'https://a.example.fi/x;y', language: 'fi' }],
			hours: { rules: [weekly] }
		});
		const again = await directory.bringChanged((cells) =>
			cells.set(id, '', 'hours', 'TU,TH 9.00-12.00, 13:00-15')
		);
		expect(again.codes).toEqual({ bad_time: 1 });
		await directory.bringChanged((cells) => cells.set(id, '', 'hours', 'tu,th 9.00-12.00, 13:00-15:30'));
		expect((await directory.one(id)).hours?.rules).toEqual([
			{ opens: '09:00', closes: '12:00', from: '2020-01-01', rule: 'FREQ=WEEKLY;BYDAY=TU,TH' },
			{ opens: '13:00', closes: '15:30', from: '2020-01-01', rule: 'FREQ=WEEKLY;BYDAY=TU,TH' }
		]);
		expect((await directory.one(rich)).emails).toEqual(['neuvo@kunta.fi']);
	});

	it('is read as CSV with any delimiter, in Latin-1 and UTF-16, and not when it was cut off', async () => {
		const directory = await Directory.open(fresh());
		const [id = ''] = await directory.put(entry({ name: { fi: written('Nimi') } }));
		const text = (word: string, sign: string) =>
			[
				['service', 'field', 'sv'],
				[id, 'summary', word]
			]
				.map((cells) => cells.join(sign))
				.join('\r\n');
		const tries: [string, Uint8Array, string][] = [
			['a.csv', Buffer.from(`${text('Å', ',')}\n`), 'Å'],
			['a.csv', Buffer.from(`${text('Ä', ';')}\n`, 'latin1'), 'Ä'],
			['a.csv', Buffer.from(`${text("'=Ä", ';')}\n`), '=Ä'],
			['a.txt', Buffer.from(`\ufeff${text('Ö', '\t')}\n`, 'utf16le'), 'Ö']
		];
		for (const [name, bytes, expected] of tries) {
			await directory.bring(file(name, bytes));
			expect((await directory.one(id)).summary?.sv).toEqual(written(expected));
			// Without the column of marks nothing is written over.
			await directory.edit({ id, fields: { [languageField('summary', 'sv')]: null } });
		}
		const cut = `${text('A', ';')}\r\n${id};bring`;
		await expect(directory.bring(file('a.csv', cut))).rejects.toMatchObject({ code: 'cut_off' });
		const workbook = await directory.xlsx();
		for await (const bytes of workbook.open())
			await expect(directory.bring(file('a.xlsx', bytes.subarray(0, -40)))).rejects.toMatchObject({ code: 'cut_off' }); // prettier-ignore
		const facts = await bytesOf(sheetCsv(factRows(directory.services(), 'fi')));
		expect(await directory.bring(file('facts.csv', facts))).toMatchObject({
			changed: 0,
			new: 0,
			unchanged: 1
		});
	});
});
