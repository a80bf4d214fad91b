import { endpoint } from '#lib/server/endpoint.ts';
import { handleRegisterLines } from '#lib/server/register-import/handle.ts';

export const GET = endpoint(handleRegisterLines);
