import { hsdsTables } from '#lib/server/directory/hsds-tables.ts';
import { partId } from '#lib/server/directory/import/hsds-place.ts';
import { listOf, recordOf, textOf, type HsdsRecord } from '#lib/server/directory/import/hsds-record.ts';

export type HsdsVersion = '3.0' | '3.1';

type Row = Map<string, string>;

const silent = () => undefined;

/** Columns of a table in a version; none where the version has no such table. */
function columnsOf(table: string, version: HsdsVersion): string[] {
	const { columns = [], later = [] } = hsdsTables.get(table) ?? {};
	return columns.filter((column) => version === '3.1' || !later.includes(column));
}

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** One service taken apart into rows of tables. The same part may stand in several places: it is one row that names all of them. */
class Rows {
	readonly byTable = new Map<string, Map<string, Row>>();
	readonly #written: ReadonlySet<string>;

	/** @param written `table id` of rows of earlier services */
	constructor(written: ReadonlySet<string>) {
		this.#written = written;
	}

	/** Takes in an object and all that it holds; returns its id. `belongs`: the columns that name what it belongs to. */
	add(table: string, record: HsdsRecord, belongs: Record<string, string>, place: string): string {
		const id = textOf(record, 'id') || partId(place, 'row');
		if (this.#written.has(`${table} ${id}`)) return id;
		const rows = this.byTable.get(table) ?? new Map<string, Row>();
		this.byTable.set(table, rows);
		const row: Row = rows.get(id) ?? new Map([['id', id]]);
		rows.set(id, row);
		const { columns, references, parts } = hsdsTables.get(table) ?? {
			columns: [],
			references: [],
			parts: []
		};
		const fill = (column: string, value: string) => {
			if (value !== '' && !row.has(column)) row.set(column, value);
		};
		for (const column of columns) {
			const value = record[column];
			if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
				fill(column, String(value));
		}
		for (const [column, value] of Object.entries(belongs)) fill(column, value);
		for (const { member, table: other, column } of references) {
			const held = recordOf(record, member);
			if (held) fill(column, this.add(other, held, {}, `${place} ${member}`));
		}
		for (const { member, table: other, column } of parts)
			for (const [at, part] of listOf(record, member, silent).entries()) {
				const kind = { attribute: 'link_entity', metadata: 'resource_type' }[other];
				this.add(other, part, { [column]: id, ...(kind && { [kind]: table }) }, `${place} ${member} ${at}`);
			}
		return id;
	}
}

/**
 * Services as the tables of HSDS, in CSV (UTF-8, commas, `\n`). Each file begins with its header, and a table without rows
 * has nothing else. A part that several services share is written once. In 3.0 the columns and tables of 3.1 are left out.
 *
 * @param services full objects, as `hsdsService` makes them
 * @param write appends text to a file of the package; it is awaited, so that a slow disk holds back the reading
 */
export async function writeHsdsTables(
	services: Iterable<HsdsRecord> | AsyncIterable<HsdsRecord>,
	version: HsdsVersion,
	write: (file: string, text: string) => void | Promise<void>
): Promise<void> {
	for (const [table, { file }] of hsdsTables) {
		const columns = columnsOf(table, version);
		if (columns.length) await write(file, `${columns.join(',')}\n`);
	}
	const written = new Set<string>();
	for await (const service of services) {
		const rows = new Rows(written);
		rows.add('service', service, {}, textOf(service, 'id'));
		for (const [table, byId] of rows.byTable) {
			const columns = columnsOf(table, version);
			if (!columns.length) continue;
			let text = '';
			for (const [id, row] of byId) {
				written.add(`${table} ${id}`);
				text += `${columns.map((column) => quoted(row.get(column) ?? '')).join(',')}\n`;
			}
			await write(hsdsTables.get(table)?.file ?? table, text);
		}
	}
}

/** `datapackage.json` of the tables: their files, columns and types (Frictionless tabular data package). */
export function hsdsDataPackage(version: HsdsVersion): HsdsRecord {
	const resources = [...hsdsTables]
		.map(([name, { file, numbers }]) => ({
			name,
			path: file,
			format: 'csv',
			mediatype: 'text/csv',
			profile: 'tabular-data-resource',
			schema: {
				primaryKey: 'id',
				fields: columnsOf(name, version).map((column) => ({
					name: column,
					type: numbers.has(column) ? 'number' : 'string'
				}))
			}
		}))
		.filter(({ schema }) => schema.fields.length > 0);
	return { name: 'human_services_data', profile: 'tabular-data-package', version: `${version}.0`, resources };
}
