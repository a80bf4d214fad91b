/** How notices are called on the wire, apart from their schema. */

/** The collection name. */
export const NOTICE = 'notice';

/** Version of the fields of a notice. */
export const NOTICE_SCHEMA = 1;

/** Longest text of a notice, characters: what is longer is a page, and belongs behind its link. */
export const NOTICE_LENGTH = 600;

/** Longest time that a notice may hold, days: three months. What holds longer belongs into the directory. */
export const NOTICE_DAYS = 92;
