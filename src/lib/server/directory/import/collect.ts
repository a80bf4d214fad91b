import { BadInput, type Draft, type ReportLine } from '#lib/server/directory/draft.ts';

/** For tests of readers: everything that one gives and reports, and what was wrong with the input as a whole. */
export async function collect(read: (report: (line: ReportLine) => void) => AsyncIterable<Draft>) {
	const drafts: Draft[] = [];
	const report: ReportLine[] = [];
	let error: BadInput | undefined;
	try {
		for await (const draft of read((line) => report.push(line))) drafts.push(draft);
	} catch (caught) {
		if (!(caught instanceof BadInput)) throw caught;
		error = caught;
	}
	return {
		drafts,
		ids: drafts.map((draft) => draft.id),
		report,
		codes: report.map((line) => line.code),
		error
	};
}
