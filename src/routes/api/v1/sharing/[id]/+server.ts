import { endpoint } from '#lib/server/endpoint.ts';
import { handleShareChange, handleShareEnd } from '#lib/server/sharing/handle-sharing.ts';

export const PATCH = endpoint(handleShareChange);
export const DELETE = endpoint(handleShareEnd);
