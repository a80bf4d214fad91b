import { ApiError } from '#lib/server/api-error.ts';
import { TooLarge } from './run-folder.ts';

/**
 * Has a request's body written to the disk as it comes; answers what `write` does. Throws an `ApiError` where there is none, it is too large,
 * broken off, or the disk is full.
 *
 * @param most bytes
 */
export async function receiveFile<T>(
	request: Request,
	most: number,
	write: (body: AsyncIterable<Uint8Array>) => Promise<T>
): Promise<T> {
	if (Number(request.headers.get('content-length') ?? 0) > most) throw new ApiError(413, 'too_large');
	if (!request.body) throw new ApiError(400, 'bad_request');
	try {
		return await write(request.body as unknown as AsyncIterable<Uint8Array>);
	} catch (error) {
		if (error instanceof TooLarge) throw new ApiError(413, 'too_large');
		// A line that breaks in the middle is no fault of the server; a full disk is, and is told as such.
		if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new ApiError(507, 'storage_full'); // prettier-ignore
		throw new ApiError(400, 'body_mismatch');
	}
}
