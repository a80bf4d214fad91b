import type { JsonValue } from '#lib/domain/json.ts';
import {
	BadInput,
	type Draft,
	type InputFile,
	type Reader,
	type ReportLine
} from '#lib/server/directory/draft.ts';
import { decodeText } from './decode-text.ts';
import { isRecord, recordOf, teller, textOf, type HsdsRecord } from './hsds-record.ts';
import { readHsdsService, type HsdsOptions } from './hsds-service.ts';
import { jsonPieces } from './json-pieces.ts';
import { recordIn } from './report-line.ts';

/** Members that hold services one by one: of an organisation or a file, and of a page of the API. */
const LISTS = new Set(['services', 'contents']);

/** Bytes of services that wait for more of their places, at most: as much as a service register of a whole country. */
const MOST_WAITING = 200_000_000;

/** Members that of all records of HSDS only a service has. */
const OF_SERVICES = [
	'status',
	'organization',
	'service_at_locations',
	'service_areas',
	'application_process',
	'eligibility_description',
	'fees_description',
	'required_documents',
	'cost_options',
	'interpretation_services',
	'assured_date',
	'last_modified'
];

const isService = (record: HsdsRecord) => OF_SERVICES.some((member) => member in record);

/** Whether a record that stands alone is a service or holds one. */
const holdsService = (record: HsdsRecord) =>
	isService(record) || isRecord(record.service) || Array.isArray(record.services);

/** A service with its organisation as a member, as HSDS nests it; what a service says of its own organisation stays. */
const withOrganization = (service: JsonValue, organization: HsdsRecord): JsonValue =>
	isRecord(service) ? { organization, ...service } : service;

/**
 * Services of a list of `service_at_location`: the same service comes once for each of its places, anywhere in the list.
 * They wait as UTF-8 outside the heap until the list has ended.
 */
class WaitingServices {
	#services = new Map<string, { where: string; service: Buffer; places: Buffer[] }>();
	#bytes = 0;

	add(service: HsdsRecord, place: HsdsRecord, where: string) {
		const id = textOf(service, 'id');
		const packed = (value: HsdsRecord) => {
			const bytes = Buffer.from(JSON.stringify(value));
			this.#bytes += bytes.length;
			if (this.#bytes > MOST_WAITING)
				throw new BadInput('too_large', 'More places than fit into memory: export the services instead');
			return bytes;
		};
		const known = this.#services.get(id);
		if (known) known.places.push(packed(place));
		else this.#services.set(id, { where, service: packed(service), places: [packed(place)] });
	}

	*all(): Generator<{ service: HsdsRecord; where: string }> {
		const parsed = (bytes: Buffer) => JSON.parse(bytes.toString()) as HsdsRecord;
		for (const { where, service, places } of this.#services.values())
			yield { service: { ...parsed(service), service_at_locations: places.map(parsed) }, where };
	}
}

class JsonReader {
	readonly #options: HsdsOptions;
	readonly #report: (line: ReportLine) => void;
	readonly #waiting = new WaitingServices();
	readonly #seen = new Set<string>();
	#records = 0;

	constructor(options: HsdsOptions, report: (line: ReportLine) => void) {
		this.#options = options;
		this.#report = report;
	}

	*#service(service: HsdsRecord, where: string): Generator<Draft> {
		const id = textOf(service, 'id');
		if (id !== '' && this.#seen.has(id)) {
			teller(this.#report, where, id)('skipped', 'duplicate_id', 'id', id);
			return;
		}
		const draft = readHsdsService(service, where, this.#options, this.#report);
		if (!draft) return;
		this.#seen.add(draft.id);
		yield draft;
	}

	/** One record of any kind that can hold a service. `sure`: it stood where only services stand. */
	*record(value: unknown, where: string, sure = false): Generator<Draft> {
		this.#records += 1;
		const tell = teller(this.#report, where, isRecord(value) ? textOf(value, 'id') : '');
		if (!isRecord(value)) return tell('skipped', 'not_a_service', '', value);
		const within = recordOf(value, 'service');
		if (within) {
			const { service: _service, ...place } = value;
			this.#waiting.add(within, place, where);
		} else if (Array.isArray(value.services) && !('status' in value)) {
			const { services, ...organization } = value;
			for (const service of Array.isArray(services) ? services : [])
				yield* this.record(withOrganization(service, organization), where, true);
		} else if (sure || isService(value)) yield* this.#service(value, where);
		else tell('skipped', 'not_a_service');
	}

	async *read(file: InputFile): AsyncGenerator<Draft> {
		/** The organisation whose services go out, as far as it stood before them. */
		let organization: HsdsRecord | undefined;
		let listed = false;
		let roots = 0;
		for await (const piece of jsonPieces(decodeText(file.open(), 'file', this.#report), LISTS)) {
			if (piece.kind === 'open') {
				listed = true;
				if (piece.list === 'services' && 'id' in piece.members) organization = { ...piece.members };
				continue;
			}
			const where = recordIn(file, `${this.#records + 1}, line ${piece.line}`);
			if (piece.kind === 'item') {
				const value = organization ? withOrganization(piece.value, organization) : piece.value;
				yield* this.record(value, where, piece.list === 'services');
				continue;
			}
			roots += 1;
			if (listed || Array.isArray(piece.value)) this.#late(piece.value, organization, where);
			else if (isRecord(piece.value) && (roots > 1 || holdsService(piece.value)))
				yield* this.record(piece.value, where);
			else if (roots === 1) throw new BadInput('unknown_format', 'This JSON holds no services of HSDS');
			else teller(this.#report, where)('skipped', 'not_a_service', '', piece.value);
			organization = undefined;
			listed = false;
		}
		if (roots === 0) throw new BadInput('empty', 'The file is empty');
	}

	/** Services that waited for their places. */
	*rest(): Generator<Draft> {
		for (const { service, where } of this.#waiting.all()) yield* this.#service(service, where);
	}

	/** Reports what an organisation said behind its services: they had gone out by then. */
	#late(value: unknown, organization: HsdsRecord | undefined, where: string) {
		if (!isRecord(value) || !('id' in value)) return;
		const late = Object.keys(value).filter((member) => !organization || !(member in organization));
		if (late.length)
			teller(this.#report, where, textOf(value, 'id'))(
				'mended',
				'late_organization',
				'organization',
				late.join(', ')
			);
	}
}

/**
 * Reads services of HSDS 3.0 and 3.1 from JSON: one service, an organisation with its services, a `service_at_location`, lists
 * of these (`[…]`, `{"services": […]}`, a page of the API with `contents`), and one record a line (NDJSON). Holds one record at
 * a time; only services of `service_at_location` records wait for the end of the file.
 *
 * Throws `BadInput`: `empty`, `unknown_format`, `not_json` (with the line; comments too), `cut_off`, `too_deep`,
 * `record_too_large`, `too_large`. The entries before a fault have been given out by then: who takes them in takes all or none.
 */
export function readHsdsJson(options: HsdsOptions): Reader {
	return async function* (files, report) {
		const reader = new JsonReader(options, report);
		for (const file of files) yield* reader.read(file);
		yield* reader.rest();
	};
}
