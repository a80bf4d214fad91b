import { languageTag } from '#lib/domain/language-texts.ts';
import { textFields } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import { harmless, markOf, markOfText } from './cell-text.ts';
import { facts, factNames } from './facts.ts';
import { factColumns, textColumns } from './sheet-columns.ts';

/** What a sheet is made for. */
export interface SheetLanguages {
	/** Language that is translated from, BCP 47. */
	source: string;
	/** Languages that are translated to. */
	targets: readonly string[];
}

/** Languages of one sheet at most. */
const MOST_LANGUAGES = 30;

/** Languages as somebody asks for them, `fi` and `ar,so`; undefined where they make no sheet. */
export function readSheetLanguages(source: string, to: string): SheetLanguages | undefined {
	const targets = [...new Set(to.split(/[\s,]+/).filter((tag) => tag !== ''))];
	const areTags = [source, ...targets].every((tag) => languageTag.safeParse(tag).success);
	const isSome = targets.length > 0 && targets.length <= MOST_LANGUAGES && !targets.includes(source);
	return areTags && isSome ? { source, targets } : undefined;
}

/** What people call an entry: its name in the source language, or in whichever there is. */
const nameOf = ({ name }: Service, language: string): string =>
	(name[language] ?? Object.values(name)[0])?.text ?? '';

/** The table of texts, header first: a row for each text that there is in the source language or in one to translate to. */
export async function* textRows(
	services: AsyncIterable<Service>,
	{ source, targets }: SheetLanguages
): AsyncGenerator<string[]> {
	yield textColumns(source, targets);
	for await (const service of services)
		for (const field of textFields) {
			const texts = service[field] ?? {};
			if (![source, ...targets].some((language) => texts[language])) continue;
			yield [
				service.id,
				harmless(nameOf(service, source)),
				field,
				harmless(texts[source]?.text ?? ''),
				...targets.flatMap((target) => {
					const text = texts[target];
					const beside = [text?.origin, text?.checked, text && harmless(text.checkedBy ?? '')];
					return [harmless(text?.text ?? ''), ...beside.map((cell) => cell ?? ''), markOfText(text)];
				}),
				markOf(texts[source]?.text ?? '')
			];
		}
}

/** The marks of an entry's facts, in their order; `n` for one that says nothing. */
const factMarks = (service: Service): string =>
	factNames.map((name) => markOf(facts[name].write(service)) || 'n').join(' ');

/** The table of facts, header first. */
export async function* factRows(services: AsyncIterable<Service>, source: string): AsyncGenerator<string[]> {
	yield [...factColumns];
	for await (const service of services)
		yield [
			service.id,
			harmless(nameOf(service, source)),
			...factNames.map((name) => harmless(facts[name].write(service))),
			factMarks(service)
		];
}
