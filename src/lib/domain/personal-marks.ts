/** Finnish personal identity code: date of birth, sign of the century, number, check character. */
const IDENTITY_CODE = /(?<![\dA-Za-z])\d{6}[-+A-FU-Y]\d{3}[0-9A-Z](?![\dA-Za-z])/i;
const EMAIL = /(?<![^\s@<>"])[^\s@<>"]+@[^\s@<>"]+\.[a-z]{2,}/i;

/** Whether a text looks as if it named a person: an identity code or an e-mail address. A hint for whoever writes, no proof. */
export const looksPersonal = (text: string): boolean => IDENTITY_CODE.test(text) || EMAIL.test(text);
