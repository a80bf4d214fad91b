import { endpoint } from '#lib/server/endpoint.ts';
import { handleRegisterFile } from '#lib/server/register-import/handle.ts';

export const PUT = endpoint(handleRegisterFile);
