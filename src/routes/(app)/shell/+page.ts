/** The one document that answers for every page of the phone while there is no network; see src/service-worker. */
export const prerender = true;
