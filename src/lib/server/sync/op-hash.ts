import { hash } from 'node:crypto';
import { canonicalJson } from '#lib/domain/json.ts';
import type { WireOp } from '#lib/protocol/sync.ts';

/**
 * SHA-256 of what an op says, hex. Replica and sequence number are left out: a forked device renumbers what is not
 * acknowledged, and the op stays the same op.
 */
export function opHash(op: WireOp): string {
	const { opId, collection, recordId, fields, clock, base, schema } = op;
	return hash(
		'sha256',
		canonicalJson({ opId, collection, recordId, fields, clock, base: base ?? {}, schema })
	);
}
