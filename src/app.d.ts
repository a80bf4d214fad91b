import type { ServerContext } from '#lib/server/context.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** Number that people can read out; set by hooks.client.ts. */
			id?: string;
		}
		interface Locals {
			server: ServerContext;
		}
	}
}
