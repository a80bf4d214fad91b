/** Tag of the Background Sync event: the page asks for it, the service worker answers it. */
export const SYNC_TAG = 'reppu-outbox';
