import { canonicalJson, type JsonValue } from '#lib/domain/json.ts';
import type { Service } from '#lib/domain/service.ts';
import type { Draft } from '#lib/server/directory/draft.ts';
import { partId } from '#lib/server/directory/import/hsds-place.ts';
import {
	isRecord,
	listOf,
	recordOf,
	textOf,
	type HsdsRecord
} from '#lib/server/directory/import/hsds-record.ts';
import {
	readHsdsService,
	textLanguage,
	type HsdsOptions
} from '#lib/server/directory/import/hsds-service.ts';
import { topicOf } from '#lib/server/directory/import/hsds-terms.ts';
import {
	hsdsAreas,
	hsdsLanguages,
	hsdsPhones,
	hsdsPlace,
	hsdsSchedules,
	hsdsTopics,
	put,
	said,
	without,
	type PartsOf
} from './hsds-parts.ts';

type Fields = Draft['fields'];

const silent = () => undefined;

/** Status here and in HSDS. */
const STATUS = { active: 'active', paused: 'temporarily closed', ended: 'defunct' } as const;

/** What a service says in one field, and how it is written into a record of HSDS. */
interface Written {
	/** The parts of the field that HSDS can hold, to see whether somebody changed it. */
	view(fields: Fields, of: PartsOf): JsonValue;
	write(record: HsdsRecord, fields: Fields, of: PartsOf, before: Fields): void;
}

function words(field: 'name' | 'eligibility' | 'apply', member: string): Written {
	return {
		view: (fields, of) => said(fields[field], of) ?? null,
		write: (record, fields, of) => put(record, member, said(fields[field], of))
	};
}

/** Hours without their texts in other languages. */
const hoursView = (hours: Fields['hours'], of: PartsOf): JsonValue =>
	hours ? hsdsSchedules(hours, of) : null;

const phonesView = (phones: Fields['phones'], of: PartsOf): JsonValue => hsdsPhones(phones ?? [], of);

const placeView = (place: NonNullable<Fields['places']>[number], of: PartsOf): JsonValue => [
	hsdsPlace(place, of),
	place.municipality ?? null
];

