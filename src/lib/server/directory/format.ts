import type { ServiceFields } from '#lib/domain/service.ts';
import type { ImportFormat } from '#lib/protocol/imports.ts';
import { BadInput, type InputFile } from './draft.ts';

/** What an entry says of the format it came in. */
export function sourceFormat(format: ImportFormat): NonNullable<ServiceFields['imported']>['format'] {
	return format === 'hsds-json' || format === 'hsds-csv' ? 'hsds-3.0' : format;
}

/** Bytes that are looked at: the first record of every format is far shorter. */
const HEAD = 256 * 1024;

/** Members that only one format has. The first one found decides. */
const SIGNS: readonly [RegExp, ImportFormat][] = [
	[/"(serviceNames|serviceChannelNames|organizationNames|generalDescriptionId)"\s*:/, 'ptv-11'],
	[/"languageVersions"\s*:/, 'ptv-12'],
	[/"(organization|service_at_locations|status|services|contents|taxonomy_terms)"\s*:/, 'hsds-json']
];

/** Names of files that a workbook has and no package of tables, as the archive lists them before their content. */
const WORKBOOK = /\[Content_Types\]\.xml|_rels\/\.rels|xl\/workbook\.xml/;
/** The header of our own sheet as CSV: a column of services, and one of fields or of facts. */
const SHEET =
	/^(?!\W*[[{])[^\n\r]{0,2000}?\bservice"?[,;\t|](?:[^\n\r]*[,;\t|])?"?(?:field|municipalities|phones|links|hours|verified)\b/i;

async function head(input: InputFile): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of input.open()) {
		chunks.push(chunk);
		bytes += chunk.length;
		if (bytes >= HEAD) break;
	}
	return Buffer.concat(chunks).subarray(0, HEAD);
}

/** Finds out what files are from how they begin. Throws `BadInput` `unknown_format`. */
export async function formatOf(inputs: readonly InputFile[]): Promise<ImportFormat> {
	for (const input of inputs) {
		const bytes = await head(input);
		const isZip = bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'));
		// As it may be UTF-16, which some spreadsheets write.
		const text = bytes.toString().replaceAll('\0', '');
		if (isZip ? WORKBOOK.test(text) : SHEET.test(text)) return 'sheet';
		if (isZip || /\.csv$/i.test(input.name)) return 'hsds-csv';
		const found = SIGNS.find(([sign]) => sign.test(text));
		if (found) return found[1];
	}
	throw new BadInput(
		'unknown_format',
		'This is neither HSDS nor PTV, as JSON or as CSV, nor a sheet of Reppu.'
	);
}
