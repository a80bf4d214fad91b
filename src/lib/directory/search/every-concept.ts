import education from '#lib/directory/concepts/education.json' with { type: 'json' };
import everyday from '#lib/directory/concepts/everyday.json' with { type: 'json' };
import family from '#lib/directory/concepts/family.json' with { type: 'json' };
import formsDecisions from '#lib/directory/concepts/forms-decisions.json' with { type: 'json' };
import health from '#lib/directory/concepts/health.json' with { type: 'json' };
import housing from '#lib/directory/concepts/housing.json' with { type: 'json' };
import integration from '#lib/directory/concepts/integration.json' with { type: 'json' };
import language from '#lib/directory/concepts/language.json' with { type: 'json' };
import leisure from '#lib/directory/concepts/leisure.json' with { type: 'json' };
import money from '#lib/directory/concepts/money.json' with { type: 'json' };
import other from '#lib/directory/concepts/other.json' with { type: 'json' };
import permits from '#lib/directory/concepts/permits.json' with { type: 'json' };
import rightsSafety from '#lib/directory/concepts/rights-safety.json' with { type: 'json' };
import socialSecurity from '#lib/directory/concepts/social-security.json' with { type: 'json' };
import work from '#lib/directory/concepts/work.json' with { type: 'json' };
import { concepts, type Concept } from './concepts.ts';

/** All concepts that are shipped. Loaded where an index is built, never by the page itself. */
export const everyConcept: readonly Concept[] = concepts.parse(
	[
		education,
		everyday,
		family,
		formsDecisions,
		health,
		housing,
		integration,
		language,
		leisure,
		money,
		other,
		permits,
		rightsSafety,
		socialSecurity,
		work
	].flat()
);
