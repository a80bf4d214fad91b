import { handleStepUp } from '#lib/server/accounts/handle-step-up.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const POST = endpoint(handleStepUp);
