import { languageTag } from '#lib/domain/language-texts.ts';
import {
	currentMunicipality,
	municipalities,
	municipality,
	municipalityName
} from '#lib/domain/municipalities.ts';
import { serviceFields, type Service, type ServiceFields } from '#lib/domain/service.ts';
import { e164 } from '#lib/server/directory/import/e164.ts';
import { BadFact } from './bad-fact.ts';
import { dateInCell } from './date-in-cell.ts';
import { readHours, writeHours } from './hours-text.ts';

/** What is known beside the cell when it is read. */
interface FactContext {
	/** The entry as it stands. */
	service: Service;
	/** Where new facts come from, and of which day they are: civil date. */
	source: { title: string; date: string };
}

/** A fact of a service as one cell that people can read and change. */
interface Fact {
	write(service: Service): string;
	/** The value of the field; throws `BadFact`. */
	read(cell: string, context: FactContext): unknown;
}

const linesOf = (cell: string): string[] =>
	cell
		.split(/[\n;]/)
		.map((line) => line.trim())
		.filter((line) => line !== '');

/** A value of this shape, or the code. */
function ofShape<Name extends keyof ServiceFields>(
	name: Name,
	value: unknown,
	code: string,
	cell: string
): unknown {
	const parsed = serviceFields.shape[name].safeParse(value);
	if (!parsed.success) throw new BadFact(code, cell);
	return parsed.data;
}

/** The code of a municipality that is named by its code or by its name. */
function municipalityCode(line: string): string {
	const code = /^\d{1,3}\b/.exec(line)?.[0].padStart(3, '0');
	const name = line.toLowerCase();
	const found =
		code === undefined
			? municipalities().find(({ fi, sv }) => fi.toLowerCase() === name || sv.toLowerCase() === name)?.code
			: municipality(currentMunicipality(code))?.code;
	if (found === undefined) throw new BadFact('unknown_municipality', line);
	return found;
}

/** A line as `number language`: the one of the entry that it is, or a new one. */
function phone(line: string, { service, source }: FactContext): ServiceFields['phones'][number] {
	const [, written = '', language] =
		/^(.*?)(?:(?<!\s)\s+([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?$/.exec(line) ?? [];
	const number = e164(written, 'FI');
	if (number === undefined) throw new BadFact('bad_phone', line);
	const known = service.phones.find((one) => one.number === number && one.language === language);
	return known ?? { number, ...(language !== undefined && { language }), source };
}

function link(line: string): ServiceFields['links'][number] {
	const [, language = '', url = ''] = /^(\S+)\s+(\S+)$/.exec(line) ?? [];
	if (!languageTag.safeParse(language).success || !/^https:\/\/[^\s<>"]+$/.test(url))
		throw new BadFact('bad_link', line);
	return { language, url };
}

/** The facts of a sheet, by the field that they are. */
export const facts = {
	municipalities: {
		write: ({ municipalities: codes }) =>
			codes.map((code) => `${code} ${municipalityName(code, 'fi')}`).join('\n'),
		read: (cell) => linesOf(cell).map(municipalityCode)
	},
	phones: {
		write: ({ phones }) =>
			phones.map(({ number, language }) => `${number} ${language ?? ''}`.trim()).join('\n'),
		read: (cell, context) => linesOf(cell).map((line) => phone(line, context))
	},
	emails: {
		write: ({ emails }) => (emails ?? []).join('\n'),
		read: (cell) => ofShape('emails', linesOf(cell), 'bad_email', cell)
	},
	links: {
		write: ({ links }) => links.map(({ language, url }) => `${language} ${url}`).join('\n'),
		read: (cell) => cell.split('\n').map((line) => line.trim()).filter((line) => line !== '').map(link) // prettier-ignore
	},
	serviceLanguages: {
		write: ({ serviceLanguages }) => serviceLanguages.join(', '),
		read: (cell) =>
			ofShape('serviceLanguages', cell.split(/[\s,;]+/).filter(Boolean), 'unknown_language', cell)
	},
	hours: {
		write: ({ hours }) => writeHours(hours),
		read: (cell, { service }) => readHours(cell, service.hours)
	},
	verified: {
		write: ({ verified }) => (verified ? `${verified.on} ${verified.by}` : ''),
		read: (cell, { source }) => {
			const [, day = '', by = ''] = /^(\S+)\s+(\S.*)$/s.exec(cell.trim()) ?? [];
			const on = dateInCell(day);
			if (on === undefined || by === '' || on > source.date) throw new BadFact('bad_date', cell);
			return { on, by };
		}
	}
} as const satisfies Partial<Record<keyof ServiceFields, Fact>>;

export type FactName = keyof typeof facts;

export const factNames = Object.keys(facts) as FactName[];
