import { handleClipAudio, handleClipRemoval } from '#lib/server/clips/handle-clips.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleClipAudio);
export const DELETE = endpoint(handleClipRemoval);
