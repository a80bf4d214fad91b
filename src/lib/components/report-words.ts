import type { Fault, ServiceReport } from '#lib/domain/service-report.ts';
import { m } from '#lib/paraglide/messages.js';

const words: Readonly<Record<Fault, () => string>> = {
	phone: m.report_what_phone,
	hours: m.report_what_hours,
	address: m.report_what_address,
	closed: m.report_what_closed,
	language: m.report_what_language,
	link: m.report_what_link,
	other: m.report_what_other
};

/** What a report says is wrong; a code that is not known here is "something else". */
export const faultWords = (what: ServiceReport['what']): string =>
	what.map((code) => (Object.hasOwn(words, code) ? words[code as Fault] : words.other)()).join(', ');
