/** A text as a value of vCard (RFC 2426 §4) and iCalendar (RFC 5545 §3.3.11), which give these characters a meaning of their own. */
export const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n|\r/g, '\\n');
