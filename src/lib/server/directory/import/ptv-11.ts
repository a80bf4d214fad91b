import { BadInput, type Draft, type InputFile, type ReportLine } from '#lib/server/directory/draft.ts';
import { jsonRecords } from './json-records.ts';
import { CatalogueIndex, kindOf11, notPublished, PUBLISHED } from './ptv-11-index.ts';
import { service11, type Service11 } from './ptv-11-schema.ts';
import { draftOf11, type Connected } from './ptv-11-service.ts';
import { mendedBy, recordIn, shown } from './report-line.ts';

/** First time: what services refer to. Also finds out whether all inputs can be read to their end, before anything is taken in. */
async function fill(
	index: CatalogueIndex,
	inputs: readonly InputFile[],
	report: (line: ReportLine) => void
): Promise<void> {
	let known = 0;
	let unknown = 0;
	for (const input of inputs) {
		let number = 0;
		for await (const record of jsonRecords(input.open())) {
			number += 1;
			const where = recordIn(input, number);
			const kind = kindOf11(record);
			if (kind) known += 1;
			else {
				unknown += 1;
				report({ where, outcome: 'skipped', code: 'unknown_record', found: shown(record) });
			}
			if (kind && kind !== 'service') index.add(record, kind, where, report);
		}
	}
	if (unknown > 0 && known === 0)
		throw new BadInput('unknown_format', 'No record is one of the service catalogue, version 11.');
}

/** The channels of a service with what it says of each connection, and the ids of those that are not in the input. */
function connectionsOf(
	service: Service11,
	index: CatalogueIndex
): { connected: Connected[]; missing: string[] } {
	const connections = new Map<string, Connected['connection']>();
	for (const { serviceChannel, ...connection } of service.serviceChannels) {
		if (serviceChannel?.id && !connections.has(serviceChannel.id))
			connections.set(serviceChannel.id, connection);
	}
	for (const id of index.channelsOf(service.id)) if (!connections.has(id)) connections.set(id, undefined);
	const connected: Connected[] = [];
	const missing: string[] = [];
	for (const [id, connection] of connections) {
		const channel = index.channel(id);
		if (channel) connected.push({ channel, connection });
		else if (channel === undefined) missing.push(id);
	}
	return { connected, missing };
}

/**
 * Reads JSON of the open interface of the Finnish service catalogue (Palvelutietovaranto, Suomi.fi), version 11: services, service channels of
 * every type, organisations and general descriptions, in any order and spread over any number of inputs, each an array, an
 * object by id, a page of a list, NDJSON or single objects.
 *
 * Every input is read twice: first for what services refer to, of which a compact index is kept, then for the services, which are given out one
 * by one. Nothing is given out before all inputs were read to their end. The drafts have no `raw`: the catalogue takes nothing back.
 *
 * Throws `BadInput` with the codes of `jsonRecords` and `unknown_format`.
 */
export async function* readPtv11(
	inputs: readonly InputFile[],
	report: (line: ReportLine) => void
): AsyncGenerator<Draft> {
	using index = new CatalogueIndex();
	await fill(index, inputs, report);
	const seen = new Set<string>();
	for (const input of inputs) {
		let number = 0;
		for await (const record of jsonRecords(input.open())) {
			number += 1;
			if (kindOf11(record) !== 'service') continue;
			const where = recordIn(input, number);
			const skipped = (code: string, id?: string) =>
				report({ where, ...(id !== undefined && { id }), outcome: 'skipped', code });
			const read = service11.safeParse(record);
			if (!read.success) {
				skipped('no_id');
				continue;
			}
			const service = read.data;
			const { id } = service;
			if (seen.has(id)) {
				skipped('duplicate_id', id);
				continue;
			}
			seen.add(id);
			const { connected, missing } = connectionsOf(service, index);
			if (service.publishingStatus !== PUBLISHED) {
				report({ where, id, ...notPublished(service.publishingStatus) });
				continue;
			}
			const mended = mendedBy(report, where, id);
			if (missing.length > 0) mended('missing_channels', 'serviceChannels', missing.join(' '));
			const general = index.generalDescription(service.generalDescriptionId);
			if (service.generalDescriptionId && !general)
				mended('missing_general_description', 'generalDescriptionId', service.generalDescriptionId);
			const draft = draftOf11(service, {
				where,
				mended,
				general,
				organisationName: (organisation) => index.organisationName(organisation),
				connected,
				complete: missing.length === 0,
				httpsHosts: index.httpsHosts
			});
			if (draft) yield draft;
			else skipped('no_name', id);
		}
	}
	index.reportUnused(report);
}
