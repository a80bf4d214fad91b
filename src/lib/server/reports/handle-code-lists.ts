import { codeLists, topicGroups, type Code } from '#lib/domain/code-lists.ts';
import { languageName, languages, specialLanguages, type Locale } from '#lib/domain/languages.ts';
import { municipalities, municipalityName } from '#lib/domain/municipalities.ts';
import type { CodeListAnswer } from '#lib/protocol/code-lists.ts';
import { plainText } from '#lib/statistics/export-rows.ts';
import { publishedIds } from '#lib/statistics/published.ts';
import { publishedName } from '#lib/statistics/published-words.ts';

/** Names without the marks by which a tile breaks them. */
const named = (name: (locale: Locale) => string) => ({
	fi: plainText(name('fi')),
	sv: plainText(name('sv')),
	en: plainText(name('en'))
});

const outside = (code: Code) => ({
	id: code.id,
	...named((locale) => code[locale]),
	...(code.retired ? { retired: true } : {}),
	...(code.sensitive ? { sensitive: true } : {}),
	...(code.replacedBy ? { replacedBy: [...code.replacedBy] } : {})
});

/** The lists as they are in this version, retired codes included. */
const answer = (): CodeListAnswer => ({
	lists: Object.fromEntries(
		Object.entries(codeLists).map(([id, list]) => [
			id,
			{ ...named((locale) => list[locale]), codes: list.codes.map(outside) }
		])
	),
	topicGroups: topicGroups.map(outside),
	municipalities: municipalities().map(({ code }) => ({
		code,
		...named((locale) => municipalityName(code, locale))
	})),
	languages: [...languages().map(({ code }) => code), ...specialLanguages].map((code) => ({
		code,
		...named((locale) => languageName(code, locale))
	})),
	rest: publishedIds.flatMap((dimension) =>
		['', 'other'].map((name) => ({
			dimension,
			class: name,
			...named((locale) => publishedName(dimension, name, locale))
		}))
	)
});

/** `GET /api/v1/code-lists`: what the codes in figures mean. Nobody's secret: it needs no sign-in. */
export const handleCodeLists = (): Response => Response.json(answer());
