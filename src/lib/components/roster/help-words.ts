import { sourceText } from '#lib/components/service-words.ts';
import { formatPhone } from '#lib/directory/phone-number.ts';
import { helpWays } from '#lib/domain/codes/help-ways.ts';
import type { LanguageHelp } from '#lib/domain/language-help.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import { m } from '#lib/paraglide/messages.js';

/** How it is given, on one line; a code of a newer version by its id. */
export const waysWords = ({ ways }: LanguageHelp, locale: Locale): string =>
	ways
		.map((way) => helpWays.codes.find(({ id }) => id === way)?.[locale] ?? way)
		.map((words, at) => (at === 0 ? words : words.toLocaleLowerCase(locale)))
		.join(', ');

export const providerWords = ({ provider, bought }: LanguageHelp): string =>
	bought ? m.roster_bought({ provider }) : provider;

/** Place and municipality; empty where neither is said. */
export const whereWords = ({ place, municipality }: LanguageHelp, locale: Locale): string =>
	[place, municipality && municipalityName(municipality, locale)].filter(Boolean).join(', ');

/** Where its number is from. */
export const phoneSource = ({ source, date }: NonNullable<LanguageHelp['phone']>, locale: Locale): string =>
	sourceText({ title: source, date }, locale);

/** What somebody needs to reach it, for the clipboard. */
export const contactText = (help: LanguageHelp, locale: Locale): string =>
	[
		help.provider,
		waysWords(help, locale),
		whereWords(help, locale),
		help.phone && `${formatPhone(help.phone.number)} (${phoneSource(help.phone, locale)})`,
		help.booking
	]
		.filter(Boolean)
		.join('\n');
