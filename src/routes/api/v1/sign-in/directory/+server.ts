import { handleDirectorySignIn, handleDirectoryWay } from '#lib/server/accounts/issuer/handle-issuer.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleDirectoryWay);
export const POST = endpoint(handleDirectorySignIn);
