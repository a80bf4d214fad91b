/**
 * The organisation that a command is for: the only one of the store, or the one that was named.
 *
 * @param {import('../src/lib/server/storage/store.ts').Store} store
 * @param {string | undefined} wanted
 * @param {(text: string) => never} refuse
 */
export async function organisationOf(store, wanted, refuse) {
	const rows = await store.db.selectFrom('organisations').select(['id', 'name']).orderBy('name').execute();
	const [only] = rows.filter(({ id }) => wanted === undefined || id === wanted);
	if (only && (rows.length === 1 || wanted !== undefined)) return only;
	return refuse(
		rows.length === 0
			? 'There is no organisation in this store: start the server once.'
			: `For which organisation? --organisation with one of\n${rows.map(({ id, name }) => `${id}  ${name}`).join('\n')}`
	);
}
