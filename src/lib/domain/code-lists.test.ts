import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
	asked,
	codeLists,
	findCode,
	isSensitiveTopic,
	label,
	offered,
	topicGroupOf,
	topicGroups,
	topicIds,
	type ListId
} from '#lib/domain/code-lists.ts';

const lists = Object.entries(codeLists) as [ListId, (typeof codeLists)[ListId]][];
const locales = ['fi', 'sv', 'en'] as const;

describe('code lists', () => {
	it('are 21, with 15 topic groups and 86 topics', () => {
		expect(lists).toHaveLength(21);
		expect(topicGroups).toHaveLength(15);
		expect(codeLists.topic.codes).toHaveLength(86);
		expect(topicIds).toHaveLength(15 + 86);
	});

	it('have unique ids within a list', () => {
		for (const [id, { codes }] of lists)
			expect(new Set(codes.map((code) => code.id)).size, id).toBe(codes.length);
		expect(new Set(topicIds).size).toBe(topicIds.length);
	});

	it('are labelled in three languages', () => {
		for (const labels of [
			...lists.flatMap(([, list]) => [list, ...list.codes]),
			...topicGroups.flatMap((group) => [group, group.short])
		])
			for (const locale of locales) expect(labels[locale].trim(), JSON.stringify(labels)).toMatch(/\S/);
	});

	it('keep tile labels within 26 characters', () => {
		for (const { short } of topicGroups)
			for (const locale of locales) expect(short[locale].length, short[locale]).toBeLessThanOrEqual(26);
	});

	it('keep retired codes readable and do not offer them', () => {
		expect(findCode('referral-method', 'warm')).toMatchObject({
			retired: true,
			replacedBy: ['called-together', 'accompanied']
		});
		expect(label('referral-method', 'warm', 'fi')).toBe('Saatettiin tai soitettiin yhdessä');
		expect(offered('referral-method').map((code) => code.id)).not.toContain('warm');
		for (const [id, { codes }] of lists)
			for (const code of codes)
				for (const heir of code.replacedBy ?? []) expect(offered(id).map((each) => each.id)).toContain(heir);
	});

	it('ask for a pending or missing permit only where the organisation turned it on', () => {
		const ids = (turnedOn?: string[]) => asked('residence-ground', turnedOn).map((code) => code.id);
		expect(offered('residence-ground')).toHaveLength(14);
		expect(ids()).toHaveLength(12);
		expect(ids()).not.toContain('undocumented');
		expect(ids(['undocumented'])).toContain('undocumented');
		expect(ids(['undocumented'])).not.toContain('asylum-pending');
	});

	it('show an unknown code by its id', () => {
		expect(label('topic', 'permits', 'sv')).toBe('Tillstånd, registrering och medborgarskap');
		expect(label('topic', 'permits.citizenship', 'en')).toBe('Citizenship');
		expect(label('topic', 'permits.from-next-year', 'fi')).toBe('permits.from-next-year');
		expect(label('gender', '', 'fi')).toBe('');
	});

	it('place every topic in its group', () => {
		for (const group of topicGroups)
			for (const { id } of [group, ...group.codes]) expect(topicGroupOf(id)).toBe(group.id);
		expect(topicGroupOf('permits.from-next-year')).toBe('permits');
		expect(topicGroupOf('new-group.new.code')).toBe('new-group');
	});

	it('know sensitive topics and take unknown ones for sensitive', () => {
		expect(isSensitiveTopic('rights-safety.violence')).toBe(true);
		expect(isSensitiveTopic('permits.citizenship')).toBe(false);
		expect(isSensitiveTopic('permits')).toBe(false);
		expect(isSensitiveTopic('permits.from-next-year')).toBe(true);
	});

	it('divide durations without gap or overlap', () => {
		const minutes = codeLists.duration.codes.map((code) => code.minutes);
		expect(minutes).toEqual([
			[0, 5],
			[5, 15],
			[15, 30],
			[30, 60],
			[60, null]
		]);
	});
});

type SourceCode = {
	id: string;
	fi: string;
	sv: string;
	en: string;
	sensitive?: boolean;
	retired?: boolean;
	replaced_by?: string[];
	asked_by_default?: boolean;
	minutes?: [number, number | null];
};
type SourceList = {
	id: string;
	label: Record<'fi' | 'sv' | 'en', string>;
	multiple?: boolean;
	codes?: SourceCode[];
	groups?: (SourceCode & { codes: SourceCode[] })[];
};

const source = new URL('../../../../shared/data/code-lists.json', import.meta.url);

/** Labels whose language was mended here; everything else is as in the source. */
const mended: Record<string, string> = {
	'social-security.social-security-coverage sv': 'Rätt till social trygghet och FPA-kort',
	'not-stated sv': 'Inte uppgett',
	'other-script sv': 'Läser ett annat skriftsystem',
	'contact-party sv': 'Vem tog kontakt',
	'partner-body sv': 'Samarbetspart eller hänvisning vidare',
	'information-transfer en': 'Information transfer with the client’s consent',
	'given-written sv': 'Givet skriftligt',
	'given-verbal sv': 'Givet muntligt'
};

/** Lists that the source does not have. */
const OWN: readonly string[] = ['taken-up'];

describe('code lists against their source', () => {
	it.skipIf(!existsSync(source))('are the same (skipped without ../shared/data)', () => {
		const expected: { lists: SourceList[] } = JSON.parse(readFileSync(source, 'utf8'));
		const mend = (id: string, { fi, sv, en }: SourceList['label']) => ({
			fi,
			sv: mended[`${id} sv`] ?? sv,
			en: mended[`${id} en`] ?? en
		});
		const code = (from: SourceCode) => ({
			id: from.id,
			...mend(from.id, from),
			...(from.sensitive && { sensitive: true }),
			...(from.retired && { retired: true }),
			...(from.replaced_by && { replacedBy: from.replaced_by }),
			...(from.asked_by_default === false && { askedByDefault: false }),
			...(from.minutes && { minutes: from.minutes })
		});
		const fromSource = lists.map(([id]) => id).filter((id) => !OWN.includes(id));
		expect(fromSource).toEqual(expected.lists.map((list) => list.id));
		for (const list of expected.lists) {
			const codes = list.codes ?? list.groups?.flatMap((group) => group.codes) ?? [];
			expect(codeLists[list.id as ListId]).toEqual({
				...mend(list.id, list.label),
				...(list.multiple && { multiple: true }),
				codes: codes.map(code)
			});
			if (list.groups)
				expect(topicGroups).toMatchObject(
					list.groups.map((group) => ({ ...code(group), codes: group.codes.map(code) }))
				);
		}
	});
});
