/**
 * The tables of HSDS 3.0 and 3.1 and how they hang together, as in the standard's `datapackage.json`: the same for reading and
 * for writing.
 */

/** A member of a table's object that holds rows of another table. */
interface Part {
	member: string;
	table: string;
	/** Column of the other table that names this row. */
	column: string;
}

/** A member of a table's object that is one row of another table. */
interface Reference {
	member: string;
	table: string;
	/** Column of this table that names the other row. */
	column: string;
}

export interface HsdsTable {
	file: string;
	/** In the order of the standard; those of 3.1 alone stand behind those of 3.0. */
	columns: readonly string[];
	/** Columns that 3.1 added. */
	later: readonly string[];
	numbers: ReadonlySet<string>;
	parts: readonly Part[];
	references: readonly Reference[];
}

/** One table a paragraph: name, file, columns (`#` a number, `^` since 3.1). */
const columns = `
organization organizations.csv id name alternate_name description email website tax_status tax_id #year_incorporated legal_status logo uri parent_organization_id
program programs.csv id organization_id name alternate_name description
service services.csv id organization_id program_id name alternate_name description url email status interpretation_services application_process fees_description wait_time fees accreditations eligibility_description #minimum_age #maximum_age assured_date assurer_email licenses alert last_modified
attribute attributes.csv id link_id taxonomy_term_id link_type link_entity value ^label
service_at_location service_at_location.csv id service_id location_id description
location locations.csv id location_type url organization_id name alternate_name description transportation #latitude #longitude external_identifier external_identifier_type
phone phones.csv id location_id service_id organization_id contact_id service_at_location_id number #extension type description
contact contacts.csv id organization_id service_id service_at_location_id location_id name title department email
address addresses.csv id location_id attention address_1 address_2 city region state_province postal_code country address_type
schedule schedules.csv id service_id location_id service_at_location_id valid_from valid_to dtstart #timezone until #count wkst freq #interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type notes
funding funding.csv id organization_id service_id source
service_area service_areas.csv id service_id ^service_at_location_id name description extent extent_type uri
required_document required_documents.csv id service_id document uri
language languages.csv id service_id location_id phone_id name code note
accessibility accessibility.csv id location_id description details url
taxonomy_term taxonomy_terms.csv id code name description parent_id taxonomy language taxonomy_id term_uri
metadata metadata.csv id resource_id resource_type last_action_date last_action_type field_name previous_value replacement_value updated_by
meta_table_description meta_table_descriptions.csv id name language character_set
cost_option cost_options.csv id service_id valid_from valid_to option currency #amount amount_description
organization_identifier organization_identifiers.csv id organization_id identifier_scheme identifier_type identifier
taxonomy taxonomies.csv id name description uri version
service_capacity service_capacity.csv ^id ^service_id ^unit_id ^#available ^#maximum ^description ^updated
unit units.csv ^id ^name ^scheme ^identifier ^uri
url url.csv ^id ^label ^url ^organization_id ^service_id
`;

/** What each table's objects hold: `member:table` many rows, `member>table` one row that a column of this table names. */
const links = `
organization funding:funding contacts:contact phones:phone programs:program locations:location organization_identifiers:organization_identifier additional_websites:url
service phones:phone schedules:schedule service_areas:service_area service_at_locations:service_at_location languages:language funding:funding cost_options:cost_option required_documents:required_document contacts:contact capacities:service_capacity additional_urls:url organization>organization program>program
service_at_location contacts:contact phones:phone schedules:schedule service_areas:service_area location>location
location languages:language addresses:address contacts:contact accessibility:accessibility phones:phone schedules:schedule
contact phones:phone
phone languages:language
attribute taxonomy_term>taxonomy_term
taxonomy_term taxonomy_detail>taxonomy
service_capacity unit>unit
`;

/** Tables whose rows have no attributes. */
const WITHOUT_ATTRIBUTES = new Set(['attribute', 'taxonomy', 'taxonomy_term', 'metadata']);

function parse(): ReadonlyMap<string, HsdsTable> {
	const held = new Map(
		links
			.trim()
			.split('\n')
			.map((line) => {
				const [name = '', ...words] = line.split(' ');
				return [name, words];
			})
	);
	const tables = new Map<string, HsdsTable>();
	for (const line of columns.trim().split('\n')) {
		const [name = '', file = '', ...words] = line.split(' ');
		const plain = (word: string) => word.replace(/^[\^#]+/, '');
		const parts: Part[] = [];
		const references: Reference[] = [];
		for (const link of held.get(name) ?? []) {
			const [, member = '', sign = '', table = ''] = /^(\w+)([:>])(\w+)$/.exec(link) ?? [];
			if (sign === ':') parts.push({ member, table, column: `${name}_id` });
			else
				references.push({
					member,
					table,
					column: `${member === 'taxonomy_detail' ? 'taxonomy' : member}_id`
				});
		}
		if (!WITHOUT_ATTRIBUTES.has(name))
			parts.push({ member: 'attributes', table: 'attribute', column: 'link_id' });
		if (name !== 'metadata') parts.push({ member: 'metadata', table: 'metadata', column: 'resource_id' });
		tables.set(name, {
			file,
			columns: words.map(plain),
			later: words.filter((word) => word.startsWith('^')).map(plain),
			numbers: new Set(words.filter((word) => word.includes('#')).map(plain)),
			parts,
			references
		});
	}
	return tables;
}

/** All tables by name, in the order of the standard. */
export const hsdsTables = parse();

/** The table of a file, by its name in the standard, the name of the table or its plural; undefined for other files. */
export function tableOfFile(file: string): string | undefined {
	const base = file.toLowerCase().replace(/^.*[\\/]/, '').replace(/\.(?:csv|tsv|txt)$/, ''); // prettier-ignore
	for (const [name, { file: standard }] of hsdsTables)
		if ([standard.replace(/\.csv$/, ''), name, `${name}s`].includes(base)) return name;
	return undefined;
}
