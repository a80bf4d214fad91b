import { createHash } from 'node:crypto';
import type { JsonValue } from '#lib/domain/json.ts';
import { publish } from '#lib/server/sync/publish.ts';
import type { ServerContext } from '#lib/server/context.ts';

/** The id of the N-th made-up service: spread over all ids, and always the same. */
export function serviceId(number: number): string {
	const hex = createHash('sha256').update(`service ${number}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const text = (words: string): JsonValue => ({ text: words, origin: 'written' });

/** The fields of the N-th made-up service. */
export function serviceFieldsOf(number: number, municipalities: string[] = []): Record<string, JsonValue> {
	return {
		kind: municipalities.length > 0 ? 'local' : 'nationwide',
		name: { fi: text(`Palvelu ${number}`), sv: text(`Tjänst ${number}`) },
		summary: { fi: text(`Neuvoja arkeen, numero ${number}.`) },
		links: [],
		phones: [],
		topics: ['work'],
		serviceLanguages: ['fi'],
		municipalities,
		critical: [],
		source: { title: 'Test', date: '2026-03-06' },
		verified: null,
		mayHandOver: true
	};
}

/** Puts made-up services into an organisation's directory, as the server writes them. */
export async function addServices(
	{ store, now }: Pick<ServerContext, 'store' | 'now'>,
	organisation: string,
	numbers: readonly number[],
	fields: (number: number) => Record<string, JsonValue> = serviceFieldsOf
): Promise<void> {
	await store.write((trx) =>
		publish(
			trx,
			organisation,
			numbers.map((number) => ({
				collection: 'service',
				id: serviceId(number),
				part: 'directory',
				fields: fields(number)
			})),
			now()
		)
	);
}
