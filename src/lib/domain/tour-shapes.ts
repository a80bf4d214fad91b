import { isFlag, isList, isText, maybe, nullOr, type Checks } from './shape.ts';
import type { Desk, Reception } from './tour.ts';

/** What desks and receptions must have to be shown: `tour.ts` in checks. tour-shapes.test.ts holds the two together. */
export const deskChecks: Checks<Omit<Desk, 'id'>> = {
	name: isText,
	municipality: isText,
	placeType: isText,
	room: maybe(nullOr(isText)),
	address: maybe(nullOr(isText)),
	closedFrom: maybe(nullOr(isText)),
	invented: maybe(isFlag)
};

export const receptionChecks: Checks<Omit<Reception, 'id' | 'slots'>> = {
	desk: isText,
	start: isText,
	end: isText,
	rule: nullOr(isText),
	except: isList(isText),
	languages: isList(isText),
	note: maybe(nullOr(isText)),
	advisers: maybe(nullOr(isList(isText)))
};
