/** What a cell of facts is wrong about: a code of the report, and what was found. */
export class BadFact extends Error {
	readonly code: string;
	readonly found: string;

	constructor(code: string, found: string) {
		super(code);
		this.code = code;
		this.found = found;
	}
}
