import { endpoint } from '#lib/server/endpoint.ts';
import { handleNewShare, handleSharing } from '#lib/server/sharing/handle-sharing.ts';

export const GET = endpoint(handleSharing);
export const POST = endpoint(handleNewShare);
