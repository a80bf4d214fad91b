import type * as z from 'zod/mini';
import { syncRequest, type SyncRequest } from './sync.ts';

/** A version of the request before the newest one. */
interface OlderVersion {
	/** Reads a message of this version, strictly; kept as it was released. */
	schema: z.ZodMiniType<object>;
	/**
	 * The same message in the words of the next version. Pure. It leaves each op as it is (ids, fields, clock, base, schema): the journal
	 * holds a hash of what an op says, and a phone may send it again in either version. What the fields of a record mean is
	 * told by the op's own `schema`.
	 */
	next: (message: object) => object;
}

/** By number. Version 1 is the newest so far, so there is none yet; whoever makes version 2 puts version 1 here, for good. */
export const olderVersions: Readonly<Record<number, OlderVersion>> = {};

/** Reads a request of any released version as the newest one; undefined where it has not the form of its own version. */
export function readRequest(json: unknown, older = olderVersions): SyncRequest | undefined {
	let message = json;
	for (;;) {
		const version = declaredVersion(message);
		const step = version === undefined ? undefined : older[version];
		if (!step) break;
		const parsed = step.schema.safeParse(message);
		if (!parsed.success) return undefined;
		message = step.next(parsed.data);
	}
	const parsed = syncRequest.safeParse(message);
	if (!parsed.success || (parsed.data.ops && parsed.data.packed)) return undefined;
	return parsed.data;
}

/** The version that a message says it has. */
export function declaredVersion(json: unknown): number | undefined {
	const declared =
		typeof json === 'object' && json !== null && 'protocol' in json ? json.protocol : undefined;
	return typeof declared === 'number' ? declared : undefined;
}
