import {
	handleContactPersons,
	handleKeepPerson,
	handleRemovePerson
} from '#lib/server/contact-persons/handle-contact-persons.ts';
import { endpoint } from '#lib/server/endpoint.ts';

export const GET = endpoint(handleContactPersons);
export const PUT = endpoint(handleKeepPerson);
export const DELETE = endpoint(handleRemovePerson);
