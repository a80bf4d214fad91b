import { civilDateOf, dayNumber } from './dates.ts';

/** Whether a text is a civil date that exists, `YYYY-MM-DD`: no 31 February, and no month 13. */
export const isCivilDay = (text: string): boolean =>
	/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayNumber(text)) && civilDateOf(dayNumber(text)) === text;
