import ICAL from 'ical.js';
import { knownHelp } from '../../../src/lib/components/roster/known-help.ts';
import { MembershipDb } from '../../../src/lib/device/membership-db.ts';
import { desks, receptions } from '../../../src/lib/device/records.ts';
import type { RecordRow } from '../../../src/lib/device/rows.ts';
import { helsinki, instantOf } from '../../../src/lib/domain/dates.ts';
import { whoServes, type Roster } from '../../../src/lib/domain/roster.ts';

/** Who serves in a language, in a page: by the app's own code, and the same question by a library of calendars. */

const db = new MembershipDb('reppu-bench-desk');

export async function fill(rows: readonly object[]): Promise<void> {
	await db.records.bulkPut(rows as RecordRow[]);
}

/** Reads what the phone knows, as the app does when it opens. */
async function read(): Promise<Roster> {
	const [allDesks, allReceptions, help] = await Promise.all([desks(db), receptions(db), knownHelp(db)]);
	return { desks: allDesks, receptions: allReceptions, help };
}

/** The next day of each reception that serves in a language: what ical.js takes to expand their rules, and nothing else of the question. */
function byLibrary(language: string, roster: Roster, now: number): number {
	const { date } = helsinki(now);
	let found = 0;
	for (const reception of roster.receptions) {
		if (!reception.languages.includes(language) || reception.rule === null) continue;
		const start = ICAL.Time.fromDateString(reception.start.slice(0, 10));
		const days = ICAL.Recur.fromString(reception.rule).iterator(start);
		for (let day = days.next() as ICAL.Time | null; day; day = days.next()) {
			const on = day.toString();
			if (on < date || reception.except.includes(on) || reception[`cancelled_${on}`]) continue;
			if (instantOf(on, reception.end.slice(11)) <= now) continue;
			found += 1;
			break;
		}
	}
	return found;
}

interface Asked {
	/** ms of each language: the answer from what lies in memory, as the open app has it. */
	memory: number[];
	/** The same with everything read from the database before. */
	database: number[];
	/** ical.js, from memory. */
	library: number[];
	/** How many serve, of all languages together; and how many receptions the library found. */
	offers: number;
	found: number;
}

export async function ask(wanted: readonly string[], now: number): Promise<Asked> {
	const asked: Asked = { memory: [], database: [], library: [], offers: 0, found: 0 };
	const known = await read();
	for (const language of wanted) {
		let start = performance.now();
		const { own, near } = whoServes(language, known, now);
		asked.memory.push(performance.now() - start);
		asked.offers += own.length + near.length;
		start = performance.now();
		whoServes(language, await read(), now);
		asked.database.push(performance.now() - start);
		start = performance.now();
		asked.found += byLibrary(language, known, now);
		asked.library.push(performance.now() - start);
	}
	return asked;
}

export interface LookupPage {
	fill: typeof fill;
	ask: typeof ask;
}
