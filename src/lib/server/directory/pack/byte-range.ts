/** One range of bytes, as `Range` of RFC 9110 asks for it. */
const RANGE = /^bytes=(\d{0,12})-(\d{0,12})$/;

/**
 * First and last byte that a request asks for. Undefined: all of it, also where it asks for several ranges or for another version; `none`: what
 * it asks for does not exist.
 */
export function byteRange(
	headers: Headers,
	size: number,
	etag: string
): [first: number, last: number] | 'none' | undefined {
	const condition = headers.get('if-range');
	const [, from = '', to = ''] = RANGE.exec(headers.get('range') ?? '') ?? [];
	if ((from === '' && to === '') || (condition !== null && condition !== etag)) return undefined;
	// Without a beginning, the last so many bytes.
	const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
	const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
	if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
	return first > last ? 'none' : [first, last];
}
