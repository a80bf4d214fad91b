import { describe, expect, it } from 'vitest';
import { codeVisits } from './columns.ts';
import { count } from './count.ts';
import type { DimensionId } from './dimensions.ts';
import { factsOfValues } from '#lib/domain/visit-facts.ts';
import type { Question } from './question.ts';

const at = '2026-03-02T10:00:00Z';
const visit = (residenceGround: string, deskMunicipality = '263') => ({
	...factsOfValues({ at, residenceGround, deskMunicipality, clientMunicipality: '263', desk: 'a-desk' })!,
	adviser: 'somebody'
});
const visits = codeVisits([visit('work'), visit('undocumented'), visit('asylum-pending'), visit('other')]);
const ask = (tables: DimensionId[][], where: Question['where'] = {}) =>
	count(visits, { from: '2026-03-01', to: '2026-03-31', where, tables });
const classesIn = (tables: DimensionId[][], where?: Question['where']) =>
	ask(tables, where).tables[0]!.cells.map(({ classes }) => classes.at(-1));

describe('sensitive grounds of residence', () => {
	it('are told apart where no municipality is', () => {
		expect(classesIn([['residenceGround']])).toContain('undocumented');
		expect(classesIn([['adviser', 'residenceGround']])).toContain('undocumented');
	});

	it.each(['municipality', 'clientMunicipality', 'desk'] as const)('are "other" beside %s', (place) => {
		const name = { municipality: '263', clientMunicipality: '263', desk: 'a-desk' }[place];
		for (const classes of [
			classesIn([[place, 'residenceGround']]),
			classesIn([['residenceGround']], { [place]: [name] })
		])
			expect([classes, 'beside a place']).toEqual([['other', 'work'], 'beside a place']);
		expect(ask([[place, 'residenceGround']]).tables[0]!.cells[0]).toMatchObject({ contacts: 3 });
	});

	it('choose nobody by themselves where a table tells the municipality', () => {
		const narrowed = (name: string) => ask([['municipality']], { residenceGround: [name] }).contacts;
		expect([narrowed('undocumented'), narrowed('other'), narrowed('work')]).toEqual([3, 3, 1]);
		expect(ask([['month']], { residenceGround: ['undocumented'] }).contacts).toBe(1);
	});
});

it('a municipality that merged is counted in the one of today', () => {
	const both = codeVisits([visit('work', '911'), visit('work', '541')]);
	const asked = { from: '2026-03-01', to: '2026-03-31', where: {}, tables: [['municipality' as const]] };
	expect(count(both, asked).tables[0]!.cells).toEqual([{ classes: ['541'], contacts: 2 }]);
	expect(count(both, { ...asked, where: { municipality: ['541'] } }).contacts).toBe(2);
});
