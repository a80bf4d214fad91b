/** How answers of clients are called on the wire, apart from their schema. */

/** The collection name. */
export const FEEDBACK = 'feedback';

/** Version of the fields of an answer. */
export const FEEDBACK_SCHEMA = 1;

/** No record is made of an answer: all of them go out under this one id, and nothing of theirs tells them apart. */
export const FEEDBACK_RECORD = '01980000-0000-7000-8000-00000feedbac';