const WRITTEN: readonly Written[] = [
	words('name', 'name'),
	words('eligibility', 'eligibility_description'),
	words('apply', 'application_process'),
	{
		view: (fields, of) => said(fields.description ?? fields.summary, of) ?? null,
		write: (record, fields, of) => put(record, 'description', said(fields.description ?? fields.summary, of))
	},
	{
		view: (fields, of) => said(fields.fees, of) ?? null,
		write: (record, fields, of) => {
			put(record, 'fees_description', said(fields.fees, of));
			// The words held the prices too.
			delete record.cost_options;
			delete record.fees;
		}
	},
	{
		view: (fields, of) => said(fields.bring, of) ?? null,
		write: (record, fields, of) => {
			const document = said(fields.bring, of);
			put(
				record,
				'required_documents',
				document ? [{ id: partId('bring', of.service), document }] : undefined
			);
		}
	},
	{
		view: (fields, of) => said(fields.provider, of) ?? null,
		write: (record, fields, of) => {
			const name = said(fields.provider, of);
			const came = recordOf(record, 'organization');
			const made = { id: partId(name ?? '', 'organization'), description: name ?? '' };
			put(record, 'organization', name ? { ...made, ...came, name } : undefined);
		}
	},
	{
		view: (fields) => fields.links?.map((link) => link.url) ?? [],
		write: (record, fields, of) => {
			const [url, ...more] = fields.links?.map((link) => link.url) ?? [];
			put(record, 'url', url);
			const additional = more.map((other) => ({ id: partId(`url ${other}`, of.service), url: other }));
			put(record, 'additional_urls', additional.length ? additional : undefined);
		}
	},
	{
		view: (fields, of) => phonesView(fields.phones, of),
		write: (record, fields, of) => {
			put(record, 'phones', hsdsPhones(fields.phones ?? [], of));
			if ('contacts' in record) record.contacts = without(record, 'contacts', 'phones');
			const organization = recordOf(record, 'organization');
			if (organization) record.organization = { ...organization, phones: [] };
		}
	},
	{
		view: (fields) => fields.emails ?? [],
		write: (record, fields, of) => {
			const [email, ...more] = fields.emails ?? [];
			put(record, 'email', email);
			const contacts = without(record, 'contacts', 'email');
			contacts.push(...more.map((other) => ({ id: partId(`mail ${other}`, of.service), email: other })));
			put(record, 'contacts', contacts.length ? contacts : undefined);
		}
	},
	{
		view: (fields, of) => (fields.places ?? []).map((place) => placeView(place, of)),
		write: (record, fields, of, before) => {
			const came = listOf(record, 'service_at_locations', silent);
			const idOf = (site: HsdsRecord) =>
				partId(
					textOf(site, 'id') || textOf(recordOf(site, 'location') ?? {}, 'id') || textOf(site, 'location_id'),
					of.service
				);
			const same = (place: Parameters<typeof placeView>[0]) => {
				const old = before.places?.find(({ id }) => id === place.id);
				return old && canonicalJson(placeView(old, of)) === canonicalJson(placeView(place, of));
			};
			const known = new Set(before.places?.map((place) => place.id));
			// What is no place here, a virtual one, stays.
			const sites = came.filter((site) => !known.has(idOf(site)));
			for (const place of fields.places ?? []) {
				const site = came.find((one) => idOf(one) === place.id);
				sites.push(site && same(place) ? site : hsdsPlace(place, of, site));
			}
			put(record, 'service_at_locations', sites.length ? sites : undefined);
		}
	},
	{
		view: (fields, of) => hoursView(fields.hours, of),
		write: (record, fields, of) => put(record, 'schedules', fields.hours && hsdsSchedules(fields.hours, of))
	},
	{
		view: (fields) => fields.status ?? 'active',
		write: (record, fields) => put(record, 'status', STATUS[fields.status ?? 'active'])
	},
	{
		view: (fields) => fields.topics ?? [],
		write: (record, fields, of) => {
			const others = listOf(record, 'attributes', silent).filter((attribute) => {
				const term = recordOf(attribute, 'taxonomy_term') ?? {};
				return topicOf({ code: textOf(term, 'code'), name: textOf(term, 'name') }) === undefined;
			});
			put(record, 'attributes', [...others, ...hsdsTopics(fields.topics ?? [], of)]);
		}
	},
	{
		view: (fields) => fields.serviceLanguages ?? [],
		write: (record, fields, of) => put(record, 'languages', hsdsLanguages(fields.serviceLanguages ?? [], of))
	},
	{
		view: (fields) => fields.municipalities ?? [],
		write: (record, fields, of) => put(record, 'service_areas', hsdsAreas(fields.municipalities ?? [], of))
	}
];

/**
 * A service as a full object of HSDS 3.0, in one language: HSDS has one for each record. What came in as HSDS goes out as it
 * came, with what was changed here put over it; anything else is built new. Links beyond the first stand in `additional_urls`,
 * which 3.1 added and 3.0 allows.
 *
 * @param raw the record as it came (`Draft.raw`); undefined where the service did not come as HSDS
 * @param options as at the import of `raw`; for a new record its `language`
 */
export function hsdsService(service: Service, raw: JsonValue | undefined, options: HsdsOptions): HsdsRecord {
	const came = raw !== undefined && isRecord(raw) ? raw : undefined;
	const of = {
		service: came ? textOf(came, 'id') : service.id,
		language: came ? textLanguage(came, options) : options.language
	};
	const before: Fields = (came && readHsdsService(came, '', options, silent)?.fields) ?? {};
	const record: HsdsRecord = came
		? { ...came }
		: { id: service.id, name: anyText(service, of), status: 'active' };
	for (const { view, write } of WRITTEN)
		if (canonicalJson(view(service, of)) !== canonicalJson(view(before, of)))
			write(record, service, of, before);
	// Both are required: a name may stand in another language only.
	if (textOf(record, 'name') === '') record.name = anyText(service, of);
	if (textOf(record, 'status') === '' && !came) record.status = 'active';
	if (service.verified && service.verified.on > textOf(record, 'assured_date'))
		record.assured_date = service.verified.on;
	return record;
}

/** The service's name in the language that goes out, else in any. */
function anyText({ name }: Service, of: PartsOf): string {
	return said(name, of) ?? Object.values(name)[0]?.text ?? '';
}
