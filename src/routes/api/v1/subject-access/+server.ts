import { endpoint } from '#lib/server/endpoint.ts';
import { handleSubject } from '#lib/server/subject-access/handle-subject.ts';

export const POST = endpoint(handleSubject);
