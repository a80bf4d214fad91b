import { endpoint } from '#lib/server/endpoint.ts';
import { openCard } from '#lib/server/subject-access/open-card.ts';

export const POST = endpoint(openCard);
