import { MISSING, type Fault, type ServiceReport } from '#lib/domain/service-report.ts';
import { m } from '#lib/paraglide/messages.js';

const words: Readonly<Record<Fault | typeof MISSING, () => string>> = {
	phone: m.report_what_phone,
	hours: m.report_what_hours,
	address: m.report_what_address,
	closed: m.report_what_closed,
	language: m.report_what_language,
	link: m.report_what_link,
	other: m.report_what_other,
	[MISSING]: m.report_what_missing
};

/** What a report says is wrong; a code that is not known here is "something else". */
export const faultWords = (what: ServiceReport['what']): string =>
	what
		.map((code) => (Object.hasOwn(words, code) ? words[code as keyof typeof words] : words.other)())
		.join(', ');
