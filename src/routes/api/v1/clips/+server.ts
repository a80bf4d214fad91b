import { handleClip, handleClipList } from '#lib/server/clips/handle-clips.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleClipList);
export const POST = endpoint(handleClip);
