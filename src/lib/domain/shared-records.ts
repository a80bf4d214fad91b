/** How what other organisations share is called on the wire, apart from its schema, which phones need not load. */

/** The collection of what the server writes into an organisation that receives; no device writes it. */
export const SHARED = 'shared';
