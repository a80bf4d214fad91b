import { m } from '#lib/paraglide/messages.js';

/** Why something of an import was left out, or why none of it came in. A server may know reasons that this app does not. */
const words: Readonly<Record<string, () => string>> = {
	address_failed: m.import_reason_address_failed,
	address_not_allowed: m.import_reason_address_not_allowed,
	address_private: m.import_reason_address_private,
	bad_coordinates: m.import_reason_bad_coordinates,
	bad_datapackage: m.import_reason_bad_datapackage,
	bad_date: m.import_reason_bad_date,
	bad_day: m.import_reason_bad_day,
	bad_email: m.import_reason_bad_email,
	bad_encoding: m.import_reason_bad_encoding,
	bad_link: m.import_reason_bad_link,
	bad_phone: m.import_reason_bad_phone,
	bad_postal_code: m.import_reason_bad_postal_code,
	bad_row: m.import_reason_bad_row,
	bad_id: m.import_reason_bad_id,
	exceptions_of_several: m.import_reason_exceptions_of_several,
	forbidden_key: m.import_reason_forbidden_key,
	lone_surrogate: m.import_reason_lone_surrogate,
	nul: m.import_reason_nul,
	too_many_keys: m.import_reason_too_many_keys,
	bad_rule: m.import_reason_bad_rule,
	bad_time: m.import_reason_bad_time,
	bad_value: m.import_reason_bad_value,
	bad_zip: m.import_reason_bad_zip,
	belongs_to_no_service: m.import_reason_belongs_to_no_service,
	cut_off: m.import_reason_cut_off,
	duplicate_id: m.import_reason_duplicate_id,
	empty: m.import_reason_empty,
	exception_too_long: m.import_reason_exception_too_long,
	http_link: m.import_reason_http_link,
	interrupted: m.import_reason_interrupted,
	latin_1: m.import_reason_latin_1,
	late_organization: m.import_reason_late_organization,
	missing_channels: m.import_reason_missing_channels,
	missing_general_description: m.import_reason_missing_general_description,
	no_date: m.import_reason_no_date,
	no_days: m.import_reason_no_days,
	no_hours: m.import_reason_no_hours,
	no_id: m.import_reason_no_id,
	no_name: m.import_reason_no_name,
	no_place: m.import_reason_no_place,
	not_a_list: m.import_reason_not_a_list,
	not_a_service: m.import_reason_not_a_service,
	not_an_object: m.import_reason_not_an_object,
	not_connected: m.import_reason_not_connected,
	not_csv: m.import_reason_not_csv,
	not_json: m.import_reason_not_json,
	not_published: m.import_reason_not_published,
	record_too_large: m.import_reason_record_too_large,
	text_cut: m.import_reason_text_cut,
	text_too_long: m.import_reason_text_too_long,
	too_deep: m.import_reason_too_deep,
	too_large: m.import_reason_too_large,
	too_long: m.import_reason_too_long,
	too_many: m.import_reason_too_many,
	too_many_places: m.import_reason_too_many_places,
	unavailable: m.import_reason_unavailable,
	unknown_area: m.import_reason_unknown_area,
	unknown_format: m.import_reason_unknown_format,
	unknown_holiday: m.import_reason_unknown_holiday,
	unknown_language: m.import_reason_unknown_language,
	unknown_municipality: m.import_reason_unknown_municipality,
	unknown_record: m.import_reason_unknown_record,
	unknown_value: m.import_reason_unknown_value,
	unsafe_link: m.import_reason_unsafe_link,
	zip_too_large: m.import_reason_zip_too_large
};

export const reasonWords = (code: string): string => (words[code] ?? m.import_reason_other)();

/** A format as people call it. */
export function formatName(format: string): string {
	const [, version] = /^ptv-(\d+)$/.exec(format) ?? [];
	if (version !== undefined) return m.import_format_ptv({ version });
	return format.replace(/^hsds-(json|csv)$/, (_, kind: string) => `HSDS (${kind.toUpperCase()})`);
}
