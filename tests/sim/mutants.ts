import type { Plant } from './plant.ts';

/**
 * Faults that have cost others data, or would: planted one by one into the real code, each must be noticed by the simulator.
 * suite.ts runs them.
 */
export const MUTANTS: Record<string, Plant[]> = {
	// The one that takes longest first: the others are done meanwhile.
	'a lost part takes along what still waits': [
		{
			file: 'sync/changes.ts',
			find: 'const dropped = lost.filter((id) => !open.has(id));',
			put: 'const dropped = lost; void open;'
		}
	],
	'an answer acknowledges all that was sent': [
		{
			file: 'sync/receipts.ts',
			find: 'const writes: Promise<unknown>[] = [dropFromOutbox(db, keys)];',
			put: 'const writes: Promise<unknown>[] = [dropFromOutbox(db, batch.rows.map(({ row }) => row.seq as number))];'
		}
	],
	'receipts are taken by their position': [
		{
			file: 'sync/receipts.ts',
			find: 'const sent = sentRows.get(receipt.opId);',
			put: 'const sent = batch.rows[answer.receipts.indexOf(receipt)];'
		}
	],
	'a rejected op is dropped': [
		{
			file: 'sync/receipts.ts',
			find: 'if (rejected.length > 0) writes.push(db.rejected.bulkPut(rejected));',
			put: ''
		}
	],
	'a sign-in that is asked for empties the outbox': [
		{
			file: 'sync/flush.ts',
			find: 'this.#signInNeeded = true;\n\t\t\tawait open.memberships',
			put: 'this.#signInNeeded = true; await db.outbox.clear(); await open.memberships'
		}
	],
	'cursors are kept before what they stand for': [
		{
			file: 'sync/apply.ts',
			find: 'let behind = await applyDirectory(',
			put: 'await db0(device, answer);\n\tlet behind = await applyDirectory('
		},
		{
			file: 'sync/apply.ts',
			find: 'async function applyAll(',
			put: "async function db0({ db }: Device, answer: SyncAnswer) { await db.meta.put({ key: 'cursors', value: { ...(await readMeta(db, 'cursors')), ...answer.cursors } }); }\nasync function applyAll("
		}
	],
	'cursors move although there was no room': [
		{
			file: 'sync/apply.ts',
			find: '{ ...answer, changes: [], cursors: {}, lost: [] }',
			put: '{ ...answer, changes: [], lost: [] }'
		}
	],
	'a clock is the wall time': [
		{
			file: 'device/ops.ts',
			find: 'nextClock(now + stamp.clockOffset, stamp.replica, Object.values(base).flat())',
			put: 'nextClock(now + stamp.clockOffset, stamp.replica)'
		}
	],
	'a visit is saved, and then its op': [
		{
			file: 'device/visits.ts',
			find: 'await addRows(db, {\n\t\t\tadd: [\n\t\t\t\t[db.visits, row],',
			put: 'await addRows(db, { add: [[db.visits, row]] });\n\tawait addRows(db, {\n\t\tadd: ['
		}
	],
	'the sent list is emptied before a backup covers it': [
		{ file: 'device/sent-kept.ts', find: 'change <= durable', put: 'change > 0' }
	],
	'a new epoch goes unnoticed': [
		{ file: 'sync/epoch.ts', find: 'if (known === epoch) return;', put: 'if (known !== undefined) return;' }
	],
	'with a new epoch the cursors stay': [
		{ file: 'sync/epoch.ts', find: '\t\tawait forgetCursors(db);\n', put: '' },
		{ file: 'server/sync/cursor.ts', find: 'found[1] !== tagOf(epoch)', put: 'false' }
	],
	'what goes out again is a new op': [
		{
			file: 'sync/epoch.ts',
			find: 'seq: key,\n\t\topId,',
			put: 'seq: key,\n\t\topId: crypto.randomUUID(),'
		}
	],
	'a copied database keeps its name': [
		{ file: 'sync/receipts.ts', find: "await writeMeta(db, 'replica', newReplica());", put: '' }
	],
	'a lost part stays readable': [
		{
			file: 'sync/apply.ts',
			find: 'if (await dropPart(db, part)) cursors.delete(part);',
			put: 'if (part) cursors.delete(part);'
		}
	],
	'what the server says replaces what stands here': [
		{
			file: 'sync/changes.ts',
			find: 'return seal(join(state as RecordState, here));',
			put: 'return seal(state as RecordState); void here;'
		}
	],
	'the later value wins': [
		{
			file: 'domain/record.ts',
			find: 'if (heads.size) result.heads[field] = [...heads.values()].sort(compareHeads);',
			put: 'if (heads.size) result.heads[field] = [...heads.values()].sort(compareHeads).slice(-1);'
		}
	],
	'what was replaced comes back': [
		{ file: 'domain/record.ts', find: 'if (!seen.has(head.clock))', put: 'if (seen)' }
	],
	'the server forgets what a value replaces': [
		{
			file: 'domain/record.ts',
			find: 'if (replaced.length) state.seen',
			put: 'if (replaced.length > 1) state.seen'
		}
	],
	'a page of changes ends one too late': [
		{
			file: 'server/sync/changes.ts',
			find: 'const last = given.at(-1)?.change_number ?? from.change;',
			put: 'const last = found.at(-1)?.change_number ?? from.change;'
		}
	],
	'a first reading ends where recent visits end': [
		{
			file: 'server/sync/changes.ts',
			find: 'change: Math.max(last, reading.top)',
			put: 'change: Math.max(last, reading.top) + 1'
		}
	],
	'what others made counts as known': [
		{
			file: 'server/sync/changes.ts',
			find: 'const known = from.top === undefined ? have : [];',
			put: 'const known = from.top === undefined ? [...have, [1, top] as [number, number]] : [];'
		}
	],
	'members read each other': [
		{ file: 'server/sync/scope.ts', find: "if (!roleMay(role, 'visit:read')) return parts;", put: '' }
	],
	'members write into each other’s records': [
		{
			file: 'server/sync/rights.ts',
			find: "(await this.#isMember(member)) && (await this.#might('visit:write', clock));",
			put: '(await this.#isMember(member));'
		}
	],
	'a taken number is no fork': [
		{
			file: 'server/sync/receive.ts',
			find: '} else if ((taken.get(number) ?? op.opId) !== op.opId) {',
			put: "} else if (number === 'never') {"
		}
	],
	'journal and effects are two transactions': [
		{
			file: 'server/storage/store.ts',
			find: 'new GroupCommit(db).write',
			put: '(task) => task(db as never, true)'
		}
	],
	'the report keeps what was changed': [
		{ file: 'server/sync/effects.ts', find: 'if (stored) counted.push(id);', put: '' },
		{
			file: 'server/sync/effects.ts',
			find: "await insertRows(trx, store, 'visit_facts', facts);",
			put: "await insertRows(trx, store, 'visit_facts', facts, 'on conflict (organisation_id, visit_id) do nothing');"
		}
	],
	'an op that failed once is never tried again': [
		{
			file: 'server/sync/receive.ts',
			find: "return before.outcome === 'later' && op.collection !== UNOPENED;",
			put: 'return false;'
		}
	],
	'one bad op holds up all': [
		{ file: 'server/sync/receive.ts', find: 'if (storeFailed(cause)) throw cause;', put: 'throw cause;' }
	],
	'a receipt of a conflict is none': [
		{
			file: 'sync/receipts.ts',
			find: "if (receipt.outcome === 'applied' || receipt.outcome === 'conflict') {",
			put: "if (receipt.outcome === 'applied') {"
		}
	],
	'what was erased is taken in again': [
		{
			file: 'server/sync/effects.ts',
			find: 'if (earlier ? earlier.planned.isErased : before?.isErased) {',
			put: 'if (Math.random() > 1) {'
		}
	],
	'the sent list keeps what was erased': [
		{
			file: 'device/erasures.ts',
			find: '.anyOf([...erased])',
			put: ".equals('')"
		}
	],
	'an older backup brings back what was erased': [
		{ file: 'server/sync/effects.ts', find: 'store.erased.add(plan.erased);', put: '' }
	],
	'a key that was replaced opens nothing': [
		{
			file: 'server/keys/organisation-keys.ts',
			find: ".select('private_key')\n\t\t\t.where('organisation_id', '=', organisation)",
			put: ".select('private_key').where('organisation_id', '=', organisation).where('retired_at', 'is', null)"
		},
		{
			file: 'server/keys/organisation-keys.ts',
			find: 'this.#newest.delete(organisation);\n\t\treturn key;',
			put: 'this.#newest.delete(organisation); this.#open.clear();\n\t\treturn key;'
		}
	],
	'what a revoked phone brings is its coordinator’s': [
		{
			file: 'server/sync/take-in.ts',
			find: 'const author = { organisation, membership, device, role, endedAt: row.ended_at };',
			put: 'const author = session; void [organisation, device, role];'
		}
	]
};

/**
 * The world in which a mutant that is rarely noticed was noticed when this was last changed: its search begins there, and not with seed 1, for a
 * test run has better to do than to look for it again.
 */
export const NOTICED: Readonly<Record<string, number>> = {
	'cursors move although there was no room': 18,
	'the sent list is emptied before a backup covers it': 10,
	'a new epoch goes unnoticed': 10,
	'a lost part takes along what still waits': 74,
	'with a new epoch the cursors stay': 16,
	'what goes out again is a new op': 10,
	'one bad op holds up all': 8,
	'a key that was replaced opens nothing': 13,
	'what a revoked phone brings is its coordinator’s': 31
};
