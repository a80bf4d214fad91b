import { endpoint } from '#lib/server/endpoint.ts';
import {
	handleRegisterGivenUp,
	handleRegisterImport,
	handleRegisterStep
} from '#lib/server/register-import/handle.ts';

export const GET = endpoint(handleRegisterImport);
export const POST = endpoint(handleRegisterStep);
export const DELETE = endpoint(handleRegisterGivenUp);
