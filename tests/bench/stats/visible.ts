import { DEMO_DESKS } from '../../../src/lib/server/demo/organisation.ts';
import { demoVisits } from '../../../src/lib/server/demo/visits.ts';
import { codeVisits } from '../../../src/lib/statistics/columns.ts';
import { count } from '../../../src/lib/statistics/count.ts';
import { factsOfValues } from '../../../src/lib/domain/visit-facts.ts';
import {
	municipalQuestion,
	municipalTables,
	scopesOf,
	spansOf
} from '../../../src/lib/statistics/municipal-report.ts';

/** The year that the demo invents. */
const START = Date.UTC(2026, 10, 26, 10);
const YEAR = { from: '2025-11-26', to: '2026-11-26' };

/** How much of each demo municipality's contacts stands in classes that its yearly report shows: of topics and of languages. */
export function visibleShares(): {
	municipality: string;
	contacts: number;
	topics: number;
	languages: number;
}[] {
	const visits = codeVisits(
		demoVisits(START, 'de00000000000001').flatMap(({ fields }) => {
			const facts = factsOfValues(fields);
			return facts ? [{ ...facts, adviser: '' }] : [];
		})
	);
	const spans = spansOf(YEAR).map((one) => ({
		...one,
		figures: count(visits, municipalQuestion(one.period))
	}));
	const municipalities = DEMO_DESKS.map((desk) => desk.municipality);
	const scopes = scopesOf(spans, municipalities);
	return municipalities.map((municipality) => {
		const scope = scopes.get(municipality);
		const tables = scope && municipalTables(spans, scope);
		return {
			municipality,
			contacts: tables?.contacts ?? 0,
			topics: tables?.topics.visible ?? 0,
			languages: tables?.languages.visible ?? 0
		};
	});
}
