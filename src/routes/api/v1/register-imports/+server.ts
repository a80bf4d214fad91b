import { endpoint } from '#lib/server/endpoint.ts';
import { handleNewRegisterImport, handleRegisterImports } from '#lib/server/register-import/handle.ts';

export const GET = endpoint(handleRegisterImports);
export const POST = endpoint(handleNewRegisterImport);
