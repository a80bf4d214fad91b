import type { TextField } from '#lib/domain/service-record.ts';
import { m } from '#lib/paraglide/messages.js';

const words: Readonly<Record<TextField, () => string>> = {
	name: m.edit_field_name,
	summary: m.edit_field_summary,
	description: m.service_description,
	eligibility: m.service_eligibility,
	apply: m.service_apply,
	bring: m.service_bring,
	fees: m.service_fees,
	address: m.service_address,
	provider: m.service_provider
};

/** A text field by its name on the card. */
export const textWords = (field: TextField): string => words[field]();
