import { DatabaseSync } from 'node:sqlite';
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
 * All records that services refer to, by id. What channels give to a service, some 2 kB each, lies in a temporary SQLite database that spills
 * to the disk: a million of them need no more memory than a few.
 */
export class CatalogueIndex implements Disposable {
	readonly #db = new DatabaseSync('');
	readonly #insert;
	readonly #fill;
	readonly #use;
	readonly #channelsOfService = new Map<string, string[]>();
	readonly #organisations = new Map<string, Texts>();
	readonly #general = new Map<string, DescribedTexts>();
	/** Hosts that a channel names with https. */
	readonly httpsHosts = new Set<string>();

	constructor() {
		// `given` is null for a channel that is there but gives nothing: not published, or not understood.
		this.#db.exec(
			'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;' +
				'CREATE TABLE channel (n INTEGER PRIMARY KEY, id TEXT UNIQUE, place TEXT, given TEXT, used INTEGER DEFAULT 0);' +
				'BEGIN'
		);
		this.#insert = this.#db.prepare(
			'INSERT INTO channel (id, place) VALUES (?, ?) ON CONFLICT (id) DO NOTHING'
		);
		this.#fill = this.#db.prepare('UPDATE channel SET given = ? WHERE id = ?');
		this.#use = this.#db.prepare('UPDATE channel SET used = 1 WHERE id = ? RETURNING given');
	}

	[Symbol.dispose](): void {
		this.#db.close();
	}

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
		if (this.#insert.run(id, where).changes === 0)
			return report({ where, id, outcome: 'skipped', code: 'duplicate_id' });
		if (channel.publishingStatus !== PUBLISHED)
			return report({ where, id, ...notPublished(channel.publishingStatus) });
		const given = channelOf11(channel, mendedBy(report, where, id));
		if (!given) return;
		this.#fill.run(JSON.stringify(given), id);
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
		const row = this.#use.get(id) as { given: string | null } | undefined;
		if (!row) return undefined;
		// Our own text, written above.
		return row.given === null ? null : (JSON.parse(row.given) as Channel);
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
		const unused = this.#db.prepare(
			'SELECT id, place FROM channel WHERE used = 0 AND given IS NOT NULL ORDER BY n'
		);
		for (const row of unused.iterate()) {
			const { id, place } = row as { id: string; place: string };
			report({ where: place, id, outcome: 'skipped', code: 'not_connected' });
		}
	}
}

/** The line for a record that is a draft, archived or withdrawn. */
export function notPublished(status: string): Pick<ReportLine, 'outcome' | 'code' | 'field' | 'found'> {
	return { outcome: 'skipped', code: 'not_published', field: 'publishingStatus', found: shown(status) };
}
