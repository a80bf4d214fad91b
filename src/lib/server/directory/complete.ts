import { criticalByTopic } from '#lib/directory/critical-topics.ts';
import { LONGEST_TEXT } from '#lib/domain/language-texts.ts';
import { serviceFields, type ServiceFields } from '#lib/domain/service.ts';
import type { Draft, ReportLine } from './draft.ts';

/** Where an import comes from, as whoever runs it says. */
export interface Origin {
	/** Name of the source: `suomi.fi`. The same name brings the same entries up to date. */
	from: string;
	format: NonNullable<ServiceFields['imported']>['format'];
	/** Civil date of the import, ISO 8601. */
	date: string;
}

type Fields = Partial<ServiceFields>;
type FieldName = keyof typeof serviceFields.shape;

const isField = (name: string): name is FieldName => Object.hasOwn(serviceFields.shape, name);

/** What a new entry says where its source is silent. */
function silent({ from, date }: Origin, { changed, fields }: Omit<Draft, 'raw'>): Fields {
	return {
		kind: (fields.municipalities ?? []).length > 0 ? 'local' : 'nationwide',
		links: [],
		phones: [],
		topics: [],
		serviceLanguages: [],
		municipalities: [],
		critical: criticalByTopic(fields.topics ?? []),
		source: { title: from, date: /^\d{4}-\d{2}-\d{2}/.exec(changed ?? '')?.[0] ?? date },
		verified: null,
		mayHandOver: true
	};
}

/** Texts without what no database takes, and none longer than a card holds. Calls `cut` where one was cut. */
function tidied(value: unknown, cut: () => void): unknown {
	if (Array.isArray(value)) return value.map((one) => tidied(one, cut));
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tidied(one, cut)]));
	if (typeof value !== 'string') return value;
	const text = value.toWellFormed().replaceAll('\0', '');
	if (text.length <= LONGEST_TEXT) return text;
	cut();
	return `${text.slice(0, LONGEST_TEXT - 1)}…`;
}

/**
 * A draft as fields of the directory: each one passes its schema, and one that does not is left out and reported. Undefined where
 * nothing is left that people could be shown, which is reported, too. `said` are the fields that the source itself has.
 */
export function complete(
	draft: Omit<Draft, 'raw'>,
	origin: Origin,
	report: (line: ReportLine) => void
): { said: Fields; whole: ServiceFields } | undefined {
	const { id, where } = draft;
	const said: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(draft.fields)) {
		if (!isField(name) || value === undefined) continue;
		const line = { where, id, outcome: 'mended', field: name } as const;
		let wasCut = false;
		const parsed = serviceFields.shape[name].safeParse(tidied(value, () => (wasCut = true)));
		if (parsed.success) said[name] = parsed.data;
		else report({ ...line, code: 'bad_value', found: JSON.stringify(value).slice(0, 80) });
		if (wasCut) report({ ...line, code: 'too_long' });
	}
	const imported = {
		format: draft.format ?? origin.format,
		from: origin.from,
		id,
		...(draft.changed ? { changed: draft.changed } : {})
	};
	// What was said has passed already, and most of an entry is that.
	const { name = {} } = said as Fields;
	const parsed = serviceFields.safeParse({ ...silent(origin, draft), name, imported });
	if (!parsed.success || Object.keys(name).length === 0) {
		report({ where, id, outcome: 'skipped', code: 'no_name' });
		return undefined;
	}
	return { said: { ...(said as Fields), imported }, whole: { ...parsed.data, ...(said as Fields) } };
}
