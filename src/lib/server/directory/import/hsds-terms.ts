import { topicIds } from '#lib/domain/code-lists.ts';
import { language, languages } from '#lib/domain/languages.ts';
import { currentMunicipality, municipalities, municipality } from '#lib/domain/municipalities.ts';
import type { ServiceFields } from '#lib/domain/service.ts';

/** What the words of other vocabularies are called here: topics, languages, municipalities, status. */

/** Terms of Open Eligibility and of the directories that follow it, in small letters, and the topic each one means. */
const TOPICS = new Map<string, string>([
	['housing', 'housing'],
	['help find housing', 'housing.finding-home'],
	['housing advice', 'housing'],
	['help pay for housing', 'social-security.housing-allowance'],
	['emergency shelter', 'housing.homelessness'],
	['homelessness', 'housing.homelessness'],
	['health', 'health'],
	['medical care', 'health'],
	['dental care', 'health.dental'],
	['mental health', 'health.mental-health'],
	['mental health care', 'health.mental-health'],
	['addiction & recovery', 'health.substance-use'],
	['substance abuse', 'health.substance-use'],
	['education', 'education'],
	['more education', 'education.adult-education'],
	['english as a second language (esl)', 'language'],
	['foreign languages', 'language'],
	['work', 'work'],
	['employment', 'work'],
	['help find work', 'work.job-search'],
	['skills & training', 'work'],
	['legal', 'rights-safety'],
	['legal aid', 'rights-safety.legal-aid'],
	['advocacy & legal aid', 'rights-safety.legal-aid'],
	['discrimination & civil rights', 'rights-safety.discrimination'],
	['help escape violence', 'rights-safety.violence'],
	['domestic violence', 'rights-safety.violence'],
	['immigration', 'permits'],
	['citizenship & immigration', 'permits'],
	['money', 'money'],
	['financial assistance', 'social-security.social-assistance'],
	['financial education', 'money'],
	['debt advice', 'money.debt'],
	['tax preparation', 'money.tax'],
	['childcare', 'family.early-childhood'],
	['parenting education', 'family.parenting-support'],
	['translation & interpretation', 'everyday.interpreting'],
	['transit', 'everyday.public-transport']
]);

const known = new Set(topicIds);

/** The topic that a taxonomy term means, by our own code or by its name; undefined where the table has none. */
export function topicOf(term: { code: string; name: string }): string | undefined {
	if (known.has(term.code)) return term.code;
	return TOPICS.get(term.name.toLowerCase());
}

const named = new Map(
	languages().flatMap(({ code, own, fi, sv, en }) =>
		[own, fi, sv, en].filter((name) => name !== '').map((name) => [name.toLowerCase(), code] as const)
	)
);
const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** BCP 47 tag for a code of ISO 639-1, 639-2 or 639-3, a tag, or a name; undefined for what is no language. */
export function languageOf(code: string, name = ''): string | undefined {
	const ours = language(code.toLowerCase());
	if (ours && ours.code !== 'other' && ours.code !== 'unknown') return ours.code;
	if (/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(code)) {
		const tag = canonicalTag(code.replaceAll('_', '-'));
		const [main = ''] = (tag ?? '').split('-');
		if (tag && main !== 'und' && english.of(main) !== undefined) return tag;
	}
	return named.get((name || code).toLowerCase());
}

function canonicalTag(tag: string): string | undefined {
	try {
		return Intl.getCanonicalLocales(tag)[0];
	} catch {
		// No tag at all, or one with the same part twice.
		return undefined;
	}
}

const fold = (text: string) => text.trim().normalize('NFC').toLowerCase();
let byName: Map<string, string> | undefined;

/** Code of a Finnish municipality from its code (`091`) or its Finnish or Swedish name; undefined for other places. */
export function municipalityOf(text: string): string | undefined {
	const code = currentMunicipality(text.trim());
	if (municipality(code)) return code;
	byName ??= new Map(municipalities().flatMap(({ code, fi, sv }) => [[fold(fi), code], [fold(sv), code]])); // prettier-ignore
	return byName.get(fold(text));
}

/** Status of HSDS and what it means here: `inactive` may come back, `defunct` does not. */
export const STATUS: ReadonlyMap<string, NonNullable<ServiceFields['status']>> = new Map([
	['active', 'active'],
	['inactive', 'paused'],
	['temporarily closed', 'paused'],
	['defunct', 'ended']
]);
