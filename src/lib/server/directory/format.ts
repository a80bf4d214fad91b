import type { ServiceFields } from '#lib/domain/service.ts';
import type { ImportFormat } from '#lib/protocol/imports.ts';
import { BadInput, type InputFile } from './draft.ts';

/** What an entry says of the format it came in. */
export function sourceFormat(format: ImportFormat): NonNullable<ServiceFields['imported']>['format'] {
	return format === 'ptv-11' || format === 'ptv-12' ? format : 'hsds-3.0';
}

/** Bytes that are looked at: the first record of every format is far shorter. */
const HEAD = 256 * 1024;

/** Members that only one format has. The first one found decides. */
const SIGNS: readonly [RegExp, ImportFormat][] = [
	[/"(serviceNames|serviceChannelNames|organizationNames|generalDescriptionId)"\s*:/, 'ptv-11'],
	[/"languageVersions"\s*:/, 'ptv-12'],
	[/"(organization|service_at_locations|status|services|contents|taxonomy_terms)"\s*:/, 'hsds-json']
];

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
		if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) || /\.csv$/i.test(input.name))
			return 'hsds-csv';
		const text = bytes.toString();
		const found = SIGNS.find(([sign]) => sign.test(text));
		if (found) return found[1];
	}
	throw new BadInput('unknown_format', 'This is neither HSDS nor PTV, as JSON or as CSV.');
}
