import { m } from '#lib/paraglide/messages.js';

/** Why a file could not be read or written. A server may know reasons that this app does not. */
const words: Readonly<Record<string, () => string>> = {
	no_header: m.oldreg_no_header,
	empty: m.oldreg_empty,
	too_many: m.oldreg_too_many,
	bad_xml: m.import_reason_bad_xml,
	bad_zip: m.import_reason_bad_zip,
	cut_off: m.import_reason_cut_off,
	interrupted: m.import_reason_interrupted,
	not_csv: m.import_reason_not_csv,
	record_too_large: m.import_reason_record_too_large,
	too_large: m.import_reason_too_large,
	unavailable: m.import_reason_unavailable,
	unknown_format: m.import_reason_unknown_format,
	zip_too_large: m.import_reason_zip_too_large
};

export const failureReason = (code: string): string => (words[code] ?? m.import_reason_other)();
