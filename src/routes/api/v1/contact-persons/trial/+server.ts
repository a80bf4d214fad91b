import { handleTrial } from '#lib/server/contact-persons/handle-contact-persons.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const POST = endpoint(handleTrial);
