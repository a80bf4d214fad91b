/** The office asks the server from the browser; the document is the same shell as the phone's. */
export const ssr = false;
export const prerender = false;
