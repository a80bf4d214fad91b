import type { JsonValue } from '#lib/domain/json.ts';
import { BadInput, type Draft, type InputFile, type ReportLine } from '#lib/server/directory/draft.ts';
import { jsonRecords } from './json-records.ts';
import { webAddress } from './ptv-contacts.ts';
import { channelDraft12, linksOf12, serviceDraft12 } from './ptv-12-draft.ts';
import { channel12, service12 } from './ptv-12-schema.ts';
import { mendedBy, recordIn, shown } from './report-line.ts';

/** Told by the members that only it has. */
function kindOf12(record: JsonValue): 'service' | 'channel' | undefined {
	if (typeof record !== 'object' || record === null || Array.isArray(record)) return undefined;
	if (!('contentId' in record)) return undefined;
	if ('serviceChannelType' in record) return 'channel';
	return 'serviceClasses' in record ? 'service' : undefined;
}

/** First time: which hosts are named with https, and whether all inputs can be read to their end. */
async function httpsHostsOf(inputs: readonly InputFile[]): Promise<Set<string>> {
	const hosts = new Set<string>();
	let known = 0;
	let unknown = 0;
	for (const input of inputs) {
		for await (const record of jsonRecords(input.open())) {
			const kind = kindOf12(record);
			if (kind) known += 1;
			else unknown += 1;
			const read = kind === 'channel' ? channel12.safeParse(record) : undefined;
			for (const { url } of read?.success ? linksOf12(read.data) : []) {
				const address = webAddress(url);
				if (address?.scheme === 'https') hosts.add(address.host);
			}
		}
	}
	if (unknown > 0 && known === 0)
		throw new BadInput('unknown_format', 'No record is one of the service catalogue, version 12.');
	return hosts;
}

/**
 * Reads JSON of version 12 (beta) of the Finnish service catalogue, as far as `ptv-12-schema` describes it. Services come without channels and channels are
 * entries of their own, because the connections between them, organisations and general descriptions are not described yet. Only
 * published records have a `publishedAt`; others are skipped.
 *
 * Every input is read twice and nothing is given out before all were read to their end. Throws `BadInput` with the codes of
 * `jsonRecords` and `unknown_format`.
 */
export async function* readPtv12(
	inputs: readonly InputFile[],
	report: (line: ReportLine) => void
): AsyncGenerator<Draft> {
	const httpsHosts = await httpsHostsOf(inputs);
	const seen = new Set<string>();
	for (const input of inputs) {
		let number = 0;
		for await (const record of jsonRecords(input.open())) {
			number += 1;
			const where = recordIn(input, number);
			const skipped = (line: Pick<ReportLine, 'code' | 'id' | 'found'>) =>
				report({ where, outcome: 'skipped', ...line });
			const kind = kindOf12(record);
			if (!kind) {
				skipped({ code: 'unknown_record', found: shown(record) });
				continue;
			}
			const service = kind === 'service' ? service12.safeParse(record) : undefined;
			const channel = kind === 'channel' ? channel12.safeParse(record) : undefined;
			const data = service?.data ?? channel?.data;
			if (!data) {
				skipped({ code: 'no_id' });
				continue;
			}
			const id = data.contentId;
			if (seen.has(id)) {
				skipped({ code: 'duplicate_id', id });
				continue;
			}
			seen.add(id);
			if (!data.publishedAt) {
				skipped({ code: 'not_published', id });
				continue;
			}
			const mended = mendedBy(report, where, id);
			const draft =
				(service?.data && serviceDraft12(service.data, where, mended)) ??
				(channel?.data && channelDraft12(channel.data, where, httpsHosts, mended));
			if (draft) yield draft;
			else skipped({ code: 'no_name', id });
		}
	}
}
