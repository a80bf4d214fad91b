/** Sheets that a poster is printed on. */
export const papers = ['a4', 'a3'] as const;
export type Paper = (typeof papers)[number];

/** The sheet that an address asks for; A4 where it asks for another one. */
export const readPaper = (wanted: string | null): Paper => papers.find((one) => one === wanted) ?? 'a4';
