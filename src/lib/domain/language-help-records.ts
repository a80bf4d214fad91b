/** How language help is called on the wire, apart from its schema, which phones need not load. */

/** The collection name. */
export const LANGUAGE_HELP = 'language-help';

/** Version of its fields. */
export const LANGUAGE_HELP_SCHEMA = 1;
