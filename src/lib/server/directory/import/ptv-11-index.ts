import type { Texts } from '#lib/domain/language-texts.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { ReportLine } from '#lib/server/directory/draft.ts';
import { channelOf11, displayNames, type Channel } from './ptv-11-channel.ts';
import { channel11, generalDescription11, organisation11 } from './ptv-11-schema.ts';
import { describedTexts, type DescribedTexts } from './ptv-11-service.ts';
import { webAddress } from './ptv-contacts.ts';
import { mendedBy, shown } from './report-line.ts';

/** Kinds of records of version 11. */
export type RecordKind = 'service' | 'channel' | 'organisation' | 'general-description';

/** What a record is; undefined for what is none of these. Told by the members that only it has, because no record names its kind. */
export function kindOf11(record: JsonValue): RecordKind | undefined {
	if (typeof record !== 'object' || record === null || Array.isArray(record)) return undefined;
	if ('serviceNames' in record) return 'service';
	if ('serviceChannelNames' in record) return 'channel';
	if ('organizationNames' in record) return 'organisation';
	return 'names' in record && 'descriptions' in record ? 'general-description' : undefined;
}

/** Only published records are for the public; all others are skipped. */
export const PUBLISHED = 'Published';

/**
 * All records that services refer to, by id. A channel is kept as the bytes of what it gives to a service, some 2 kB, so that 100 000
 * of them fit into memory.
 */
export class CatalogueIndex {
	/** Null for a channel that is there but gives nothing: not published, or not understood. */
	readonly #channels = new Map<string, { where: string; bytes: Buffer } | null>();
	readonly #channelsOfService = new Map<string, string[]>();
	readonly #organisations = new Map<string, Texts>();
	readonly #general = new Map<string, DescribedTexts>();
	readonly #used = new Set<string>();
	/** Hosts that a channel names with https. */
	readonly httpsHosts = new Set<string>();

	/** Takes in a record that is no service. */
	add(
		record: JsonValue,
		kind: Exclude<RecordKind, 'service'>,
		where: string,
		report: (line: ReportLine) => void
	): void {
		if (kind === 'channel') this.#addChannel(record, where, report);
		else if (kind === 'organisation') this.#addOrganisation(record, where, report);
		else this.#addGeneralDescription(record, where, report);
	}

	#addChannel(record: JsonValue, where: string, report: (line: ReportLine) => void): void {
		const read = channel11.safeParse(record);
		if (!read.success) return report({ where, outcome: 'skipped', code: 'no_id' });
		const channel = read.data;
		const { id } = channel;
		if (this.#channels.has(id)) return report({ where, id, outcome: 'skipped', code: 'duplicate_id' });
		if (channel.publishingStatus !== PUBLISHED) {
			this.#channels.set(id, null);
			return report({ where, id, ...notPublished(channel.publishingStatus) });
		}
		const given = channelOf11(channel, mendedBy(report, where, id));
		this.#channels.set(id, given ? { where, bytes: Buffer.from(JSON.stringify(given)) } : null);
		if (!given) return;
		for (const { url } of given.links) {
			const address = webAddress(url);
			if (address?.scheme === 'https') this.httpsHosts.add(address.host);
		}
		for (const { service } of channel.services) {
			if (service)
				this.#channelsOfService.set(service.id, [...(this.#channelsOfService.get(service.id) ?? []), id]);
		}
	}

	#addOrganisation(record: JsonValue, where: string, report: (line: ReportLine) => void): void {
		const read = organisation11.safeParse(record);
		if (!read.success) return report({ where, outcome: 'skipped', code: 'no_id' });
		const { id, organizationNames, displayNameType } = read.data;
		const mended = mendedBy(report, where, id);
		const name = displayNames(organizationNames, displayNameType, 'organizationNames', mended);
		if (name) this.#organisations.set(id, name);
	}

	#addGeneralDescription(record: JsonValue, where: string, report: (line: ReportLine) => void): void {
		const read = generalDescription11.safeParse(record);
		if (!read.success) return report({ where, outcome: 'skipped', code: 'no_id' });
		const { id, publishingStatus } = read.data;
		if (publishingStatus !== PUBLISHED) return report({ where, id, ...notPublished(publishingStatus) });
		this.#general.set(id, describedTexts(read.data, mendedBy(report, where, id)));
	}

	/**
	 * The channel with this id for a service: null where it is there but gives nothing, undefined where the input has none.
	 */
	channel(id: string): Channel | null | undefined {
		this.#used.add(id);
		const found = this.#channels.get(id);
		if (!found) return found;
		// Our own bytes, written above.
		const channel: Channel = JSON.parse(found.bytes.toString());
		return channel;
	}

	/** Ids of the channels that name this service. */
	channelsOf(serviceId: string): readonly string[] {
		return this.#channelsOfService.get(serviceId) ?? [];
	}

	organisationName(id: string): Texts | undefined {
		return this.#organisations.get(id);
	}

	generalDescription(id: string): DescribedTexts | undefined {
		return this.#general.get(id);
	}

	/** Says which channels no service asked for. */
	reportUnused(report: (line: ReportLine) => void): void {
		for (const [id, found] of this.#channels) {
			if (found && !this.#used.has(id))
				report({ where: found.where, id, outcome: 'skipped', code: 'not_connected' });
		}
	}
}

/** The line for a record that is a draft, archived or withdrawn. */
export function notPublished(status: string): Pick<ReportLine, 'outcome' | 'code' | 'field' | 'found'> {
	return { outcome: 'skipped', code: 'not_published', field: 'publishingStatus', found: shown(status) };
}
