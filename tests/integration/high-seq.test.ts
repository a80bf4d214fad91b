import { expect, it } from 'vitest';
import { newOrganisation, startServer } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

onEveryStore('a phone whose database was lost', (fresh) => {
	it('leaves its highest number behind: the server knows how much of it was never received', async () => {
		const server = await startServer(fresh());
		const { phones } = await newOrganisation(server, 'adviser');
		const phone = phones[0]!;
		const ops = Array.from({ length: 7 }, () => phone.visit());
		// The request that announced seven carried four; then the browser deleted the rest, and the cookie stayed.
		await phone.send({ ops: ops.slice(0, 4) });
		const known = async () => {
			const { high_seq } = await server.store.db
				.selectFrom('devices')
				.select('high_seq')
				.where('id', '=', phone.enrolled.device)
				.executeTakeFirstOrThrow();
			const { n } = await server.store.db
				.selectFrom('journal')
				.select((eb) => eb.fn.countAll().as('n'))
				.where('replica', '=', lost)
				.executeTakeFirstOrThrow();
			return { announced: (JSON.parse(high_seq) as Record<string, number>)[lost], received: Number(n) };
		};
		const lost = phone.replica;
		expect(await known()).toEqual({ announced: 7, received: 4 });

		// The database that is made in its place numbers as another replica and covers nothing up.
		phone.replica = 'f'.repeat(16);
		phone.seq = 0;
		expect((await phone.sync([phone.visit()])).receipts[0]?.outcome).toBe('applied');
		expect(await known()).toEqual({ announced: 7, received: 4 });
	});
});
