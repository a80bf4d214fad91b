import type { ErrorCode } from '#lib/protocol/errors.ts';

/** A request that is answered with an error of the closed list. Everything else that is thrown is a bug and answered 500. */
export class ApiError extends Error {
	readonly status: number;
	readonly code: ErrorCode;
	readonly headers: Record<string, string>;

	constructor(status: number, code: ErrorCode, headers: Record<string, string> = {}) {
		super(code);
		this.name = 'ApiError';
		this.status = status;
		this.code = code;
		this.headers = headers;
	}

	response(): Response {
		return Response.json({ error: this.code }, { status: this.status, headers: this.headers });
	}
}
