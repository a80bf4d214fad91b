import { version } from '$app/env';
import { endpoint } from '#lib/server/endpoint.ts';
import { describeApi } from '#lib/server/openapi.ts';

export const GET = endpoint(() => Response.json(describeApi(version)));
