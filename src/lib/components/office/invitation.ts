import type * as z from 'zod/mini';
import type { invitationAnswer, invitationRequest } from '#lib/protocol/accounts.ts';

/** What somebody asks a code for. */
export type Wanted = z.infer<typeof invitationRequest>;

/** A code that was made, and for whom. */
export type Invited = z.infer<typeof invitationAnswer> & { name: string };

/** The address that opens the app with the code; behind `#` it reaches no server and no log. */
export function startAddress(origin: string, code: string): string {
	return `${origin}/start#${code}`;
}
