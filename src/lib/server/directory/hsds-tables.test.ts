import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hsdsTables, tableOfFile } from './hsds-tables.ts';

const examples = new URL('../../../../../shared/data/hsds/', import.meta.url);

type Schema = {
	path: string;
	properties: Record<string, { type?: string; $ref?: string; items?: { $ref?: string } }>;
};
type Package = {
	resources: { name: string; path: string; schema: { fields: { name: string; type: string }[] } }[];
};

describe.each(['3.0', '3.1-dev'])('the tables of HSDS %s (skipped without ../shared)', (version) => {
	const there = existsSync(new URL(`${version}/schema/`, examples));
	const json = <T>(path: string) =>
		JSON.parse(readFileSync(new URL(`${version}/${path}`, examples), 'utf8')) as T;

	it.skipIf(!there)('have the columns of the standard', () => {
		const { resources } = json<Package>('examples/csv/datapackage.json');
		expect(resources.length).toBe(version === '3.0' ? 21 : 24);
		for (const { name, path, schema } of resources) {
			const table = hsdsTables.get(name);
			expect(table?.file).toBe(path);
			const columns = table?.columns.filter((column) => version !== '3.0' || !table.later.includes(column));
			const fields = schema.fields.map((field) => field.name);
			// The package of 3.1-dev leaves out columns that its schemas have.
			if (version === '3.0') expect(new Set(columns)).toEqual(new Set(fields));
			else expect(columns).toEqual(expect.arrayContaining(fields));
		}
	});

	it.skipIf(!there)('have the members of the standard', () => {
		for (const [name, table] of hsdsTables) {
			if (!existsSync(new URL(`${version}/schema/${name}.json`, examples))) continue;
			const { properties } = json<Schema>(`schema/${name}.json`);
			const references = table.references.map(({ member, table: other }) => [member, `${other}.json`]);
			const parts = table.parts.map(({ member, table: other }) => [member, `${other}.json`]);
			for (const [member, { $ref, items, type }] of Object.entries(properties)) {
				if ($ref) expect(references).toContainEqual([member, $ref]);
				else if (items?.$ref) expect(parts).toContainEqual([member, items.$ref]);
				else if (type === 'number') expect(table.numbers).toContain(member);
			}
		}
	});
});

describe('a file', () => {
	it.each([
		['services.csv', 'service'],
		['hsds/Services.CSV', 'service'],
		['export\\service.tsv', 'service'],
		['service_at_locations.csv', 'service_at_location'],
		['units.csv', 'unit'],
		['urls.csv', 'url'],
		['readme.csv', undefined]
	])('%s holds %s', (file, table) => {
		expect(tableOfFile(file)).toBe(table);
	});
});
