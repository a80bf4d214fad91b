import { manyFields, type RegisterMapping } from '#lib/protocol/register-import.ts';
import { KnownWords, type Around } from './known-words.ts';

/** Whether a mapping can be carried out: each field once but those with several values, and for people and places that are there. */
export function isUsable({ columns, owner, place }: RegisterMapping, around: Around): boolean {
	const single = columns.filter(({ field }) => ![...manyFields, 'note'].includes(field));
	const known = new KnownWords(around);
	return (
		new Set(columns.map(({ column }) => column)).size === columns.length &&
		new Set(single.map(({ field }) => field)).size === single.length &&
		around.members.has(owner) &&
		(place === '' || known.has('place', place))
	);
}

/** A date says when a contact was: without it nothing can come in. */
export const saysWhen = (mapping: RegisterMapping | undefined): boolean =>
	mapping?.columns.some(({ field }) => field === 'date') ?? false;
