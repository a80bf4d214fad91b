import { Readable } from 'node:stream';
import type { RequestEvent } from '@sveltejs/kit';
import { helsinki } from '#lib/domain/dates.ts';
import { requireRole, sessionOf } from '#lib/server/accounts/sessions.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { hsdsServices, jsonList } from './services-out.ts';

/** `GET /api/v1/directory`: the whole directory as HSDS, made while it is sent. */
export async function handleExport(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRole(await sessionOf(event, server), 'coordinator', 'administrator');
	const today = helsinki(server.now()).date;
	const text = Readable.from(jsonList(hsdsServices(server.store, organisation, today)), { objectMode: true });
	return new Response(Readable.toWeb(text.map((piece: string) => Buffer.from(piece))) as ReadableStream, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': `attachment; filename="services-${today}.json"`
		}
	});
}
