import { handlePackPart } from '#lib/server/directory/pack/handle-pack.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handlePackPart);
