import type { Locale } from '#lib/domain/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ErrorCode } from '#lib/protocol/errors.ts';

/**
 * The one place where error codes become words. Each text says what happened and what to do; that the visit is safe on the
 * phone is said around it.
 */
const texts: Readonly<
	Record<ErrorCode, (inputs: Record<string, never>, options: { locale: Locale }) => string>
> = {
	bad_encoding: m.error_refused,
	bad_json: m.error_refused,
	bad_text: m.error_bad_text,
	bad_request: m.error_refused,
	body_mismatch: m.error_refused,
	too_large: m.error_too_large,
	wrong_origin: m.error_wrong_origin,
	not_json: m.error_refused,
	protocol_unknown: m.error_protocol_unknown,
	not_found: m.error_not_found,
	sign_in: m.error_sign_in,
	device_unknown: m.error_device_unknown,
	device_revoked: m.error_device_revoked,
	bad_signature: m.error_bad_signature,
	not_allowed: m.error_not_allowed,
	step_up_needed: m.error_step_up_needed,
	code_wrong: m.error_code_wrong,
	too_many_tries: m.error_too_many_tries,
	directory_refused: m.error_directory_refused,
	directory_unknown: m.error_directory_unknown,
	directory_silent: m.error_directory_silent,
	directory_name_taken: m.error_directory_name_taken,
	printed_meanwhile: m.error_printed_meanwhile,
	changed_meanwhile: m.error_changed_meanwhile,
	passkey_refused: m.error_passkey_refused,
	op_reused: m.error_op_reused,
	fork: m.error_fork,
	unknown_collection: m.error_unknown_collection,
	invalid_value: m.error_invalid_value,
	too_many_fields: m.error_too_many_fields,
	desk_unknown: m.error_desk_unknown,
	desk_closed: m.error_desk_closed,
	not_yours: m.error_not_yours,
	seal_unknown_key: m.error_seal_unknown_key,
	seal_broken: m.error_seal_broken,
	erased: m.error_erased,
	busy: m.error_busy,
	storage_full: m.error_storage_full,
	unavailable: m.error_unavailable
};

/** An error code in plain words; a code of a newer server gets the general text. */
export function errorText(code: string, locale: Locale): string {
	const text = Object.hasOwn(texts, code) ? texts[code as ErrorCode] : m.error_general;
	return text({}, { locale });
}
