import { m } from '#lib/paraglide/messages.js';
import type { ApiFailure } from './api.ts';

/** Why the server gave no answer, for people. */
export function failureWords(failure: ApiFailure): string {
	return {
		offline: m.office_offline,
		sign_in: m.office_sign_in,
		not_allowed: m.office_not_allowed,
		missing: m.office_other,
		taken: m.error_directory_name_taken,
		meanwhile: m.error_printed_meanwhile,
		changed: m.error_changed_meanwhile,
		often: m.error_too_many_tries,
		step_up: m.error_step_up_needed,
		other: m.office_other
	}[failure]();
}
