import { errorCodes } from '#lib/protocol/errors.ts';
import type { Receipt } from '#lib/protocol/sync.ts';
import { ApiError } from '#lib/server/api-error.ts';

/** What is answered to whoever asked for an op to have its effect, where it was not applied. */
export function refusal(receipt: Receipt | undefined): ApiError {
	const code = errorCodes.find((one) => one === receipt?.code);
	return new ApiError(code === 'not_yours' || code === 'not_allowed' ? 403 : 422, code ?? 'bad_request');
}
