import type { FixtureVisit } from '../support/fixture.ts';

let waiting: FixtureVisit[] = [];
let delivered = 0;

export async function prepare(_: number, visits: readonly FixtureVisit[]): Promise<void> {
	waiting = [...visits];
	delivered = 0;
}

/** One request for each visit, one after the other, as a form that is sent when it is saved does. */
export async function send(): Promise<number> {
	const start = performance.now();
	for (const { id, fields } of waiting) {
		const body = JSON.stringify([{ newDocumentState: { id, ...fields } }]);
		const answer = await fetch('/push', { method: 'POST', body });
		if (answer.ok) delivered += 1;
	}
	return performance.now() - start;
}

export async function finish(): Promise<number> {
	return delivered;
}
