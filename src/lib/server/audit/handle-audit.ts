import type { RequestEvent } from '@sveltejs/kit';
import * as z from 'zod';
import { addDays, instantOf } from '#lib/domain/dates.ts';
import { auditEvents, type AuditAnswer } from '#lib/protocol/audit.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { noteUse } from './note.ts';
import { readAudit } from './read.ts';

/** Civil dates, both included. */
const asked = z.strictObject({
	event: z.enum(auditEvents).optional(),
	member: z.uuid().optional(),
	from: z.iso.date().optional(),
	to: z.iso.date().optional(),
	before: z.uuid().optional(),
	/** Only what concerns whoever asks, also where they may see everything. */
	mine: z.literal('yes').optional()
});

/** `GET /api/v1/audit?event=&member=&from=&to=&before=&mine=`: who did what. Whoever looks at everybody’s trail leaves one there. */
export async function handleAudit(event: RequestEvent, server: ServerContext): Promise<Response> {
	const found = await sessionOf(event, server);
	const session = requireRight(found, 'audit:read', found?.membership);
	const { success, data } = asked.safeParse(Object.fromEntries(event.url.searchParams));
	if (!success) throw new ApiError(422, 'bad_request');
	const { from, to, mine, ...others } = data;
	const all = roleMay(session.role, 'audit:read') && mine === undefined;
	const page = await readAudit(server.store, session.organisation, all ? undefined : session.membership, {
		event: others.event,
		member: others.member,
		before: others.before,
		from: from === undefined ? undefined : instantOf(from, '00:00'),
		until: to === undefined ? undefined : instantOf(addDays(to, 1), '00:00')
	});
	if (all && data.before === undefined) await noteUse(server, session, [{ event: 'read', kind: 'audit' }]);
	return Response.json({ ...page, all } satisfies AuditAnswer);
}
