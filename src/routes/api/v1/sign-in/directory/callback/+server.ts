import { handleDirectoryReturn } from '#lib/server/accounts/issuer/handle-issuer.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleDirectoryReturn);
