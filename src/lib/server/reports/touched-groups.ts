import { sql, type RawBuilder } from 'kysely';
import type { Store } from '#lib/server/storage/store.ts';

/**
 * The topics of a row of `visit_facts` as a table beside it (`list`), and the group of each (`group`): the part before the dot. A visit counts
 * once in every group it touched, and once in '' where it names no topic.
 */
export function touchedGroups({ kind }: Store): {
	list: RawBuilder<unknown>;
	group: RawBuilder<string | null>;
} {
	return kind === 'sqlite'
		? { list: sql`json_each(topics)`, group: sql`substr(value, 1, instr(value || '.', '.') - 1)` }
		: { list: sql`json_array_elements_text(topics::json) as value`, group: sql`split_part(value, '.', 1)` };
}
