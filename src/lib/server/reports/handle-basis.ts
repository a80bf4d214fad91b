import type { RequestEvent } from '@sveltejs/kit';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import type { Period } from '#lib/statistics/periods.ts';
import { period } from '#lib/statistics/question.ts';
import { basisOf } from './basis.ts';

/** Longest period whose receptions are counted out one by one, years. */
const MOST_YEARS = 20;

function readPeriod(params: URLSearchParams): Period {
	const { data } = period.safeParse({ from: params.get('from'), to: params.get('to') });
	const years = data && Number(data.to.slice(0, 4)) - Number(data.from.slice(0, 4));
	if (!data || years === undefined || data.from > data.to || years > MOST_YEARS)
		throw new ApiError(422, 'bad_request');
	return data;
}

/** `GET /api/v1/report/basis?from=&to=`: what figures of a period are read beside. No figure of a contact is in it. */
export async function handleBasis(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRight(await sessionOf(event, server), 'report:read');
	return Response.json(await basisOf(server.store, organisation, readPeriod(event.url.searchParams)));
}
