import { endpoint } from '#lib/server/endpoint.ts';
import { handleFeedback } from '#lib/server/feedback/handle-feedback.ts';

export const GET = endpoint(handleFeedback);
